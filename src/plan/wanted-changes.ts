import * as E from 'fp-ts/lib/Either.js'
import type { License } from '../model/license.ts'
import type { LicensedUser } from '../model/licensed-user.ts'
import { callingOf, callingsAgree } from './calling.ts'
import type { Intent } from './intent.ts'
import { type IntentNames, nameOf, openNames } from './intent-names.ts'
import { type Phase, type PlannedChange, phases } from './plan.ts'
import type { PlanFailure, UnknownUser } from './plan-failure.ts'
import type { ResolvedUser } from './resolve-users.ts'
import { keyOfSeat } from './seat.ts'

/** The users and licenses that intents are compared with. */
export interface Surroundings {
  readonly provider: string
  readonly licenses: ReadonlyMap<string, License>
  /** Licenses that users hold and the provider does not list: they can be removed, and not assigned. */
  readonly unlisted: ReadonlyMap<string, License>
  /** All users whom the provider lists. */
  readonly users: ReadonlyMap<string, LicensedUser>
  /** Users by the text of the intent. */
  readonly resolved: ReadonlyMap<string, ResolvedUser>
  /** Skip users whom the provider does not know, and plan the rest. */
  readonly skipUnknown: boolean
}

export interface WantedChanges {
  readonly changes: readonly PlannedChange[]
  readonly alreadySo: readonly PlannedChange[]
  /** Users whom the provider does not know, where they are skipped. */
  readonly skipped: readonly UnknownUser[]
  /** What is wrong with the intents. */
  readonly problems: readonly PlanFailure[]
}

type ExactIntent = Extract<Intent, { readonly action: 'exactly' }>

/** A failure with its source, also in its message. */
const placed = <A extends PlanFailure>(failure: A, source: string): A => ({
  ...failure,
  source,
  message: `${source}: ${failure.message}`,
})

const seatFailure = (
  _tag: 'UnlistedLicense' | 'Contradiction' | 'NothingToSwap',
  source: string,
  { userId, licenseId }: Pick<PlannedChange, 'userId' | 'licenseId'>,
  why: string,
): PlanFailure => placed({ _tag, userId, licenseId, message: why }, source)

/** Failures with the same message are given once. */
const onceEach = <A extends PlanFailure>(failures: readonly A[]): readonly A[] => [
  ...new Map(failures.map((failure) => [failure.message, failure])).values(),
]

type Step = readonly [Phase, PlannedChange['action']]
const REMOVAL: Step = ['removal', 'remove']
const ADDITION: Step = ['addition', 'assign']
const SWAP_REMOVAL: Step = ['swap', 'remove']
const SWAP_ADDITION: Step = ['swap', 'assign']

/** Where an intent comes from: the place that names its user, and the one that names its licenses, such as `--assign`. */
interface Place {
  readonly source: string
  readonly licenseSource: string
}

const sourceOfUser = (intent: Intent, index: number): string =>
  (intent.action === 'exactly' ? intent.userSources?.[index] : undefined) ?? intent.source

/** `index`: the place of the user in an intent of many. */
const placeOf = (intent: Intent, index?: number): Place => ({
  source: index === undefined ? intent.source : sourceOfUser(intent, index),
  licenseSource: intent.licenseSource ?? intent.source,
})

/** What a change has besides its seat. */
type MoreOfChange = Pick<PlannedChange, 'calling' | 'finding'>

/** The changes that are wanted, one for each seat, and what is wrong with them. */
interface WantedSeats {
  readonly holds: (user: LicensedUser, licenseId: string) => boolean
  /** Enters a change, or why it cannot be made. */
  readonly want: (place: Place, step: Step, user: LicensedUser, license: License, more?: MoreOfChange) => void
  readonly refuse: (failure: PlanFailure) => void
  /** `so`: there is nothing to change. */
  readonly all: () => readonly { readonly change: PlannedChange; readonly so: boolean }[]
  readonly problems: readonly PlanFailure[]
}

/** Why a change cannot be entered beside what is wanted of the same seat; undefined if it can. */
const contradictionOf = (
  before: PlannedChange | undefined,
  change: PlannedChange,
  { source, licenseSource }: Place,
): PlanFailure | undefined => {
  const { license, user } = change
  if (before !== undefined && before.action !== change.action) {
    return seatFailure('Contradiction', licenseSource, change, `${license} is both given to and taken from ${user}`)
  }
  if (callingsAgree(before?.calling, change.calling)) return undefined
  const why = `${license} is given to ${user} twice, with different calling properties`
  return seatFailure('Contradiction', source, change, why)
}

/** Two changes of one seat that agree, as one. One that the caller has asked for rests on no finding. */
const united = (
  before: PlannedChange | undefined,
  { calling: given, finding: found, ...change }: PlannedChange,
): PlannedChange => {
  const calling = callingOf({ ...before?.calling, ...given })
  const finding = before === undefined || found === undefined ? found : before.finding
  // A change that is part of a swap stays one when it is asked for again.
  const phase = before !== undefined && before.phase !== change.phase ? 'swap' : change.phase
  return {
    ...change,
    phase,
    ...(calling === undefined ? {} : { calling }),
    ...(finding === undefined ? {} : { finding }),
  }
}

const openWanted = ({ provider, unlisted }: Surroundings, { seatOf }: IntentNames): WantedSeats => {
  const problems: PlanFailure[] = []
  const wanted = new Map<string, { readonly change: PlannedChange; readonly so: boolean }>()
  const holdings = new Map<string, ReadonlySet<string>>()
  const holds = ({ id, licenseIds }: LicensedUser, licenseId: string): boolean => {
    const held = holdings.get(id) ?? new Set(licenseIds)
    holdings.set(id, held)
    return held.has(licenseId)
  }
  const enter = (place: Place, change: PlannedChange, isHeld: boolean): void => {
    if (change.action === 'assign' && unlisted.has(change.licenseId) && !isHeld) {
      const why = `is not among the licenses that ${provider} lists; it can only be removed`
      problems.push(seatFailure('UnlistedLicense', place.licenseSource, change, `${change.license} ${why}`))
      return
    }
    const key = keyOfSeat(change)
    const before = wanted.get(key)?.change
    const contradiction = contradictionOf(before, change, place)
    if (contradiction === undefined) {
      wanted.set(key, { change: united(before, change), so: isHeld === (change.action === 'assign') })
    } else problems.push(contradiction)
  }
  return {
    holds,
    want: (place, [phase, action], user, license, { calling: given, finding } = {}) => {
      const calling = callingOf(given)
      const change = {
        phase,
        action,
        ...seatOf(user, license),
        ...(calling === undefined ? {} : { calling }),
        ...(finding === undefined ? {} : { finding }),
      }
      enter(place, change, holds(user, license.id))
    },
    refuse: (failure) => problems.push(failure),
    all: () => [...wanted.values()],
    problems,
  }
}

/** Wants one license in place of another one, as far as the user does not hold them so already. */
const wantSwap = (
  { holds, want, refuse }: WantedSeats,
  { seatOf }: IntentNames,
  intent: Intent & { readonly action: 'swap' },
  user: LicensedUser,
  [from, to]: readonly [License, License],
): void => {
  const place = placeOf(intent)
  const { source, licenseSource } = place
  const [hasOld, hasNew] = [holds(user, from.id), holds(user, to.id)]
  if (from.id === to.id) {
    refuse(seatFailure('Contradiction', licenseSource, seatOf(user, from), `${from.name} cannot be swapped for itself`))
  } else if (!hasOld && !hasNew) {
    const why = `${nameOf(user)} does not hold ${from.name}, so there is nothing to swap`
    refuse(seatFailure('NothingToSwap', source, seatOf(user, from), why))
  } else if (hasOld && hasNew) {
    want(place, REMOVAL, user, from)
    want(place, ADDITION, user, to, { calling: intent.calling })
  } else {
    want(place, SWAP_REMOVAL, user, from)
    want(place, SWAP_ADDITION, user, to, { calling: intent.calling })
  }
}

/** Wants a license for these users and for no others. Each user has their place in the intent. */
const wantExactly = (
  { want }: WantedSeats,
  all: Iterable<LicensedUser>,
  intent: ExactIntent,
  license: License,
  holders: readonly (readonly [number, LicensedUser])[],
): void => {
  const kept = new Set(holders.map(([, { id }]) => id))
  if (intent.only !== 'remove') {
    for (const [index, user] of holders) {
      want(placeOf(intent, index), ADDITION, user, license, { calling: intent.userCallings?.[index] })
    }
  }
  if (intent.only === 'add') return
  for (const user of all) {
    if (user.licenseIds.includes(license.id) && !kept.has(user.id)) want(placeOf(intent), REMOVAL, user, license)
  }
}

/** What an intent names, as far as it is known. */
interface Meaning {
  readonly license: ReturnType<IntentNames['licenseOf']>
  /** The new license of a swap. */
  readonly to?: ReturnType<IntentNames['licenseOf']> | undefined
  readonly named: readonly ResolvedUser[]
}

const meaningOf = (intent: Intent, { licenseOf, userOf }: IntentNames): Meaning => ({
  license: licenseOf(intent.license),
  to: intent.action === 'swap' ? licenseOf(intent.to) : undefined,
  named: (intent.action === 'exactly' ? intent.users : [intent.user]).map(userOf),
})

/** What is wrong with the names in an intent, each with its source. */
const problemsIn = (intent: Intent, { license, to, named }: Meaning): readonly PlanFailure[] => [
  ...[license, ...(to === undefined ? [] : [to])].flatMap((found) =>
    E.isLeft(found) ? [placed(found.left, intent.licenseSource ?? intent.source)] : [],
  ),
  ...named.flatMap((found, index) => (E.isLeft(found) ? [placed(found.left, sourceOfUser(intent, index))] : [])),
]

const findingOf = ({ basis }: Intent & { readonly action: 'remove' }): MoreOfChange => {
  if (basis === undefined) return {}
  const { id, rule, message } = basis
  return { finding: { id, rule, message } }
}

/** Enters the changes of an intent in which no name is wrong but those of users who are skipped. */
const wantIntent = (
  seats: WantedSeats,
  names: IntentNames,
  users: Surroundings['users'],
  intent: Intent,
  { license, to, named }: Meaning,
): void => {
  if (E.isLeft(license)) return
  const meant = named.flatMap((user, index) => (E.isRight(user) ? [[index, user.right] as const] : []))
  const [, user] = meant[0] ?? []
  if (intent.action === 'exactly') wantExactly(seats, users.values(), intent, license.right, meant)
  else if (user === undefined) return
  else if (intent.action === 'assign')
    seats.want(placeOf(intent), ADDITION, user, license.right, { calling: intent.calling })
  else if (intent.action === 'remove') seats.want(placeOf(intent), REMOVAL, user, license.right, findingOf(intent))
  else if (to !== undefined && E.isRight(to)) wantSwap(seats, names, intent, user, [license.right, to.right])
}

/** Compares intents with what users hold, and collects what has to change. */
export const wantedChanges = (intents: readonly Intent[], surroundings: Surroundings): WantedChanges => {
  const names = openNames(surroundings)
  const seats = openWanted(surroundings, names)
  const skipped: UnknownUser[] = []
  for (const intent of intents) {
    const meaning = meaningOf(intent, names)
    const problems = problemsIn(intent, meaning)
    let isWrong = false
    for (const problem of problems) {
      if (surroundings.skipUnknown && problem._tag === 'UnknownUser') skipped.push(problem)
      else {
        seats.refuse(problem)
        isWrong = true
      }
    }
    if (!isWrong) wantIntent(seats, names, surroundings.users, intent, meaning)
  }
  const all = seats.all()
  const inOrder = phases.flatMap((phase) => all.filter(({ so, change }) => !so && change.phase === phase))
  return {
    changes: inOrder.map(({ change }) => change),
    alreadySo: all.filter(({ so }) => so).map(({ change }) => change),
    skipped: onceEach(skipped),
    problems: onceEach(seats.problems),
  }
}
