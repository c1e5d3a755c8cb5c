import { invalidInput } from '../../model/invalid-input.ts'
import { LicenseException } from '../../model/license-exception.ts'
import type { RowMistake } from './row-options.ts'

/** What is thrown where row options are wrong. */
export const invalidRows = (mistakes: readonly RowMistake[]): LicenseException => {
  const [first, ...also] = mistakes.map(({ option, lines }) =>
    invalidInput(option, 'what fits the columns', lines.join('\n')),
  )
  return new LicenseException({ ...(first ?? invalidInput('where', 'what fits the columns')), also })
}
