import * as E from 'fp-ts/lib/Either.js'
import type { AssignmentChange, AssignmentOutcome } from '../../contract/assignment-change.ts'
import { usersToRead } from './begin-runs.ts'
import type { HoldingsReading, Sent } from './change-adapter.ts'
import type { ChangeCall, Outcomes, Readings } from './change-call.ts'
import { requestsOf, splitRequest } from './change-requests.ts'
import { implicitChanges } from './implicit-changes.ts'
import { judgeChange, readAfterAnswer, shownBy } from './judge-change.ts'
import { isDone, type UserChanges } from './user-changes.ts'
import { dropLaterSteps, goToNextStep, type Open, outcomesOf, type UserRun } from './user-run.ts'
import { isAboutOneChange } from './what-failures-mean.ts'

/** What became of the request that carried each change; a change that was not announced has none. */
type Fates = ReadonlyMap<AssignmentChange, Sent>

/** Sends one request, or its halves where the vendor refuses something in it. */
const sendRequest = async (
  call: ChangeCall,
  carried: readonly AssignmentChange[],
  fates: Map<AssignmentChange, Sent>,
): Promise<void> => {
  const { adapter, licenses, scope, keyOf } = call
  const early = call.ended()
  if (early === undefined && call.rejection() === undefined) {
    const taken = (await adapter.readTaken?.(carried, licenses, scope)) ?? []
    try {
      await call.beforeSending?.(carried, taken)
    } catch (thrown) {
      call.reject(thrown)
    }
  }
  if (call.rejection() !== undefined) return
  const end = early ?? call.ended()
  const fate: Sent = end === undefined ? await adapter.send(carried, scope) : { kind: 'unsent', error: end }
  if (fate.kind !== 'answered') call.note(fate.error)
  if (fate.kind === 'failed' && fate.about === 'credential') call.endWith(fate.error)
  const halves = isAboutOneChange(fate) ? splitRequest(carried, adapter.requests, keyOf) : undefined
  if (halves === undefined) for (const change of carried) fates.set(change, fate)
  else for (const half of halves) await sendRequest(call, half, fates)
}

/** Sends the present step of each user. */
const sendStep = async (call: ChangeCall, runs: readonly UserRun[]): Promise<Fates> => {
  const fates = new Map<AssignmentChange, Sent>()
  for (const run of runs) run.sendings += 1
  const carried = runs.flatMap(({ steps: [step = []] }) => step.map(({ change }) => change))
  const requests = requestsOf(carried, call.adapter.requests, call.keyOf)
  await Promise.all(requests.map((request) => call.inTurn(() => sendRequest(call, request, fates))))
  return fates
}

/** Whether the present step of a user may have changed something. A refusal of the credential has changed nothing. */
const mayHaveChanged = ({ steps: [step = []] }: UserRun, fates: Fates): boolean =>
  step.some(({ change }) => {
    const fate = fates.get(change)
    if (fate?.kind === 'answered') return true
    return fate?.kind === 'failed' && (fate.mayHaveTakenEffect || fate.about === 'changes')
  })

/** Tells the adapter which changes readings show, before the vendor's words for the others are judged. */
const tellAdapter = (
  { keyOf }: ChangeCall,
  { userId, steps: [step = []] }: UserRun,
  fates: Fates,
  readings: Readings,
): void => {
  const shown = shownBy(readings.get(userId))
  if (shown === undefined) return
  for (const { change } of step) {
    const fate = fates.get(change)
    if (fate?.kind === 'answered' && isDone(change, shown, keyOf)) fate.onDone?.(change)
  }
}

/** Judges the step of a user that was sent. What is open then is waited for, and keeps the next step back. */
const afterSending = (
  call: ChangeCall,
  run: UserRun,
  fates: Fates,
  reading: HoldingsReading | undefined,
): readonly AssignmentOutcome[] => {
  const { keyOf } = call
  const step = run.steps[0] ?? []
  const wereSent = step.filter(({ change }) => fates.has(change))
  const answered = wereSent.map(({ change }) => fates.get(change)).find((fate) => fate?.kind === 'answered')
  const found = answered === undefined ? reading : readAfterAnswer(run, reading)
  const held = shownBy(found)
  const told = answered?.kind === 'answered' ? answered.holdingsOf?.(run.userId) : undefined
  const sent = wereSent.map(({ change }) => change)
  run.implicit = implicitChanges(run.held, told, sent, keyOf) ?? implicitChanges(run.held, held, sent, keyOf)
  run.held = held ?? told ?? run.held

  const outcomes: AssignmentOutcome[] = []
  const open: Open[] = []
  let allDone = wereSent.length === step.length
  for (const wanted of wereSent) {
    const fate = fates.get(wanted.change)
    if (fate === undefined) continue
    if (fate.kind === 'failed' && fate.mayHaveTakenEffect) run.lostAnswer = fate.error
    const judged = judgeChange(call, run, wanted, fate, found)
    if ('withinMs' in judged) open.push(judged)
    else {
      allDone &&= judged.result === 'applied' || judged.result === 'alreadySo'
      outcomes.push(...outcomesOf(run, wanted, judged))
    }
  }
  run.open = open
  if (!allDone) outcomes.push(...dropLaterSteps(call, run))
  if (open.length === 0) goToNextStep(run)
  return outcomes
}

/** Where a call stands once everything that is due was sent. */
export interface StepsSent {
  /** Users for whom something is waited for. */
  readonly waiting: readonly UserRun[]
  /** What the users who come next hold, where it was read together with the last step. */
  readonly ahead?: Readings
}

/**
 * Sends what is due, step by step, until nothing is. The users who come `next` are read together with the last step: one
 * reading is after it and before theirs.
 */
export async function* sendSteps(
  call: ChangeCall,
  runs: readonly UserRun[],
  next: readonly UserChanges[] = [],
): Outcomes<StepsSent> {
  const waiting: UserRun[] = []
  let ahead: Readings | undefined
  let due = runs
  while (due.length > 0) {
    const fates = await sendStep(call, due)
    const changed = due.filter((run) => mayHaveChanged(run, fates))
    const others = due.every(({ steps }) => steps.length === 1) ? usersToRead(call, next) : []
    const readings = await call.read([...changed, ...others])
    if (others.length > 0) ahead = readings
    for (const reading of readings.values()) if (E.isLeft(reading)) call.note(reading.left)
    for (const run of due) tellAdapter(call, run, fates, readings)
    for (const run of due) yield* afterSending(call, run, fates, readings.get(run.userId))
    const rejection = call.rejection()
    if (rejection !== undefined) throw rejection.thrown
    waiting.push(...due.filter(({ open }) => open.length > 0))
    due = due.filter(({ steps, open }) => steps.length > 0 && open.length === 0)
  }
  return { waiting, ...(ahead === undefined ? {} : { ahead }) }
}
