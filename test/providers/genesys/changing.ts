import { createGenesysProvider, type GenesysConfig } from '../../../providers/genesys/index.ts'
import {
  type GenesysSimulator,
  type GenesysSimulatorOptions,
  startGenesysSimulator,
} from '../../../providers/genesys/simulator/index.ts'
import type {
  AssignmentChange,
  AssignmentOutcome,
  ChangeRequest,
  ProviderRuntime,
} from '../../../src/provider-kit/index.ts'
import { type StillRuntime, stillRuntime } from '../still-runtime.ts'

export const WRITE = '/api/v2/license/organization'
export const READ = '/api/v2/license/users'

export const assign = (userId: string, licenseId = 'plain'): AssignmentChange => ({
  action: 'assign',
  userId,
  licenseId,
})
export const remove = (userId: string, licenseId = 'plain'): AssignmentChange => ({
  action: 'remove',
  userId,
  licenseId,
})

/** So many users, user-1 and so on, each with a record of the directory and a row with these licenses. */
export const worldOf = (users: number, licenses: readonly string[] = []) => {
  const ids = Array.from({ length: users }, (_, index) => `user-${index + 1}`)
  return {
    definitions: [{ id: 'plain' }, { id: 'better' }, { id: 'best' }],
    licenseRows: ids.map((id) => ({ id, licenses })),
    directory: ids.map((id) => ({ id, name: id, email: `${id}@example.com` })),
  }
}

export interface Changing {
  readonly simulator: GenesysSimulator
  readonly runtime: StillRuntime
  /** What became of the changes, in the order of the changes. */
  readonly change: (
    changes: readonly AssignmentChange[],
    request?: ChangeRequest,
  ) => Promise<readonly AssignmentOutcome[]>
  /** The same as it comes. */
  readonly outcomes: (changes: readonly AssignmentChange[], request?: ChangeRequest) => AsyncIterable<AssignmentOutcome>
  /** The changes that were in each request. */
  readonly sent: readonly (readonly AssignmentChange[])[]
  readonly writes: () => number
  readonly reads: () => number
}

/** A provider in front of a simulator, on a clock that does not wait. */
export const startChanging = async (
  options: GenesysSimulatorOptions & { readonly runtime?: ProviderRuntime } & Pick<GenesysConfig, 'retry'>,
): Promise<Changing> => {
  const { runtime: given, retry, ...simulated } = options
  const simulator = await startGenesysSimulator(simulated)
  const runtime = stillRuntime()
  const provider = createGenesysProvider(
    { ...simulator.configuration, ...(retry === undefined ? {} : { retry }) },
    { ...runtime, ...given },
  )
  const sent: (readonly AssignmentChange[])[] = []
  const outcomes: Changing['outcomes'] = (changes, request = {}) => {
    if (provider.changeAssignments === undefined) throw new TypeError('the provider cannot change anything')
    return provider.changeAssignments(changes, {
      ...request,
      beforeSending: async (batch, taken) => {
        sent.push(batch)
        await request.beforeSending?.(batch, taken)
      },
    })
  }
  return {
    simulator,
    runtime,
    outcomes,
    sent,
    change: async (changes, request) => {
      const collected: AssignmentOutcome[] = []
      for await (const outcome of outcomes(changes, request)) collected.push(outcome)
      const inOrder = changes.flatMap((change) => collected.filter((outcome) => outcome.change === change))
      if (inOrder.length !== collected.length || inOrder.length !== changes.length) {
        throw new Error(`${changes.length} changes had ${collected.length} outcomes, ${inOrder.length} of them theirs`)
      }
      return inOrder
    },
    writes: () => simulator.requests.count({ method: 'POST', path: WRITE }),
    reads: () => simulator.requests.count({ method: 'POST', path: READ }),
  }
}
