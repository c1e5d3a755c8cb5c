import * as E from 'fp-ts/lib/Either.js'
import type { AssignmentChange, AssignmentOutcome } from '../../contract/assignment-change.ts'
import type { Holdings, HoldingsReading } from './change-adapter.ts'
import type { ChangeCall, Readings } from './change-call.ts'
import { outcomesFor, refused, unsent } from './change-outcome.ts'
import { isFirst } from './change-requests.ts'
import { isAlreadySo, type UserChanges, type Wanted } from './user-changes.ts'
import { openRun, outcomesOf, type UserRun } from './user-run.ts'

/** What the adapter has against changes of one user. */
const problemsOf = (
  { adapter, users, licenses }: ChangeCall,
  { userId, wanted }: UserChanges,
  held: Holdings | undefined,
): ReadonlyMap<AssignmentChange, string> => {
  const { provider, refusalOf, reviewChanges } = adapter
  const problems = new Map<AssignmentChange, string>()
  const known = users.get(userId)
  const user = held === undefined ? known : { provider, id: userId, status: 'unknown' as const, ...known, ...held }
  const remarks = reviewChanges?.(
    wanted.map(({ change }) => change),
    { licenses, users: new Map(user === undefined ? [] : [[userId, user]]) },
  )
  for (const { change, severity, message } of remarks ?? []) {
    if (severity === 'problem') problems.set(change, message)
  }
  for (const { change } of wanted) {
    const message = refusalOf?.(change)
    if (message !== undefined) problems.set(change, message)
  }
  return problems
}

/** Begins with one user: the run has what is to be sent, the outcomes are of all else. A problem keeps everything back. */
const beginRun = (
  call: ChangeCall,
  changes: UserChanges,
  held: Holdings | undefined,
): readonly [UserRun, readonly AssignmentOutcome[]] => {
  const { keyOf, reasons } = call
  const { userId, wanted, contradictory } = changes
  const run = openRun(userId, held)
  const problems = problemsOf(call, changes, held)
  const isKeptBack = problems.size > 0 || contradictory.length > 0
  const outcomes: AssignmentOutcome[] = [...outcomesFor(contradictory, refused(reasons.contradiction))]
  const needed: Wanted[] = []
  for (const each of wanted) {
    const problem = problems.get(each.change)
    if (problem !== undefined) outcomes.push(...outcomesOf(run, each, refused(reasons.problem(problem))))
    else if (isAlreadySo(each.change, held, keyOf)) outcomes.push(...outcomesOf(run, each, { result: 'alreadySo' }))
    else if (isKeptBack) outcomes.push(...outcomesOf(run, each, refused(reasons.besideProblem)))
    else needed.push(each)
  }
  const { requests } = call.adapter
  const comesFirst = isFirst(
    needed.map(({ change }) => change),
    requests,
  )
  const steps =
    requests.order === 'together'
      ? [needed]
      : [needed.filter(({ change }) => comesFirst(change)), needed.filter(({ change }) => !comesFirst(change))]
  run.steps = steps.filter((step) => step.length > 0)
  return [run, outcomes]
}

/** Whether it is known without a reading that nothing is to be sent for a user. */
const needsNothing = (
  { adapter, users, keyOf }: ChangeCall,
  { userId, wanted, contradictory }: UserChanges,
): boolean => {
  const known = users.get(userId)
  const isKnownToBeSo = contradictory.length === 0 && wanted.every(({ change }) => isAlreadySo(change, known, keyOf))
  return isKnownToBeSo || wanted.some(({ change }) => adapter.refusalOf?.(change) !== undefined)
}

/** The users whose holdings must be read before it is known what is to be sent. */
export const usersToRead = (call: ChangeCall, users: readonly UserChanges[]): readonly UserChanges[] =>
  call.ended() === undefined ? users.filter((user) => !needsNothing(call, user)) : []

/** Begins with users, once what they hold was read. Returns those for whom something is to be sent. */
export function* beginRuns(
  call: ChangeCall,
  users: readonly UserChanges[],
  readings: Readings,
): Generator<AssignmentOutcome, readonly UserRun[]> {
  const runs: UserRun[] = []
  const end = call.ended()
  for (const user of users) {
    const reading: HoldingsReading = end === undefined ? (readings.get(user.userId) ?? E.right(undefined)) : E.left(end)
    if (E.isLeft(reading)) {
      call.note(reading.left)
      const all = [...user.contradictory, ...user.wanted.flatMap(({ copies }) => copies)]
      yield* outcomesFor(all, refused(unsent(reading.left)))
      continue
    }
    const [run, outcomes] = beginRun(call, user, reading.right ?? call.users.get(user.userId))
    yield* outcomes
    if (run.steps.length > 0) runs.push(run)
  }
  return runs
}
