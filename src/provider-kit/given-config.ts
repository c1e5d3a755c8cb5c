import { isRecord } from '../model/is-record.ts'
import { problemsOfFields } from './check-fields.ts'
import type { ConfigurationProblem } from './configuration-problem.ts'
import type { Setting, Settings, SettingValues } from './setting.ts'

/** A token setting for programs, which can also give a function that gets tokens. */
export const tokenOrSource = ({ codec, expected, ...rest }: Setting<string>): Setting => ({
  ...rest,
  codec: { is: (value): value is unknown => typeof value === 'function' || codec.is(value) },
  expected: `${expected}; or a function that gets tokens`,
})

/** A text of the credentials for programs: any but an empty one, as vendors issue secrets of many forms. */
export const anyText = (setting: Setting<string>): Setting<string> => ({
  ...setting,
  codec: { is: (value): value is string => typeof value === 'string' && value !== '' },
  expected: 'a text that is not empty',
})

/** A page size for programs: any number, as it is brought within what the vendor accepts. */
export const rowsOfPage = (setting: Setting<number>): Setting<number> => ({
  ...setting,
  codec: { is: (value): value is number => typeof value === 'number' && !Number.isNaN(value) },
  expected: 'a number of rows',
})

/**
 * The configuration that a program gives, without members that are `undefined`, as those of an unset environment variable
 * are. Other members than the settings are not checked. Throws a `TypeError` that names every wrong or missing field and what
 * is expected. `maker`: the function that the program called.
 */
export const givenConfig = <C extends object, S extends Settings>(
  maker: string,
  config: C,
  settings: S,
  check: (values: SettingValues<S>) => readonly (ConfigurationProblem | false)[],
): C => {
  if (!isRecord(config)) throw new TypeError(`${maker}: expected a configuration`)
  const given = Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined))
  const set = Object.fromEntries(Object.entries(given).filter(([field]) => Object.hasOwn(settings, field)))
  const wrong = problemsOfFields(settings, set)
  const fields = new Set(wrong.map(({ field }) => field))
  // Values of a wrong form are there: only missing ones are of interest.
  const missing = check(set as SettingValues<S>).filter((problem) => problem !== false)
  const problems = [...wrong, ...missing.filter(({ field }) => !fields.has(field))]
  if (problems.length > 0) {
    const lines = problems.map(
      ({ field, expected, found }) => `${field}: expected ${expected}${found === undefined ? '' : `, found ${found}`}`,
    )
    throw new TypeError(`${maker}: ${lines.join('; ')}`)
  }
  // The same without members that are undefined, which mean the same as absent ones.
  return given as C
}
