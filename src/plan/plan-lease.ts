import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { Journal } from './journal.ts'
import type { Patience } from './journal-patience.ts'
import { journalProblemOf } from './journal-problem.ts'
import type { PlanFailures } from './plan-failure.ts'

/** Hashes of the plans that are carried out, or taken back, in this process: all callers must see the same ones. */
const atWork = new Set<string>()

const alreadyRunning = (message: string): PlanFailures => [{ _tag: 'AlreadyRunning', message }]

const unavailable = (why: string): PlanFailures => [
  { _tag: 'JournalUnavailable', message: `the journal cannot be had: ${why}` },
]

/** As a store of a caller's may answer, with or without types. */
const Lease = t.union(
  [t.type({ kind: t.literal('taken'), release: t.Function }), t.type({ kind: t.literal('held'), by: t.string })],
  'JournalLease',
)

/** As the journal answers, also after it is not waited for any more: a lease that comes too late is given back. */
const answered = async (acquiring: Promise<unknown>, patience: Patience): Promise<unknown> => {
  try {
    return await patience(acquiring)
  } catch (thrown) {
    acquiring.then(
      (late) => (Lease.is(late) && late.kind === 'taken' ? released(async () => late.release(), patience) : undefined),
      () => {},
    )
    throw thrown
  }
}

const acquired = async (
  plan: string,
  journal: Journal,
  patience: Patience,
): Promise<E.Either<PlanFailures, () => Promise<void>>> => {
  const { acquire } = journal
  if (acquire === undefined) return E.right(async () => {})
  let lease: unknown
  try {
    lease = await answered((async () => acquire.call(journal, plan))(), patience)
  } catch (thrown) {
    return E.left(unavailable(journalProblemOf(thrown)))
  }
  // A store that says `false` for what another run has must not be taken for one that has given it.
  if (!Lease.is(lease))
    return E.left(unavailable('acquire: expected a lease that is taken, with release, or held, with by'))
  return lease.kind === 'held'
    ? E.left(alreadyRunning(journalProblemOf(lease.by)))
    : E.right(async () => lease.release())
}

/** What was done is done: a lease that cannot be given back is taken over, or runs out, where it was had. */
const released = async (release: () => Promise<void>, patience: Patience): Promise<void> => {
  try {
    await patience(release())
  } catch {
    // As above.
  }
}

/**
 * Does the work of one run of a plan, or says that another run is at work: in this process, or anywhere that the journal
 * knows of.
 */
export const whileLeased = async <A>(
  plan: string,
  journal: Journal,
  patience: Patience,
  work: () => Promise<E.Either<PlanFailures, A>>,
): Promise<E.Either<PlanFailures, A>> => {
  if (atWork.has(plan)) {
    return E.left(alreadyRunning('another run of this plan is at work in this process; wait until it has ended'))
  }
  atWork.add(plan)
  try {
    const lease = await acquired(plan, journal, patience)
    if (E.isLeft(lease)) return lease
    try {
      return await work()
    } finally {
      await released(lease.right, patience)
    }
  } finally {
    atWork.delete(plan)
  }
}
