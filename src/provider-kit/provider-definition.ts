import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import type { LicenseProvider } from '../contract/license-provider.ts'
import { problemsOfFields } from './check-fields.ts'
import type { ConfigurationProblem } from './configuration-problem.ts'
import type { Settings, SettingValues } from './setting.ts'
import type { TokenStore } from './token-store.ts'
import type { Credentials } from './transport/credentials.ts'
import type { ProviderRuntime } from './transport/runtime.ts'

export type { ConfigurationProblem }

/** What the configuration's reader offers a provider besides the configuration itself. */
export interface ProviderHost extends ProviderRuntime {
  /** Opens the store for rotated tokens; `path` is the configured one, absent for the default place. */
  readonly openTokenStore: (path?: string) => TokenStore
}

/** What every simulator is started with. */
export interface SimulatorOptions {
  /** People in the organization, 10 to 1,000,000. */
  readonly users: number
  /** Organizations of the same seed are the same, and different vendors' share people. */
  readonly seed: number
  /** 0 for any free one. */
  readonly port: number
  /** Added to every answer, in milliseconds. */
  readonly latencyMs: number
}

export interface RunningSimulator {
  readonly url: string
  /**
   * A provider configuration, as in `seatlens.json` but for `id` and `type`, that reaches it. Its credentials open nothing
   * else. It may declare `licenses`, where the vendor's API does not tell what was bought.
   */
  readonly configuration: Readonly<Record<string, unknown>>
  readonly stop: () => Promise<void>
}

/** A provider that can be created: nothing is wrong with its configuration. */
export interface ProviderFactory {
  readonly create: (host: ProviderHost) => LicenseProvider
  /** For the providers that use the same credential. Absent: this one shares nothing. */
  readonly credential?: {
    /** The same for all of them. A secret: for comparing, in memory. */
    readonly key: string
    readonly open: (host: ProviderHost) => Credentials
  }
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
  ) => Either<readonly ConfigurationProblem[], ProviderFactory>
  readonly startSimulator: (options: SimulatorOptions) => Promise<RunningSimulator>
  /** What its providers have as `reviewChanges`: for plans that are made without one, of a snapshot. */
  readonly reviewChanges?: LicenseProvider['reviewChanges'] | undefined
}

export interface ProviderSpecification<S extends Settings>
  extends Pick<ProviderDefinition, 'type' | 'displayName' | 'startSimulator' | 'reviewChanges'> {
  readonly settings: S
  /** What is wrong with values that are each right by themselves: what is missing, what excludes each other. */
  readonly check: (values: SettingValues<S>) => readonly ConfigurationProblem[]
  /** Called only with values that have passed `check`. */
  readonly create: (id: string, values: SettingValues<S>, host: ProviderHost) => LicenseProvider
  /**
   * Where several organizations can be read with one credential: what tells credentials apart, and how one is opened, to
   * be handed to `create` as `host.credentials`.
   */
  readonly credential?: {
    readonly key: (values: SettingValues<S>) => readonly (string | undefined)[]
    readonly open: (id: string, values: SettingValues<S>, host: ProviderHost) => Credentials
  }
}

/** Describes a provider to the command line: its settings, how to create it, how to start its simulator. */
export const defineProvider = <S extends Settings>(specification: ProviderSpecification<S>): ProviderDefinition => {
  const { settings } = specification
  return {
    type: specification.type,
    displayName: specification.displayName,
    settings,
    startSimulator: specification.startSimulator,
    reviewChanges: specification.reviewChanges,
    configure: (id, configuration) => {
      const problems = problemsOfFields(settings, configuration)
      const wrong = new Set(problems.map(({ field }) => field))
      // Each present value has been recognized by its codec, which is what SettingValues says.
      const values = Object.fromEntries(
        Object.entries(configuration).filter(([field]) => !wrong.has(field)),
      ) as SettingValues<S>
      const all = [...problems, ...specification.check(values).filter(({ field }) => !wrong.has(field))]
      if (all.length > 0) return E.left(all)
      const { credential } = specification
      return E.right({
        create: (host) => specification.create(id, values, host),
        ...(credential === undefined
          ? {}
          : {
              credential: {
                key: JSON.stringify([specification.type, ...credential.key(values)]),
                open: (host) => credential.open(id, values, host),
              },
            }),
      })
    },
  }
}
