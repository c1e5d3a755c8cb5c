import { isRecord } from '../model/is-record.ts'
import { problemsOfFields } from './check-fields.ts'
import { type ConfigurationProblem, foundKind } from './configuration-problem.ts'
import type { FieldDescription, Setting, Settings, SettingValues } from './setting.ts'

/** What a field with fields of its own is, and what must be in it. */
export interface GroupOptions<S extends Settings> extends Pick<FieldDescription, 'description'> {
  /** Fields that cannot be left out. Default: none. */
  readonly required?: readonly (keyof S & string)[] | undefined
  /** Problems of values that are valid one by one, with the names of the fields in the group. `false` is none. */
  readonly check?: ((values: SettingValues<S>) => readonly (ConfigurationProblem | false)[]) | undefined
}

/** A field with fields of its own: `"billing": { "source": "contracts" }`. Messages name the field within: `billing.source`. */
export const group = <S extends Settings>(
  settings: S,
  { description, required = [], check = () => [] }: GroupOptions<S>,
): Setting<SettingValues<S>> => {
  const expected = `an object with ${(required.length === 0 ? Object.keys(settings) : required).join(', ')}`

  const problemsIn = (value: unknown, path: string): readonly ConfigurationProblem[] => {
    if (!isRecord(value)) return [{ field: path, expected, ...foundKind(value) }]
    const given = Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined))
    const within = (field: string): string => `${path}.${field}`
    const wrong = problemsOfFields(settings, given, { path })
    const fields = new Set(wrong.map(({ field }) => field))
    // Each of these values has been recognized by its codec, which is what SettingValues says.
    const values = Object.fromEntries(
      Object.entries(given).filter(([field]) => !fields.has(within(field))),
    ) as SettingValues<S>
    const missing = required
      .filter((field) => given[field] === undefined)
      .map((field) => ({ field, expected: settings[field]?.expected ?? 'a value' }))
    const others = [...missing, ...check(values).filter((problem) => problem !== false)]
    return [
      ...wrong,
      ...others
        .map((problem) => ({ ...problem, field: within(problem.field) }))
        .filter(({ field }) => !fields.has(field)),
    ]
  }

  return {
    codec: { is: (value): value is SettingValues<S> => problemsIn(value, '').length === 0 },
    expected,
    fields: settings,
    problemsIn,
    schema: {
      type: 'object',
      description,
      properties: Object.fromEntries(Object.entries(settings).map(([field, { schema }]) => [field, schema])),
      ...(required.length === 0 ? {} : { required }),
      additionalProperties: false,
    },
    secret: false,
  }
}
