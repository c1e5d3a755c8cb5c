import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import type { LicenseProvider } from '../contract/license-provider.ts'
import { problemsOfFields } from './check-fields.ts'
import type { ConfigurationProblem } from './configuration-problem.ts'
import type { Diagnosis } from './diagnosis/diagnosis.ts'
import { forecastOf, type ProviderForecast, type VendorForecast } from './forecast.ts'
import type { ListedOrganization, OrganizationSource } from './organizations.ts'
import type { Settings, SettingValues } from './setting.ts'
import type { SignIn } from './sign-in.ts'
import type { TokenStore } from './token-store.ts'
import type { Credentials } from './transport/credentials.ts'
import { clockOf, type ProviderRuntime } from './transport/runtime.ts'

export type { ConfigurationProblem }

/** What a provider gets besides its configuration. */
export interface ProviderHost extends ProviderRuntime {
  /** Opens the store for rotated tokens. `path`: as configured. Default: the default place. */
  readonly openTokenStore: (path?: string) => TokenStore
}

/** A company in which every vendor's part is believable, with a past and a term that ends soon. */
export interface SimulatorStory {
  /**
   * The last day of the story: any time of it, in milliseconds since the epoch. People come and go in the two months before.
   * The organization is shown as it is at the simulator's own time.
   */
  readonly today: number
}

/** Pages of other origins that may read a simulator's answers, as a vendor may allow it by CORS. */
export interface CrossOrigin {
  /** Origins, as `https://admin.example.com`. `*`: all. */
  readonly origins: '*' | readonly string[]
  /** Headers that pages are shown besides the few that every page is. Default: all that an answer has. */
  readonly exposed?: readonly string[] | undefined
}

/** What every simulator is started with. */
export interface SimulatorOptions {
  /** People in the organization, 10 to 1,000,000. */
  readonly users: number
  /** The same seed makes the same organization. Organizations of different vendors share people. */
  readonly seed: number
  /** 0 for any free one. */
  readonly port: number
  /** Added to every answer, in milliseconds. */
  readonly latencyMs: number
  /**
   * How many organizations the credential reaches, as that of a partner does, with so many people each. A simulator of a vendor
   * that lists no organizations has one all the same. Default: 1.
   */
  readonly organizations?: number | undefined
  /** The simulator's own time, in milliseconds since the epoch. Default: the system's. */
  readonly now?: (() => number) | undefined
  /**
   * The organization is that of a story, for demonstrations. Default: it has every oddity that there is, for tests. A simulator
   * that knows no story shows the same organization all the time.
   */
  readonly story?: SimulatorStory | undefined
  /** Default: no page of another origin may read its answers. */
  readonly cors?: CrossOrigin | undefined
}

/** A simulator that listens on loopback until `stop` is called. */
export interface RunningSimulator {
  readonly url: string
  /**
   * A provider configuration for it, as in `seatlens.json` but without `id` and `type`. Its credentials work nowhere else. It
   * may have overrides in `licenses`: what the vendor's API does not provide, such as prices.
   */
  readonly configuration: Readonly<Record<string, unknown>>
  readonly stop: () => Promise<void>
}

/** Creates a provider whose configuration is valid. */
export interface ProviderFactory {
  readonly create: (host: ProviderHost) => LicenseProvider
  /** For providers that share a credential. Absent: this one shares none. */
  readonly credential?:
    | {
        /** The same for all providers with this credential. A secret, for comparing in memory only. */
        readonly key: string
        readonly open: (host: ProviderHost) => Credentials
      }
    | undefined
  /** How a person signs in. Absent or undefined: a person cannot, as this is configured. */
  readonly signIn?: ((host: ProviderHost) => SignIn | undefined) | undefined
  /** What the credentials must be allowed to do, and how that is found out. Absent: only reading its licenses is tried. */
  readonly diagnosis?: ((host: ProviderHost) => Diagnosis) | undefined
  /** For credentials that reach several organizations, each of which gets a provider of its own. */
  readonly organizations?:
    | {
        readonly open: (host: ProviderHost) => OrganizationSource
        /** What makes the provider of an organization. `id`: of that provider. */
        readonly factoryOf: (id: string, organization: Pick<ListedOrganization, 'id'>) => ProviderFactory
        /** Scopes that a person who signs in must have for the lists. */
        readonly scopes: readonly string[]
      }
    | undefined
  /** What the provider will ask of the vendor. Absent: that is unknown before it does. */
  readonly forecast?: ((host: ProviderHost) => ProviderForecast) | undefined
}

/** One of several ways in which access to a vendor is given, for those who ask what to configure. */
export interface AccessWay {
  /** For people: `an access token`. */
  readonly title: string
  /** The settings that it takes, in the order in which they are asked for. */
  readonly fields: readonly string[]
  /** Settings that choosing it sets. Default: none. */
  readonly sets?: Readonly<Record<string, unknown>> | undefined
  /** A person signs in after it. Default: none does. */
  readonly signIn?: true | undefined
}

/** The version of definitions, and of the host that their providers get. A later one will have another value. */
export const DEFINITION_VERSION = 'v1'

/**
 * Everything that the command line needs to know of a vendor. Its registry entry points to this, and it is the default export
 * of a package with a provider.
 */
export interface ProviderDefinition {
  readonly definitionVersion: typeof DEFINITION_VERSION
  /** The vendor, as its providers name it: a lower-case slug. In this package, it is also the `type` in the configuration. */
  readonly type: string
  readonly displayName: string
  readonly settings: Settings
  /** The usual one first. Default: there is one way, and what is required is asked for. */
  readonly ways?: readonly AccessWay[] | undefined
  /** Makes a provider of a configuration. `Left`: all problems of it. */
  readonly configure: (
    id: string,
    configuration: Readonly<Record<string, unknown>>,
  ) => Either<readonly ConfigurationProblem[], ProviderFactory>
  readonly startSimulator: (options: SimulatorOptions) => Promise<RunningSimulator>
  /**
   * One credential reaches several organizations, and the vendor lists them: a configuration can say `"orgs": "all"`. `setting`:
   * the one that names the organization of a provider. Absent: a provider is configured for each organization.
   */
  readonly organizations?: { readonly setting: string } | undefined
  /** The `reviewChanges` of its providers, for plans that are made from a snapshot. */
  readonly reviewChanges?: LicenseProvider['reviewChanges'] | undefined
}

/**
 * What {@link defineProvider} makes a definition of. `S`: the settings. `C`: the configuration that `create` takes, as a
 * program gives it.
 */
export interface ProviderSpecification<S extends Settings, C>
  extends Pick<ProviderDefinition, 'type' | 'displayName' | 'ways' | 'startSimulator' | 'reviewChanges'> {
  readonly settings: S
  /** Problems of values that are valid one by one: missing ones, and ones that exclude each other. `false` is none. */
  readonly check: (values: SettingValues<S>) => readonly (ConfigurationProblem | false)[]
  /** Makes the configuration of values that have passed `check`. */
  readonly configOf: (id: string, values: SettingValues<S>, host: ProviderHost) => C
  readonly create: (config: C, host: ProviderHost) => LicenseProvider
  /**
   * For vendors where one credential reads several organizations: a key that tells credentials apart, and how to open one.
   * `create` then gets it as `host.credentials`.
   */
  readonly credential?:
    | {
        readonly key: (values: SettingValues<S>) => readonly (string | undefined)[]
        readonly open: (config: C, host: ProviderHost) => Credentials
      }
    | undefined
  /** For vendors that list the organizations which a credential reaches: where, so that `"orgs": "all"` can be configured. */
  readonly organizations?:
    | {
        /** The setting that names the organization. That of an organization's provider is the `id` in the list. */
        readonly setting: keyof S & string
        readonly open: (config: C, host: ProviderHost) => OrganizationSource
        /** Scopes that a person who signs in must have for the lists. Default: none. */
        readonly scopes?: readonly string[] | undefined
      }
    | undefined
  /** For vendors where a person can sign in by a browser: how. Undefined: a person cannot, as it is configured. */
  readonly signIn?: ((config: C, host: ProviderHost) => SignIn | undefined) | undefined
  /**
   * What the credentials must be allowed to do, for `seatlens doctor`. Default: it tries whether the licenses can be read, and
   * knows nothing of permissions.
   */
  readonly diagnosis?: ((config: C, host: ProviderHost) => Diagnosis) | undefined
  /** What a provider of such a configuration will ask of the vendor, for those who want to know before. Default: unknown. */
  readonly forecast?: ((config: C, host: ProviderHost) => VendorForecast) | undefined
}

/** Describes a provider for the command line: its settings, how to create it, how to start its simulator. */
export const defineProvider = <S extends Settings, C>(
  specification: ProviderSpecification<S, C>,
): ProviderDefinition => {
  const { settings, organizations } = specification
  const factoryOf = (id: string, values: SettingValues<S>): ProviderFactory => {
    const { create, credential, signIn, forecast, diagnosis } = specification
    const configFor = (host: ProviderHost) => specification.configOf(id, values, host)
    return {
      create: (host) => create(configFor(host), host),
      ...(credential === undefined
        ? {}
        : {
            credential: {
              key: JSON.stringify([specification.type, ...credential.key(values)]),
              open: (host) => credential.open(configFor(host), host),
            },
          }),
      ...(signIn === undefined ? {} : { signIn: (host) => signIn(configFor(host), host) }),
      ...(diagnosis === undefined ? {} : { diagnosis: (host) => diagnosis(configFor(host), host) }),
      ...(forecast === undefined
        ? {}
        : { forecast: (host) => forecastOf(forecast(configFor(host), host), clockOf(host)) }),
      ...(organizations === undefined
        ? {}
        : {
            organizations: {
              open: (host) => organizations.open(configFor(host), host),
              factoryOf: (own, organization) => factoryOf(own, { ...values, [organizations.setting]: organization.id }),
              scopes: organizations.scopes ?? [],
            },
          }),
    }
  }
  return {
    definitionVersion: DEFINITION_VERSION,
    type: specification.type,
    displayName: specification.displayName,
    settings,
    ways: specification.ways,
    startSimulator: specification.startSimulator,
    reviewChanges: specification.reviewChanges,
    ...(organizations === undefined ? {} : { organizations: { setting: organizations.setting } }),
    configure: (id, configuration) => {
      const problems = problemsOfFields(settings, configuration)
      const wrong = new Set(problems.map(({ field }) => field))
      // Each present value has been recognized by its codec, which is what SettingValues says.
      const values = Object.fromEntries(
        Object.entries(configuration).filter(([field]) => !wrong.has(field)),
      ) as SettingValues<S>
      const checked = specification.check(values).filter((problem) => problem !== false)
      const all = [...problems, ...checked.filter(({ field }) => !wrong.has(field))]
      return all.length > 0 ? E.left(all) : E.right(factoryOf(id, values))
    },
  }
}
