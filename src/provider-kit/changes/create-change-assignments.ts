import type { AssignmentChange, AssignmentOutcome } from '../../contract/assignment-change.ts'
import type { LicenseProvider } from '../../contract/license-provider.ts'
import { beginRuns, usersToRead } from './begin-runs.ts'
import type { ChangeAdapter } from './change-adapter.ts'
import { type ChangeCall, type Outcomes, openCall, type Readings } from './change-call.ts'
import { outcomesFor, refused } from './change-outcome.ts'
import { givenChanges } from './given-changes.ts'
import { lookAgain } from './look-again.ts'
import { sendSteps } from './send-steps.ts'
import { changesByUser, type UserChanges } from './user-changes.ts'
import type { UserRun } from './user-run.ts'

const USERS_AT_ONCE = 300

/** Items in groups: `few` first, so that the first outcomes come soon, then twice as many each time, up to `most`. */
function* windowsOf<A>(items: Iterable<A>, few: number, most: number): Generator<readonly A[], undefined> {
  let size = Math.min(few, most)
  let window: A[] = []
  for (const item of items) {
    window.push(item)
    if (window.length === size) {
      yield window
      window = []
      size = Math.min(2 * size, most)
    }
  }
  if (window.length > 0) yield window
  return undefined
}

/** Sends everything, one window of users after the other. Returns the users for whom something is waited for. */
async function* sendAll(call: ChangeCall, changes: readonly AssignmentChange[]): Outcomes<readonly UserRun[]> {
  const { requests, usersAtOnce = USERS_AT_ONCE } = call.adapter
  const firstWindow = requests.users * (requests.concurrency ?? 1)
  const windows = windowsOf(changesByUser(changes, call.keyOf), firstWindow, usersAtOnce)
  const nextWindow = (): readonly UserChanges[] => windows.next().value ?? []
  let waiting: readonly UserRun[] = []
  let ahead: Readings | undefined
  for (let users = nextWindow(); users.length > 0; ) {
    const readings = ahead ?? (await call.read(usersToRead(call, users)))
    const runs = yield* beginRuns(call, users, readings)
    users = nextWindow()
    const sent = yield* sendSteps(call, runs, users)
    waiting = [...waiting, ...sent.waiting]
    ahead = sent.ahead
  }
  return waiting
}

/** Looks again until nothing is waited for any more, and sends the steps that become due meanwhile. */
async function* waitForAll(call: ChangeCall, runs: readonly UserRun[]): Outcomes<void> {
  let waiting = runs
  while (waiting.length > 0) {
    const looked = yield* lookAgain(call, waiting)
    const stillOpen = looked.filter(({ open }) => open.length > 0)
    const sent = yield* sendSteps(
      call,
      looked.filter(({ open }) => open.length === 0),
    )
    waiting = [...stillOpen, ...sent.waiting]
  }
}

/**
 * Gives and takes seats for one vendor: what all vendors have in common. Changes that ask for the same are sent once.
 * Contradictions, and what is so already, are not sent. What users hold is read directly before a request and directly
 * after it, and decides the outcome: an answer alone does not.
 */
export const createChangeAssignments = (adapter: ChangeAdapter): NonNullable<LicenseProvider['changeAssignments']> =>
  async function* (changes, request = {}): AsyncGenerator<AssignmentOutcome, void> {
    const call = openCall(adapter, request)
    try {
      const { sound, malformed, beside } = givenChanges(changes, call.keyOf)
      yield* outcomesFor(malformed, refused(call.reasons.malformed))
      yield* outcomesFor(beside, refused(call.reasons.besideProblem))
      yield* waitForAll(call, yield* sendAll(call, sound))
    } finally {
      call.scope.close()
    }
  }
