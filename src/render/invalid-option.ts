import { didYouMean } from '../model/did-you-mean.ts'
import { invalidInput } from '../model/invalid-input.ts'
import { LicenseException } from '../model/license-exception.ts'

/** What a renderer rejects with where an option is none of its own. */
export const invalidOption = (option: string, expected: string, problem = `expected ${expected}`): LicenseException =>
  new LicenseException(invalidInput(option, expected, `${option}: ${problem}`))

/** The same for a word that is none of those that there are. */
export const unknownWord = (option: string, words: readonly string[], found: unknown): LicenseException => {
  const expected = `one of ${words.join(', ')}`
  const meant = typeof found === 'string' ? didYouMean(found, words) : ''
  return invalidOption(option, expected, `expected ${expected}; found ${JSON.stringify(found)}${meant}`)
}
