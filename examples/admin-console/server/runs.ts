import {
  applyPlan,
  applyUndo,
  createUndo,
  failuresIn,
  failuresOf,
  hasBegun,
  isPlanFailure,
  LicenseException,
  type LicenseProvider,
  type PlanFailure,
  type PlanResult,
  toPromise,
} from 'seatlens'
import { nodeSha256 } from 'seatlens/node'
import type { Doing, PlanState } from '../shared/api.ts'
import type { Log } from './log.ts'
import { Refusal } from './refusal.ts'
import type { Database } from './store/database.ts'
import { journalState, type OpenJournal, openJournal } from './store/journal.ts'
import type { Leases } from './store/leases.ts'
import { type Plans, type StoredPlan, toldOf } from './store/plans.ts'

/** The states of a plan before, while and after something is done with it. A plan that is undone is not applied again. */
const states = {
  apply: {
    from: ['planned', 'interrupted', 'applied with failures'],
    during: 'applying',
    stopped: 'interrupted',
    whole: 'applied',
    partly: 'applied with failures',
  },
  undo: {
    from: ['interrupted', 'applied', 'applied with failures', 'undo interrupted', 'undone with failures'],
    during: 'undoing',
    stopped: 'undo interrupted',
    whole: 'undone',
    partly: 'undone with failures',
  },
} as const satisfies Record<Doing, Record<string, PlanState | readonly PlanState[]>>

export interface RunRequest {
  readonly provider: LicenseProvider
  readonly plan: StoredPlan
  readonly doing: Doing
  /** Who asks for it. */
  readonly name: string
  /** How many seats a person has agreed to take away. */
  readonly confirmedSeats?: number | undefined
  /** Called when nothing is changed any more. */
  readonly onEnd: () => void
}

export interface RunsOptions {
  readonly database: Database
  readonly plans: Plans
  readonly leases: Leases
  readonly leaseMs: number
  readonly log: Log
}

/** Applies plans and takes them back. A run goes on when the browser that asked for it has gone. */
export const createRuns = ({ database, plans, leases, leaseMs, log }: RunsOptions) => {
  const stopping = new AbortController()
  const underWay = new Set<Promise<void>>()

  const otherRun = async ({ plan }: StoredPlan): Promise<Refusal> => {
    const holder = await leases.holderOf(plan.hash)
    const by = holder?.name ?? 'another user'
    const since = new Date(holder?.since ?? Date.now()).toISOString()
    return new Refusal(409, 'AlreadyRunning', `${by} is at work on this plan. Wait until that has ended.`, {
      by,
      since,
    })
  }

  /** Resolves to the library's result or failure. */
  const carryOut = async ({ provider, plan: { plan }, doing, confirmedSeats }: RunRequest, opened: OpenJournal) => {
    const { journal, state } = opened
    const signal = AbortSignal.any([stopping.signal, opened.lost])
    const options = { journal, signal, sha256: nodeSha256 }
    if (doing === 'apply') return applyPlan(plan, provider, { ...options, state, maxRemovals: confirmedSeats })()
    if (state === undefined) throw new Refusal(409, 'NothingToUndo', 'Nothing of this plan was applied.')
    const undo = await toPromise(createUndo(state, provider, { sha256: nodeSha256 }))
    return applyUndo(undo, provider, { ...options, state })()
  }

  const stateAfter = async (
    id: string,
    doing: Doing,
    result: PlanResult | PlanFailure,
    wasStopped: boolean,
  ): Promise<PlanState> => {
    const { stopped, whole, partly } = states[doing]
    if (!isPlanFailure(result)) {
      const isFinished = !wasStopped && result.counts.notSent === 0 && result.journalProblem === undefined
      if (result.complete) return whole
      if (isFinished) return partly
    }
    const hasChanged = doing === 'undo' || hasBegun((await journalState(database, id))?.changes)
    return hasChanged ? stopped : 'planned'
  }

  /** One run from its lease to the end. `onBegin` is called after all checks, before anything is read or sent. */
  const run = async (request: RunRequest, onBegin: () => void): Promise<void> => {
    const { plan, doing } = request
    const { id, plan: content } = plan
    const { from, during } = states[doing]
    const lease = await leases.take(content.hash, request.name)
    if (lease === undefined) throw await otherRun(plan)
    try {
      const state = await plans.stateUnderLease(id)
      if (!from.some((one) => one === state)) {
        const message = `The state of this plan is: ${state}. It cannot be ${states[doing].whole} now.`
        throw new Refusal(409, 'WrongState', message, { state })
      }
      let hasBegunHere = false
      const opened = await openJournal(database, id, {
        lease,
        leaseMs,
        onBegin: async () => {
          await plans.begin(id, during)
          log.info({ began: doing, plan: id, user: request.name })
          hasBegunHere = true
          onBegin()
        },
      })
      try {
        // Before the end is told: who reads a report then must not get an earlier one.
        const result = await carryOut(request, opened).finally(request.onEnd)
        if (!hasBegunHere && result._tag === 'Left') throw new LicenseException(result.left)
        const told = result._tag === 'Left' ? failuresIn(result.left) : failuresOf(result.right)
        const wasStopped = stopping.signal.aborted || opened.lost.aborted
        const after = await stateAfter(id, doing, result._tag === 'Left' ? result.left : result.right, wasStopped)
        await plans.end(id, after, lease.token, told.slice(0, 20).map(toldOf))
        log.info({ ended: doing, plan: id, user: request.name, state: after, leaseWasLost: opened.lost.aborted })
      } finally {
        opened.close()
      }
    } finally {
      await lease.release()
    }
  }

  return {
    /** Resolves when the run has begun, and rejects where it cannot. */
    start: (request: RunRequest): Promise<void> =>
      new Promise((resolve, reject) => {
        if (stopping.signal.aborted) throw new Refusal(503, 'Stopping', 'This server is being stopped.')
        let hasBegunHere = false
        const onBegin = () => {
          hasBegunHere = true
          resolve()
        }
        const working = run(request, onBegin)
          .then(resolve)
          .catch((error: unknown) => (hasBegunHere ? log.error(error) : reject(error)))
          .finally(() => underWay.delete(working))
        underWay.add(working)
      }),
    /** Ends all runs. They can be continued: what became of requests that were under way is read then. */
    stop: async (): Promise<void> => {
      stopping.abort()
      await Promise.all(underWay)
    },
  }
}

export type Runs = ReturnType<typeof createRuns>
