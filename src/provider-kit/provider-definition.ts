import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import type { LicenseProvider } from '../contract/license-provider.ts'
import type { Settings, SettingValues } from './setting.ts'
import type { ProviderRuntime } from './transport/runtime.ts'

/** One thing that is wrong with a configuration. */
export interface ConfigurationProblem {
  /** The field, relative to the provider's configuration. */
  readonly field: string
  readonly expected: string
  /** The value found, as JSON, shortened; absent where there was none or where it is a secret. */
  readonly found?: string
}

/** Keeps the tokens that a vendor rotates, so that the next run has them. */
export interface TokenStore {
  /** The text kept last, or undefined where there is none. */
  readonly read: () => Promise<string | undefined>
  /** Resolves when the text is safely kept. */
  readonly write: (text: string) => Promise<void>
}

/** What the configuration's reader offers a provider besides the configuration itself. */
export interface ProviderHost extends ProviderRuntime {
  /** Opens the store for rotated tokens; `path` is the configured one, absent for the default place. */
  readonly openTokenStore: (path?: string) => TokenStore
}

/** What every simulator is started with. */
export interface SimulatorOptions {
  /** People in the organisation, 10 to 1,000,000. */
  readonly users: number
  /** Organisations of the same seed are the same, and different vendors' share people. */
  readonly seed: number
  /** 0 for any free one. */
  readonly port: number
  /** Added to every answer, in milliseconds. */
  readonly latencyMs: number
}

export interface RunningSimulator {
  readonly url: string
  /** A provider configuration, as in `seatlens.json`, that reaches it. Its credentials open nothing else. */
  readonly configuration: Readonly<Record<string, unknown>>
  readonly stop: () => Promise<void>
}

/** All that the command line needs to know of a vendor: the one thing that its registry entry points to. */
export interface ProviderDefinition {
  /** The `type` in the configuration. */
  readonly type: string
  readonly displayName: string
  readonly settings: Settings
  /** Makes a provider of a configuration, or says everything that is wrong with it. */
  readonly configure: (
    id: string,
    configuration: Readonly<Record<string, unknown>>,
  ) => Either<readonly ConfigurationProblem[], (host: ProviderHost) => LicenseProvider>
  readonly startSimulator: (options: SimulatorOptions) => Promise<RunningSimulator>
}

export interface ProviderSpecification<S extends Settings>
  extends Pick<ProviderDefinition, 'type' | 'displayName' | 'startSimulator'> {
  readonly settings: S
  /** What is wrong with values that are each right by themselves: what is missing, what excludes each other. */
  readonly check: (values: SettingValues<S>) => readonly ConfigurationProblem[]
  /** Called only with values that have passed `check`. */
  readonly create: (id: string, values: SettingValues<S>, host: ProviderHost) => LicenseProvider
}

const MAX_FOUND_LENGTH = 60

const show = (value: unknown): { readonly found?: string } => {
  const json = JSON.stringify(value)
  return json === undefined ? {} : { found: json.slice(0, MAX_FOUND_LENGTH) }
}

/** Describes a provider to the command line: its settings, how to create it, how to start its simulator. */
export const defineProvider = <S extends Settings>(specification: ProviderSpecification<S>): ProviderDefinition => {
  const { settings } = specification

  const problemsOfFields = (configuration: Readonly<Record<string, unknown>>): ConfigurationProblem[] =>
    Object.entries(configuration).flatMap(([field, value]) => {
      const setting = Object.hasOwn(settings, field) ? settings[field] : undefined
      if (setting === undefined)
        return [{ field, expected: `one of ${Object.keys(settings).join(', ')}`, ...show(field) }]
      if (setting.codec.is(value)) return []
      return [{ field, expected: setting.expected, ...(setting.secret ? {} : show(value)) }]
    })

  return {
    type: specification.type,
    displayName: specification.displayName,
    settings,
    startSimulator: specification.startSimulator,
    configure: (id, configuration) => {
      const problems = problemsOfFields(configuration)
      const wrong = new Set(problems.map(({ field }) => field))
      // Each present value has been recognised by its codec, which is what SettingValues says.
      const values = Object.fromEntries(
        Object.entries(configuration).filter(([field]) => !wrong.has(field)),
      ) as SettingValues<S>
      const all = [...problems, ...specification.check(values).filter(({ field }) => !wrong.has(field))]
      return all.length > 0 ? E.left(all) : E.right((host) => specification.create(id, values, host))
    },
  }
}
