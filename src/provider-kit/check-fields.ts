import { type ConfigurationProblem, found } from './configuration-problem.ts'
import type { Settings } from './setting.ts'

export interface FieldsToCheck {
  /** Where the fields are, for messages: `providers[0]`. Default: at the top. */
  readonly path?: string
  /** Fields that may be there besides those of the settings, and that somebody else checks. Default: none. */
  readonly others?: readonly string[]
}

/** What is wrong with the fields that are there, and which of them nobody knows. What is missing is not looked for. */
export const problemsOfFields = (
  settings: Settings,
  value: Readonly<Record<string, unknown>>,
  { path, others = [] }: FieldsToCheck = {},
): readonly ConfigurationProblem[] =>
  Object.entries(value).flatMap(([key, member]) => {
    const field = path === undefined ? key : `${path}.${key}`
    const setting = Object.hasOwn(settings, key) ? settings[key] : undefined
    if (setting === undefined) {
      if (others.includes(key)) return []
      // Its name only: its value may be a secret whose name is misspelt.
      return [{ field, expected: `one of ${[...Object.keys(settings), ...others].join(', ')}`, ...found(key) }]
    }
    if (setting.codec.is(member)) return []
    const expected = setting.expectedInstead?.(member) ?? setting.expected
    return [{ field, expected, ...(setting.secret ? {} : found(member)) }]
  })
