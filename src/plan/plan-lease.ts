import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { thrownText } from '../model/thrown-text.ts'
import { type Clock, timerOn } from '../paging/clock.ts'
import type { Journal } from './journal.ts'
import type { Patience } from './journal-patience.ts'
import type { PlanFailures } from './plan-failure.ts'

/** Hashes of the plans that are applied or taken back in this process. It is global, as all callers must see the same ones. */
const atWork = new Set<string>()

const alreadyRunning = (message: string): PlanFailures => [{ _tag: 'AlreadyRunning', message }]

const unavailable = (why: string): PlanFailures => [
  { _tag: 'JournalUnavailable', message: `the journal cannot be opened: ${why}` },
]

/** What a caller's store may answer, with or without types. */
const Lease = t.union(
  [t.type({ kind: t.literal('taken'), release: t.Function }), t.type({ kind: t.literal('held'), by: t.string })],
  'JournalLease',
)

/** How long a run waits for its lease. */
interface Waiting {
  readonly patience: Patience
  readonly clock: Clock
}

/** The journal's answer. A lease that comes when it is no longer waited for is released. */
const answered = async (acquiring: Promise<unknown>, waiting: Waiting): Promise<unknown> => {
  try {
    return await waiting.patience(acquiring)
  } catch (thrown) {
    acquiring.then(
      (late) => (Lease.is(late) && late.kind === 'taken' ? released(async () => late.release(), waiting) : undefined),
      () => {},
    )
    throw thrown
  }
}

const acquired = async (
  plan: string,
  journal: Journal,
  waiting: Waiting,
): Promise<E.Either<PlanFailures, () => Promise<void>>> => {
  const { acquire } = journal
  if (acquire === undefined) return E.right(async () => {})
  let lease: unknown
  try {
    lease = await answered((async () => acquire.call(journal, plan))(), waiting)
  } catch (thrown) {
    return E.left(unavailable(thrownText(thrown)))
  }
  // A store may answer `false` where another run has the lease.
  if (!Lease.is(lease))
    return E.left(unavailable('acquire: expected a lease that is taken, with release, or held, with by'))
  return lease.kind === 'held' ? E.left(alreadyRunning(thrownText(lease.by))) : E.right(async () => lease.release())
}

/** How long a lease may take to be released, in milliseconds. All that matters is done by then. */
const RELEASE_MS = 5_000

/** Rejects where it takes longer. */
const soon = (answer: Promise<void>, clock: Clock): Promise<void> =>
  new Promise((resolve, reject) => {
    const stopTimer = timerOn(clock, RELEASE_MS, () => reject(new Error('it did not answer')))
    answer.then(resolve, reject).finally(stopTimer)
  })

/** A lease that cannot be released changes nothing of the result: the store must let it run out, or give it to the next run. */
const released = async (release: () => Promise<void>, { patience, clock }: Waiting): Promise<void> => {
  try {
    await patience(soon(release(), clock))
  } catch {
    // As above.
  }
}

/**
 * Does the work of one run of a plan. Fails with `AlreadyRunning` where another run is at work, in this process or anywhere
 * that the journal knows of.
 */
export const whileLeased = async <A>(
  plan: string,
  journal: Journal,
  waiting: Waiting,
  work: () => Promise<E.Either<PlanFailures, A>>,
): Promise<E.Either<PlanFailures, A>> => {
  if (atWork.has(plan)) {
    return E.left(alreadyRunning('another run of this plan is at work in this process; wait until it has ended'))
  }
  atWork.add(plan)
  try {
    const lease = await acquired(plan, journal, waiting)
    if (E.isLeft(lease)) return lease
    try {
      return await work()
    } finally {
      await released(lease.right, waiting)
    }
  } finally {
    atWork.delete(plan)
  }
}
