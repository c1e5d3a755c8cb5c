import type { AssignmentOutcome } from '../../contract/assignment-change.ts'
import { elapsedOn } from '../../paging/clock.ts'
import type { HoldingsReading } from './change-adapter.ts'
import type { ChangeCall, Outcomes, Readings } from './change-call.ts'
import { unknownBecause } from './change-outcome.ts'
import { readAfterAnswer, shownBy } from './judge-change.ts'
import { isDone } from './user-changes.ts'
import { dropLaterSteps, goToNextStep, type Open, outcomesOf, type UserRun } from './user-run.ts'

/** The first pause between two looks, in milliseconds; each later one is as long as was waited already. */
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 10_000

/** The next pause, and how long changes are waited for at most, in milliseconds. */
const pauseOf = (runs: readonly UserRun[]): { readonly pauseMs: number; readonly leftMs: number } => {
  let shortest = Number.POSITIVE_INFINITY
  let longest = 0
  for (const { waitedMs, open } of runs) {
    shortest = Math.min(shortest, waitedMs)
    for (const { withinMs } of open) longest = Math.max(longest, withinMs)
  }
  const leftMs = longest - shortest
  return { leftMs, pauseMs: Math.min(Math.max(FIRST_PAUSE_MS, Math.min(shortest, LONGEST_PAUSE_MS)), leftMs) }
}

/** Takes one more look at what is open of a user: it is seen, waited for, sent once more, or its time is over. */
const lookAt = (call: ChangeCall, run: UserRun, reading: HoldingsReading | undefined): readonly AssignmentOutcome[] => {
  const held = shownBy(readAfterAnswer(run, reading))
  run.held = held ?? run.held
  const outcomes: AssignmentOutcome[] = []
  const open: Open[] = []
  const again: Open[] = []
  const end = call.ended()
  let allDone = true
  for (const each of run.open) {
    const { wanted, done, otherwise } = each
    const isSeen = held !== undefined && isDone(wanted.change, held, call.keyOf)
    if (isSeen) outcomes.push(...outcomesOf(run, wanted, done))
    else if (end === undefined && run.waitedMs < each.withinMs) open.push(each)
    else if (otherwise === 'again' && end === undefined) again.push(each)
    else {
      allDone = false
      const result = otherwise === 'again' ? unknownBecause(run.lostAnswer ?? call.reasons.notSeenYet) : otherwise
      outcomes.push(...outcomesOf(run, wanted, result))
    }
  }
  run.open = open
  if (!allDone) outcomes.push(...dropLaterSteps(call, run))
  if (open.length > 0) {
    // It is sent once more together with whatever else of the step is still waited for.
    run.open = [...open, ...again.map((each) => ({ ...each, withinMs: 0 }))]
  } else if (again.length > 0) {
    run.steps = [again.map(({ wanted }) => wanted), ...run.steps.slice(1)]
    run.waitedMs = 0
  } else goToNextStep(run)
  return outcomes
}

/**
 * Pauses, and looks again at what the vendor accepted and readings do not show yet. Pauses grow. Returns the users for whom
 * something is still waited for, or is to be sent.
 */
export async function* lookAgain(call: ChangeCall, runs: readonly UserRun[]): Outcomes<readonly UserRun[]> {
  const { adapter, scope } = call
  const { pauseMs, leftMs } = pauseOf(runs)
  const remaining =
    scope.deadlineAt === undefined ? Number.POSITIVE_INFINITY : scope.deadlineAt - elapsedOn(adapter.clock)
  const longestWait = Math.min(leftMs, remaining)
  const changes = runs.reduce((count, { open }) => count + open.length, 0)
  if (longestWait > 0) call.onWait({ changes, ms: longestWait })
  await adapter.clock.sleep(Math.max(0, Math.min(pauseMs, remaining)), scope.signal)
  const readings: Readings = call.ended() === undefined ? await call.read(runs) : new Map()
  for (const run of runs) {
    run.waitedMs += pauseMs
    yield* lookAt(call, run, readings.get(run.userId))
  }
  return runs.filter(({ steps, open }) => steps.length > 0 || open.length > 0)
}
