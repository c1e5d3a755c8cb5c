import { demand, demandNone, invalidInput } from '../model/invalid-input.ts'
import { isRecord } from '../model/is-record.ts'
import { problemsOfFields } from './check-fields.ts'
import type { ConfigurationProblem } from './configuration-problem.ts'
import type { Setting, Settings, SettingValues } from './setting.ts'

const isFunction = (value: unknown): boolean => typeof value === 'function'

/** A token setting for programs, which can also give a function that gets tokens. */
const tokenOrSource = ({ codec, expected, ...rest }: Setting): Setting => ({
  ...rest,
  codec: { is: (value): value is unknown => typeof value === 'function' || codec.is(value) },
  expected: `${expected}; or a function that gets tokens`,
})

/** A text of the credentials for programs: any but an empty one, as vendors issue secrets of many forms. */
const anyText = (setting: Setting): Setting => ({
  ...setting,
  codec: { is: (value): value is unknown => typeof value === 'string' && value !== '' },
  expected: 'a text that is not empty',
})

/** A page size for programs: any number, as it is brought within what the vendor accepts. */
const rowsOfPage = (setting: Setting): Setting => ({
  ...setting,
  codec: { is: (value): value is unknown => typeof value === 'number' && !Number.isNaN(value) },
  expected: 'a number of rows',
})

/** What programs give in place of the setting `tokenFile`. */
const tokens: Setting = {
  codec: { is: (value): value is unknown => isRecord(value) && [value.read, value.write].every(isFunction) },
  expected: 'a token store, with the functions read and write',
  schema: {},
  secret: false,
}

/** Programs can give what files cannot. */
const forPrograms = (settings: Settings, credentials: readonly string[]): Settings => {
  const own = Object.entries(settings).map(([field, setting]) => {
    if (field === 'accessToken') return [field, tokenOrSource(setting)]
    if (field === 'pageSize') return [field, rowsOfPage(setting)]
    return [field, credentials.includes(field) ? anyText(setting) : setting]
  })
  return { ...Object.fromEntries(own), ...(Object.hasOwn(settings, 'tokenFile') ? { tokens } : {}) }
}

/** How a provider checks the configuration that a program gives. */
export interface GivenConfigOptions<S extends Settings> {
  /** The function that the program called. */
  readonly maker: string
  /** Fields of the credentials, beside `accessToken`. They may have any text that is not empty. */
  readonly credentials: readonly (keyof S & string)[]
  /**
   * Problems of values that are valid one by one. `false` is none. A function as `accessToken` is given as a text.
   * `keepsTokens`: there is a token store.
   */
  readonly check: (values: SettingValues<S>, keepsTokens: boolean) => readonly (ConfigurationProblem | false)[]
}

/**
 * The configuration that a program gives, without members that are `undefined`, as those of an unset environment variable
 * are. Unlike a file, a program can give a function as `accessToken`, any number as `pageSize`, and, where `tokenFile` is a
 * setting, a token store as `tokens`. Other members than the settings are not checked. Throws a `LicenseException` with `InvalidInput` for every wrong or missing field.
 */
export const givenConfig = <C extends object, S extends Settings>(
  config: C,
  settings: S,
  { maker, credentials, check }: GivenConfigOptions<S>,
): C => {
  demand(isRecord(config), maker, 'a configuration')
  const given = Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined))
  const fieldsOfPrograms = forPrograms(settings, credentials)
  const set = Object.fromEntries(Object.entries(given).filter(([field]) => Object.hasOwn(fieldsOfPrograms, field)))
  const wrong = problemsOfFields(fieldsOfPrograms, set)
  const fields = new Set(wrong.map(({ field }) => field))
  // Values of a wrong form are there: only missing ones are of interest.
  const told = typeof set.accessToken === 'function' ? { ...set, accessToken: 'given' } : set
  const missing = check(told as SettingValues<S>, set.tokens !== undefined).filter((problem) => problem !== false)
  const problems = [...wrong, ...missing.filter(({ field }) => !fields.has(field))]
  demandNone(
    problems.map(({ field, expected, found }) => {
      const message = `${maker}: ${field}: expected ${expected}${found === undefined ? '' : `, found ${found}`}`
      return invalidInput(field, expected, message)
    }),
  )
  // The same without members that are undefined, which mean the same as absent ones.
  return given as C
}
