import * as E from 'fp-ts/lib/Either.js'
import type { Journal, JournalLease } from './journal.ts'
import { journalProblemOf } from './journal-problem.ts'
import type { PlanFailures } from './plan-failure.ts'

/** Hashes of the plans that are carried out, or taken back, in this process: all callers must see the same ones. */
const atWork = new Set<string>()

const alreadyRunning = (message: string): PlanFailures => [{ _tag: 'AlreadyRunning', message }]

const acquired = async (plan: string, journal: Journal): Promise<E.Either<PlanFailures, () => Promise<void>>> => {
  let lease: JournalLease | undefined
  try {
    lease = await journal.acquire?.(plan)
  } catch (thrown) {
    const message = `the journal cannot be had: ${journalProblemOf(thrown)}`
    return E.left([{ _tag: 'JournalUnavailable', message }])
  }
  if (lease?.kind === 'held') return E.left(alreadyRunning(journalProblemOf(lease.by)))
  return E.right(lease === undefined ? async () => {} : lease.release)
}

/** What was done is done: a lease that cannot be given back is taken over, or runs out, where it was had. */
const released = async (release: () => Promise<void>): Promise<void> => {
  try {
    await release()
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
  work: () => Promise<E.Either<PlanFailures, A>>,
): Promise<E.Either<PlanFailures, A>> => {
  if (atWork.has(plan)) {
    return E.left(alreadyRunning('another run of this plan is at work in this process; wait until it has ended'))
  }
  atWork.add(plan)
  try {
    const lease = await acquired(plan, journal)
    if (E.isLeft(lease)) return lease
    try {
      return await work()
    } finally {
      await released(lease.right)
    }
  } finally {
    atWork.delete(plan)
  }
}
