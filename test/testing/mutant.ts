import type { Either } from 'fp-ts/lib/Either.js'
import {
  type LicensedUser,
  type LicenseError,
  type LicenseProvider,
  Lists,
  type Page,
  type PageRequest,
  type UsersRequest,
} from '../../src/provider-kit/index.ts'
import type { ConformanceHarness, Disturbance, ServeSettings } from '../../src/testing/index.ts'
import { inMemoryHarness } from './in-memory-harness.ts'

/**
 * `other`: the provider of the other organization, where there is one. `settings`: what the scenario asks of the provider.
 */
export type Mutate = (
  provider: LicenseProvider,
  disturbance: Disturbance | undefined,
  other?: LicenseProvider,
  settings?: ServeSettings,
) => LicenseProvider

/** A provider with a defect. */
export interface Mutant {
  readonly defect: string
  /** The scenario that finds it. */
  readonly killedBy: string
  /** Other scenarios of changing that cannot but find it too. Default: none. */
  readonly alsoKilledBy?: readonly string[]
  /** A part of what the scenario says of it, so that no mutant dies of something else. */
  readonly saying: string
  readonly mutate: Mutate
  /** Of the sound provider that it is made of. Default: the provider in memory. */
  readonly harness?: ConformanceHarness
}

/** What a list delivers next. */
export type Step = Either<LicenseError, Page<LicensedUser>>

/** The list of users of the provider in memory, as errors name it. */
export const listName = { provider: 'memory', operation: 'listUsers' }

/** A provider whose list of users delivers other pages than it should. */
export const withPages =
  (change: (steps: AsyncIterable<Step>, request: UsersRequest) => AsyncIterable<Step>): Mutate =>
  (provider) => ({
    ...provider,
    listUsers: (request = {}) =>
      Lists.pagedFrom(listName, request, () => change(provider.listUsers(request).pages(), request)),
  })

/** A provider whose list of users delivers other users than it should. */
export const withUsers =
  (change: (users: readonly LicensedUser[]) => readonly LicensedUser[]): Mutate =>
  (provider) => ({
    ...provider,
    listUsers: (request = {}) => Lists.changeItems(provider.listUsers(request), listName, request, () => change),
  })

/** A provider that hears another request for its users than was made. */
export const withRequest =
  (change: (request: UsersRequest) => UsersRequest): Mutate =>
  (provider) => ({ ...provider, listUsers: (request = {}) => provider.listUsers(change(request)) })

export const without = (request: PageRequest, field: keyof PageRequest): PageRequest => ({
  ...request,
  [field]: undefined,
})

export const secret = 's3cr3t-t0ken'

export type ChangeAssignments = NonNullable<LicenseProvider['changeAssignments']>

/** The provider with another way of changing, made of the one that it has. */
export const withChanging =
  (
    change: (
      changeAssignments: ChangeAssignments,
      provider: LicenseProvider,
      disturbance: Disturbance | undefined,
    ) => ChangeAssignments,
  ): Mutate =>
  (provider, disturbance) => {
    if (provider.changeAssignments === undefined) throw new Error('the in-memory provider changes assignments')
    return { ...provider, changeAssignments: change(provider.changeAssignments, provider, disturbance) }
  }

/** Sends again what a limit of rate has kept from being done, as a transport does. */
export const patient: Mutate = withChanging(
  (changeAssignments) =>
    async function* (changes, request) {
      for await (const outcome of changeAssignments(changes, request)) {
        const throttled = outcome.result === 'refused' && outcome.reason._tag === 'RateLimited'
        if (throttled) yield* changeAssignments([outcome.change], request)
        else yield outcome
      }
    },
)

const { rateLimitedOnce: _, ...unsupported } = inMemoryHarness.unsupported ?? {}

/** A provider over HTTP as a mutant. */
const harnessOver = (mutate: Mutate, harness: ConformanceHarness): ConformanceHarness => ({
  ...harness,
  serve: async (world, disturbance, settings) => {
    const served = await harness.serve(world, disturbance, settings)
    return { ...served, provider: mutate(served.provider, disturbance, undefined, settings) }
  },
})

/** The provider in memory as a mutant; where a limit of rate passes, whatever waits for that is up to the mutant. */
const harnessInMemory = (mutate: Mutate): ConformanceHarness => ({
  ...inMemoryHarness,
  unsupported,
  beside: {
    ...inMemoryHarness.beside,
    serve: async (world, otherWorld) => {
      const served = await inMemoryHarness.beside.serve(world, otherWorld)
      return { ...served, provider: mutate(served.provider, undefined, served.other) }
    },
  },
  serve: async (world, disturbance, settings) => {
    const served = await inMemoryHarness.serve(world, disturbance, settings)
    return { ...served, secrets: [secret], provider: mutate(served.provider, disturbance, undefined, settings) }
  },
})

/** The harness of a mutant. */
export const harnessOf = ({ mutate, harness }: Pick<Mutant, 'mutate' | 'harness'>): ConformanceHarness =>
  harness === undefined ? harnessInMemory(mutate) : harnessOver(mutate, harness)
