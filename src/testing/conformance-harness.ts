import type {
  LicenseField,
  LicenseProvider,
  ProviderDiagnosis,
  TransportEvent,
  UserField,
} from '../provider-kit/index.ts'
import type { Disturbance } from './disturbance.ts'
import type { World, WorldFeature, WorldOptions } from './world.ts'

/** What a provider may be unable to do for a reason that lies with its vendor, and a harness with its simulator. */
export type Ability = keyof typeof abilities

/** What a harness may call unsupported, with a reason; each in words for people. */
export const abilities = {
  /** Users come page by page: a caller who stops after one page causes no requests for the others. */
  incrementalUsers: 'delivering users before all requests are made',
  /**
   * A list of users can be resumed in the middle, for few requests. To be declared unsupported exactly where the
   * provider's capabilities call `resumeUsers` so.
   */
  continuation: 'resuming the list of users',
  /** `raw` is there for everything that is listed. */
  raw: 'keeping the vendor’s records',
  /** `getUser` takes an e-mail address. */
  userByEmail: 'finding a user by e-mail address',
  /** The provider has `changeAssignments`. To be declared unsupported exactly where its capabilities call it so. */
  changing: 'changing assignments',
  /** The harness counts the requests that are under way at once: `maximumInFlight` of {@link Served}. */
  maximumInFlight: 'counting the requests that are under way',
  /** The provider takes a bound on its requests under way: `concurrency` of {@link ServeSettings}. */
  concurrency: 'setting how many requests may be under way',
  /** The provider tells its host what it does: `onEvent` of {@link ServeSettings}. */
  events: 'telling the host what it does',
  /** The definition says what the credentials must be allowed to do: `diagnoses` of {@link ConformanceHarness}. */
  diagnosis: 'saying what the credentials are good for',
  /** The credential reaches another organization too: `beside` of {@link ConformanceHarness}. */
  otherOrganization: 'reaching another organization with the same credential',
} as const satisfies Readonly<Record<string, string>>

/** Everything that a scenario may depend on and that a harness may declare impossible. */
export type Requirement = Disturbance | WorldFeature | Ability

/** A provider with a vendor behind it, for one scenario. */
export interface Served {
  readonly provider: LicenseProvider
  /** How many requests have reached the vendor, those for tokens included. */
  readonly requests: () => number
  /** How many requests have reached the other origin of `foreignNextLink`. Required where that is supported. */
  readonly foreignRequests?: (() => number) | undefined
  /** The most requests that were under way at once. Required unless `maximumInFlight` is declared unsupported. */
  readonly maximumInFlight?: (() => number) | undefined
  /** Every credential that was configured or given out: tokens, client secrets. No error may contain one. */
  readonly secrets: readonly string[]
  /**
   * What `diagnoseProviders` finds of the provider, by the `diagnosis` of its definition, each operation by itself. Required where
   * the harness `diagnoses`.
   */
  readonly diagnose?: (() => Promise<readonly ProviderDiagnosis[]>) | undefined
  /** Called at the end of the scenario, whatever its outcome. */
  readonly stop?: (() => void | Promise<void>) | undefined
}

/** What a scenario asks of the provider besides. */
export interface ServeSettings {
  /** How many requests the provider may have under way at once. Absent: as many as it likes. */
  readonly concurrency?: number | undefined
  /** What hears of what the provider does, as `onEvent` of the runtime that it is made with. Absent: nothing does. */
  readonly onEvent?: ((event: TransportEvent) => void) | undefined
}

/** The same, where the credential reaches another organization besides the one that the provider is bound to. */
export interface ServedBeside extends Served {
  /** A provider that is bound to the other one, with the same credential. */
  readonly other: LicenseProvider
}

/** How a vendor is set up with two organizations that one credential reaches, as a partner's does. */
export interface BesideAnother {
  /** The form of the ids of the other organization. They must not be ids of the first. */
  readonly licenseId: (id: string) => string
  readonly userId: (id: string) => string
  readonly serve: (world: World, other: World) => Promise<ServedBeside>
}

/**
 * What the author of a provider writes to have it tested: a way to put the provider in front of a vendor that serves a
 * given {@link World}, with a given {@link Disturbance}, best simulated at the HTTP level. `pageScript`, `faultsOf` and
 * `misbehaviorsOf` say what a simulator has to do for each disturbance.
 *
 * Configure the provider so that it asks its vendor for {@link conformancePageSize} rows on a page: the page size of a
 * request cuts what is delivered, and the vendor is not to hear of it.
 * Give the provider a clock whose `sleep` does not wait (`hastyClock`): some disturbances make it back off.
 */
export interface ConformanceHarness extends Omit<WorldOptions, 'without'> {
  /** For the names of the tests. */
  readonly name: string
  /** Called once or more for every scenario, with nothing in common between the calls. */
  readonly serve: (world: World, disturbance?: Disturbance, settings?: ServeSettings) => Promise<Served>
  /** Absent: one credential reaches one organization, and the scenarios with another one are skipped. */
  readonly beside?: BesideAnother | undefined
  /** Whether what it serves has a `diagnosis`. Default: false, and the scenarios about it are skipped. */
  readonly diagnoses?: boolean | undefined
  /** How many requests the provider may have under way at once, pages that are read ahead included. Default: 8. */
  readonly maximumInFlight?: number | undefined
  /**
   * What this vendor cannot have, do or suffer, each with the reason. The scenarios that depend on it are *skipped with
   * that reason*; features of the world that are named here are not in the world that is to be served.
   */
  readonly unsupported?: { readonly [R in Requirement]?: string | undefined } | undefined
  /**
   * Scenarios, by id, that the provider fails and should not, each with the reason. They run, are reported with it, and
   * count as failed as soon as they pass, so that the entry goes when the defect does.
   */
  readonly knownDeviations?: Readonly<Record<string, string>> | undefined
  /**
   * Fields that the provider's capabilities call `conditional` and for which the condition is not met here, each with
   * the reason. They may be right or unknown, never wrong. Fields that are `unsupported` need not be named.
   */
  readonly untold?:
    | {
        readonly licenseFields?: { readonly [F in LicenseField]?: string | undefined } | undefined
        readonly userFields?: { readonly [F in UserField]?: string | undefined } | undefined
      }
    | undefined
}
