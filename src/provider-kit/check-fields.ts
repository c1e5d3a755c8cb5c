import { didYouMean } from '../model/did-you-mean.ts'
import { shownName } from '../model/shown-text.ts'
import { type ConfigurationProblem, found } from './configuration-problem.ts'
import { flawOf, type JsonSchema, type Setting, type Settings } from './setting.ts'

/** Which fields a check of settings is about. */
export interface FieldsToCheck {
  /** Where the fields are, for messages: `providers[0]`. Default: at the top. */
  readonly path?: string | undefined
  /** Further fields that are allowed and checked elsewhere. Default: none. */
  readonly others?: readonly string[] | undefined
}

/** The problem of an unknown field. Its value is not shown: it may be a secret whose name is mistyped. */
export const problemOfUnknown = (
  key: string,
  names: readonly string[],
  path: string | undefined,
): ConfigurationProblem => ({
  field: path === undefined ? shownName(key) : `${path}.${shownName(key)}`,
  expected: `one of ${names.join(', ')}${didYouMean(key, names)}`,
})

const isText = (value: unknown): value is string => typeof value === 'string'

/** The words of a field that takes one of a few, or a list of these. */
const wordsOf = ({ enum: own = [], anyOf = [], items }: JsonSchema): readonly string[] => [
  ...own.filter(isText),
  ...anyOf.flatMap(wordsOf),
  ...(items === undefined ? [] : wordsOf(items)),
]

/** The words that were probably meant. Nothing of a secret is compared. */
const suggestionFor = ({ schema, secret }: Setting, value: unknown): string => {
  const words = secret ? [] : wordsOf(schema)
  const given: readonly unknown[] = Array.isArray(value) ? value : [value]
  const wrong = given.filter(isText).find((word) => !words.includes(word))
  return wrong === undefined ? '' : didYouMean(wrong, words)
}

/** Wrong values and unknown fields. Missing fields are not looked for. */
export const problemsOfFields = (
  settings: Settings,
  value: Readonly<Record<string, unknown>>,
  { path, others = [] }: FieldsToCheck = {},
): readonly ConfigurationProblem[] =>
  Object.entries(value).flatMap(([key, member]) => {
    const field = path === undefined ? key : `${path}.${key}`
    const setting = Object.hasOwn(settings, key) ? settings[key] : undefined
    if (setting === undefined) {
      return others.includes(key) ? [] : [problemOfUnknown(key, [...Object.keys(settings), ...others], path)]
    }
    if (setting.codec.is(member)) return []
    if (setting.problemsIn !== undefined) return setting.problemsIn(member, field)
    const flaw = typeof member === 'string' ? flawOf(member) : undefined
    const expected =
      flaw === undefined
        ? `${setting.expectedInstead?.(member) ?? setting.expected}${suggestionFor(setting, member)}`
        : `a value without ${flaw}`
    return [{ field, expected, ...(setting.secret ? {} : found(member)) }]
  })
