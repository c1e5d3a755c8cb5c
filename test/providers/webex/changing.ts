import { createWebexProvider, type WebexConfig } from '../../../providers/webex/index.ts'
import {
  startWebexSimulator,
  type WebexPersonWithLicenses,
  type WebexSimulator,
  type WebexSimulatorOptions,
  type WebexWorld,
  webexLicenseId,
} from '../../../providers/webex/simulator/index.ts'
import type {
  AssignmentChange,
  AssignmentOutcome,
  CallingProperties,
  ChangeRequest,
  ProviderRuntime,
} from '../../../src/provider-kit/index.ts'
import { outcomesInOrder } from '../outcomes-in-order.ts'
import { type StillRuntime, stillRuntime } from '../still-runtime.ts'

const organizationUuid = 'c3d4e5f6-0718-4293-a4b5-c6d7e8f90a1b'
const idOf = (offerCode: string) => webexLicenseId({ organizationUuid, offerCode, uuid: '1' })

export const messaging = idOf('MS')
export const meetings = idOf('EE')
export const translations = idOf('RTT')
export const professional = idOf('BCSTD')
export const screenShare = idOf('FSS')

export const assign = (userId: string, licenseId = messaging, calling?: CallingProperties): AssignmentChange => ({
  action: 'assign',
  userId,
  licenseId,
  ...(calling === undefined ? {} : { calling }),
})
export const remove = (userId: string, licenseId = messaging): AssignmentChange => ({
  action: 'remove',
  userId,
  licenseId,
})

export const person = (id: string, ...licenses: string[]): WebexPersonWithLicenses => ({
  id,
  email: `${id}@example.com`,
  licenses,
})

export const worldOf = (people: readonly WebexPersonWithLicenses[]): WebexWorld => ({
  organization: { uuid: organizationUuid, name: 'Example' },
  licenses: [messaging, meetings, translations, professional].map((id) => ({
    id,
    name: id,
    totalUnits: 1_000_000,
    subscriptionId: 'Sub1',
  })),
  people,
})

/** So many people, user-1 and so on, who hold the same. */
export const peopleOf = (count: number, ...licenses: string[]): readonly WebexPersonWithLicenses[] =>
  Array.from({ length: count }, (_, index) => person(`user-${index + 1}`, ...licenses))

export interface Changing {
  readonly simulator: WebexSimulator
  readonly runtime: StillRuntime
  /** What became of the changes as it comes. */
  readonly outcomes: (changes: readonly AssignmentChange[], request?: ChangeRequest) => AsyncIterable<AssignmentOutcome>
  /** The same, in the order of the changes. */
  readonly change: (
    changes: readonly AssignmentChange[],
    request?: ChangeRequest,
  ) => Promise<readonly AssignmentOutcome[]>
  /** The changes that were announced, request by request. */
  readonly announced: readonly (readonly AssignmentChange[])[]
  readonly writes: () => number
  readonly reads: () => number
}

export type ChangingOptions = WebexSimulatorOptions & {
  readonly runtime?: ProviderRuntime
  readonly retry?: WebexConfig['retry']
}

/** A provider in front of a simulator, on a clock that does not wait. */
export const startChanging = async ({ runtime: given, retry, ...options }: ChangingOptions): Promise<Changing> => {
  const simulator = await startWebexSimulator(options)
  const runtime = stillRuntime()
  const provider = createWebexProvider(
    { ...simulator.configuration, ...(retry === undefined ? {} : { retry }) },
    { ...runtime, ...given },
  )
  const announced: (readonly AssignmentChange[])[] = []
  const outcomes: Changing['outcomes'] = (changes, request = {}) => {
    if (provider.changeAssignments === undefined) throw new TypeError('the provider cannot change anything')
    return provider.changeAssignments(changes, {
      ...request,
      beforeSending: async (sent, taken) => {
        announced.push(sent)
        await request.beforeSending?.(sent, taken)
      },
    })
  }
  return {
    simulator,
    runtime,
    outcomes,
    announced,
    change: (changes, request) => outcomesInOrder(changes, outcomes(changes, request)),
    writes: () => simulator.requests.count({ method: 'PATCH' }),
    reads: () => simulator.requests.count({ method: 'GET' }),
  }
}
