import * as E from 'fp-ts/lib/Either.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { LicenseProvider } from '../contract/license-provider.ts'
import type { LicenseError } from '../model/license-error.ts'
import type { LicensedUser } from '../model/licensed-user.ts'
import type { Hashing } from '../model/sha256.ts'
import { type ApplyPlanOptions, problemsInContinuing, runPlan } from './apply-plan.ts'
import {
  problemsInHashing,
  problemsInProvider,
  problemsInState,
  problemsInUndo,
  problemsInUndoing,
} from './caller-input.ts'
import {
  hasArrived,
  type ImplicitLoss,
  type Journal,
  type JournaledChange,
  type JournalState,
  lossesIn,
} from './journal.ts'
import type { JournalEntry } from './journal-entry.ts'
import { type Phase, type Plan, type PlannedChange, type PlanWarning, phases } from './plan.ts'
import { failuresIn, type PlanFailure, type PlanFailures } from './plan-failure.ts'
import type { AppliedChange, PlanResult } from './plan-result.ts'
import { planSeal } from './plan-seal.ts'
import { planTask } from './plan-task.ts'
import { remarksOf } from './provider-remarks.ts'
import { readingOf } from './provider-state.ts'
import { intactPlan } from './read-plan.ts'
import { keyOfSeat } from './seat.ts'

const inversePhase: Readonly<Record<Phase, Phase>> = { removal: 'addition', swap: 'swap', addition: 'removal' }

/** Removes what was assigned, and assigns what was removed, with the calling properties that it had. */
const inverse = (
  { phase, action, calling: _, finding: __, ...names }: PlannedChange,
  journaled?: JournaledChange,
): PlannedChange => {
  const calling = action === 'remove' ? journaled?.calling : undefined
  return {
    ...names,
    phase: inversePhase[phase],
    action: action === 'assign' ? 'remove' : 'assign',
    ...(calling === undefined ? {} : { calling }),
  }
}

/** How to take back what a journal says was applied. */
export interface Undo {
  /** Giving back what users lost implicitly comes first. */
  readonly plan: Plan
  /** For each change of it, the place in the journal of what it takes back. */
  readonly places: readonly number[]
  /** Places in it of changes that are pending: no list shows them, so that they are taken back whatever is listed. */
  readonly unlisted: ReadonlySet<number>
  /** Places in it of changes that may never have been made: they are taken back where readings show them. */
  readonly uncertain: ReadonlySet<number>
  /** What cannot be taken back, and why, one line each. */
  readonly left: readonly string[]
}

/** The users as the plan has left them. What was already so then is no drift either. */
const usersAfter = (state: JournalState, lost: readonly ImplicitLoss[]): Plan['users'] => {
  const { plan, changes } = state
  const held = new Map(plan.users.map(({ id, licenseIds }) => [id, new Set(licenseIds)]))
  for (const [place, { userId, licenseId, action }] of plan.changes.entries()) {
    const result = changes.get(place)?.result
    if (result !== 'applied' && result !== 'alreadySo') continue
    if (action === 'assign') held.get(userId)?.add(licenseId)
    else held.get(userId)?.delete(licenseId)
  }
  for (const { userId, licenseId } of lost) held.get(userId)?.delete(licenseId)
  return plan.users.map((user) => ({ ...user, licenseIds: [...(held.get(user.id) ?? [])] }))
}

const asLicensedUser = (provider: string, { id, licenseIds }: Plan['users'][number]): LicensedUser => ({
  provider,
  id,
  kind: 'unknown',
  status: 'unknown',
  licenseIds,
  pendingLicenseIds: [],
})

/** Whether a change was made for this plan, was accepted by the vendor, or may have been made. */
const isOurs = (journaled: JournaledChange | undefined): journaled is JournaledChange =>
  journaled !== undefined && (journaled.result === 'applied' || hasArrived(journaled))

/** A change that takes back another one, and the place of that one in the journal. */
interface Inverse {
  readonly place: number
  readonly change: PlannedChange
}

/**
 * Gives back what the vendor took implicitly. The license that replaced it is removed in the same step, so that the
 * user is never left without both.
 */
const withLosses = (inverses: readonly Inverse[], lost: readonly ImplicitLoss[], plan: Plan): readonly Inverse[] => {
  if (lost.length === 0) return inverses
  const people = new Map(plan.changes.map(({ userId, user }) => [userId, user]))
  const losers = new Set(lost.map(({ userId }) => userId))
  const givenBack = lost.map(({ place, userId, licenseId, license }): Inverse => {
    const names = { userId, user: people.get(userId) ?? userId, licenseId, license }
    return { place, change: { phase: 'swap', action: 'assign', ...names } }
  })
  const others = inverses.map(
    ({ place, change }): Inverse =>
      losers.has(change.userId) && change.action === 'remove'
        ? { place, change: { ...change, phase: 'swap' } }
        : { place, change },
  )
  return [...givenBack, ...others]
}

/** Plans of version 0.1 have the rule alone. */
const RULE_OF_VERSION_0_1 = 'removes-calling-settings'

/** Whether a warning is about what undo does not bring back. */
export const isLostForGood = ({ lostForGood, rule }: PlanWarning): boolean =>
  lostForGood === true || rule === RULE_OF_VERSION_0_1

/** Warnings of the plan that have come true: settings that do not come back with the seats. */
const settingsLost = ({ warnings }: Plan, made: readonly Inverse[]): readonly PlanWarning[] => {
  const givenBack = new Set(made.flatMap(({ change }) => (change.action === 'assign' ? keyOfSeat(change) : [])))
  return warnings.filter((warning) => {
    const { userId = '', licenseId = '' } = warning
    return isLostForGood(warning) && givenBack.has(keyOfSeat({ userId, licenseId }))
  })
}

const undoOf = async (
  state: JournalState,
  provider: LicenseProvider,
  hashing: Hashing,
): Promise<E.Either<PlanFailures, Undo>> => {
  const { plan, changes } = state
  const lost = lossesIn(state).filter(({ place }) => changes.get(place)?.result === 'applied')
  const users = usersAfter(state, lost)

  const made = [...plan.changes.entries()].flatMap(([place, change]): readonly Inverse[] => {
    const journaled = changes.get(place)
    return isOurs(journaled) ? [{ place, change: inverse(change, journaled) }] : []
  })
  const inverses = withLosses(made, lost, plan)
  const problems = new Map<string, string>()
  const warnings: PlanWarning[] = []
  const remarks = remarksOf(
    provider,
    inverses.map(({ change }) => change),
    { licenses: new Map(), users: new Map(users.map((user) => [user.id, asLicensedUser(provider.id, user)])) },
  )
  if (E.isLeft(remarks)) return remarks
  const people = new Map(plan.changes.map(({ userId, user }) => [userId, user]))
  for (const { severity, rule, change, message, lostForGood } of remarks.right) {
    const { userId, licenseId } = change
    const forGood = lostForGood === true ? { lostForGood } : {}
    if (severity === 'problem') problems.set(userId, message)
    else warnings.push({ rule, message: `${people.get(userId)}: ${message}`, userId, licenseId, ...forGood })
  }
  warnings.push(...settingsLost(plan, made))
  // Where one change of a user cannot be taken back, the others stay too, so that no user is left without both licenses.
  const possible = inverses.filter(({ change }) => !problems.has(change.userId))
  const isLoss = ({ place }: Inverse) => place >= plan.changes.length
  const inOrder = [
    ...possible.filter(isLoss),
    ...phases.flatMap((phase) => possible.filter((one) => !isLoss(one) && one.change.phase === phase)),
  ]
  const placesWhere = (holds: (journaled: JournaledChange | undefined) => boolean): ReadonlySet<number> =>
    new Set(inOrder.flatMap(({ place }, index) => (holds(changes.get(place)) ? [index] : [])))
  const { hash, brake, cost, saving, omitted, skipped, limit, ...content } = plan
  return E.right({
    plan: await planSeal.sealed(
      {
        ...content,
        intents: [],
        changes: inOrder.map(({ change }) => change),
        alreadySo: [],
        users,
        licenses: [],
        warnings,
      },
      hashing,
    ),
    places: inOrder.map(({ place }) => place),
    unlisted: placesWhere((journaled) => journaled?.result === 'pending'),
    uncertain: placesWhere((journaled) => journaled?.result === undefined || journaled.result === 'unknown'),
    left: inverses.flatMap(({ change: { userId, user, license } }) => {
      const problem = problems.get(userId)
      return problem === undefined ? [] : [`${user}, ${license}: ${problem}`]
    }),
  })
}

/**
 * Works out, without a request, how to take back what a journal says was applied. A `Left` where the state is not one of
 * `readJournal`, or the plan in it was changed. Never rejects.
 */
export const createUndo = (
  state: JournalState,
  provider: LicenseProvider,
  hashing: Hashing = {},
): TaskEither<PlanFailure, Undo> =>
  planTask(async () => {
    const wrong = [...problemsInState(state), ...problemsInProvider(provider), ...problemsInHashing(hashing)]
    if (RA.isNonEmpty(wrong)) return E.left(wrong)
    const intact = await intactPlan(state.plan, hashing)()
    return E.isLeft(intact) ? E.left(failuresIn(intact.left)) : undoOf(state, provider, hashing)
  })

/** The journal of the plan, for a run that takes it back. */
const journalOfUndo = (journal: Journal, places: readonly number[], hash: string): Journal => {
  const placeOf = (change: number) => places[change] ?? change
  const translate = (entry: JournalEntry): JournalEntry => {
    switch (entry.entry) {
      case 'begin':
      case 'resume':
        return { entry: 'resume', plan: hash }
      case 'sending':
        return { entry: 'takingBack', changes: entry.changes.map(placeOf) }
      case 'outcome':
        return { ...entry, entry: 'takenBack', change: placeOf(entry.change) }
      default:
        return entry
    }
  }
  // Methods are called on the journal itself, as it may be an instance of a class.
  return {
    append: (entry) => journal.append(translate(entry)),
    ...(journal.acquire === undefined ? {} : { acquire: journal.acquire.bind(journal) }),
  }
}

const notSeen = (provider: string): LicenseError => ({
  _tag: 'InvalidResponse',
  provider,
  operation: 'changeAssignments',
  message: 'it was sent, and is not seen: there is nothing to take back yet; if it arrives later, undo again',
  issues: [],
})

/** Calling properties stay in the journal. */
const withoutCalling = ({ calling: _, ...change }: AppliedChange): AppliedChange => change

/** The options of `applyPlan`, without brake and protected seats: undo only takes back what the plan did. */
export interface UndoOptions extends Omit<ApplyPlanOptions, 'state' | 'maxRemovals' | 'protected'> {
  /** What the journal says: that of which the undo was made. */
  readonly state: JournalState
}

/** Tells of a run that takes back as `followJournal` does: by places in the journal. */
const tellsOfUndo = (onChange: UndoOptions['onChange'], places: readonly number[]): UndoOptions['onChange'] =>
  onChange &&
  (({ change, ...progress }) =>
    onChange({ ...progress, change: { ...change, place: places[change.place] ?? change.place, undo: true } }))

const takeBack = async (
  { plan, places, unlisted, uncertain }: Undo,
  provider: LicenseProvider,
  { state: { plan: original, changes, besides = [] }, ...options }: UndoOptions,
): Promise<E.Either<PlanFailures, PlanResult>> => {
  const reading = readingOf(options)
  const intact = await intactPlan(plan, options)()
  if (E.isLeft(intact)) return E.left(failuresIn(intact.left))
  const begun = new Map(
    places.flatMap((place, change) => {
      const { takingBack } = changes.get(place) ?? {}
      return takingBack === undefined ? [] : [[change, { sent: takingBack }] as const]
    }),
  )
  const journal = journalOfUndo(options.journal, places, original.hash)
  const result = await runPlan(
    plan,
    provider,
    { ...options, journal, unlisted, onChange: tellsOfUndo(options.onChange, places) },
    {
      reading,
      plan: original.hash,
      expires: false,
      journaled: begun,
      besides,
      lost: [],
      uncertain: new Map([...uncertain].map((place) => [place, notSeen(provider.id)])),
    },
  )
  return E.map(
    (takenBack: PlanResult): PlanResult => ({
      ...takenBack,
      changes: takenBack.changes.map(withoutCalling),
      plan: original.hash,
      undo: true,
    }),
  )(result)
}

/** Takes back what {@link createUndo} has worked out. It reads, checks and fails as `applyPlan` does. */
export const applyUndo = (
  undo: Undo,
  provider: LicenseProvider,
  options: UndoOptions,
): TaskEither<PlanFailure, PlanResult> =>
  planTask(async () => {
    const wrong = [...problemsInUndo(undo), ...problemsInProvider(provider), ...problemsInUndoing(options)]
    if (RA.isNonEmpty(wrong)) return E.left(wrong)
    const broken = problemsInContinuing(options.state.plan.hash, options)
    return RA.isNonEmpty(broken) ? E.left(broken) : takeBack(undo, provider, options)
  })
