import * as E from 'fp-ts/lib/Either.js'
import type { CallingProperties } from '../contract/assignment-change.ts'
import { closestNames, meaningOneOf } from '../model/did-you-mean.ts'
import type { License } from '../model/license.ts'
import type { LicensedUser } from '../model/licensed-user.ts'
import { distinctName, licenseMatcher, licenseNames } from '../model/match-licenses.ts'
import { callingOf, callingsAgree } from './calling.ts'
import type { Intent } from './intent.ts'
import { type Phase, type PlannedChange, phases } from './plan.ts'
import type { AmbiguousLicense, PlanFailure, UnknownLicense, UnknownUser } from './plan-failure.ts'
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

const nameOf = ({ email, displayName, id }: LicensedUser): string => email ?? displayName ?? id

/** Wrong names that get suggestions, at most: each is compared with every name. */
const MAX_SUGGESTED = 20

/** Suggests names for the first few wrong names. */
const createSuggester = (licenses: Iterable<License>): ((wanted: string) => readonly string[]) => {
  let names: readonly string[] | undefined
  let suggested = 0
  return (wanted) => {
    if (suggested === MAX_SUGGESTED) return []
    suggested++
    names ??= licenseNames(licenses)
    return closestNames(wanted, names)
  }
}

const findLicense = (
  matching: (wanted: string) => readonly License[],
  suggest: (wanted: string) => readonly string[],
  wanted: string,
  provider: string,
): E.Either<UnknownLicense | AmbiguousLicense, License> => {
  const matches = matching(wanted)
  const [only, another] = matches
  if (only === undefined) {
    const suggestions = suggest(wanted)
    const message = `${provider} has no license with the id, product code or name ${JSON.stringify(wanted)}`
    return E.left({
      _tag: 'UnknownLicense',
      provider,
      license: wanted,
      suggestions,
      message: `${message}${meaningOneOf(suggestions)}`,
    })
  }
  if (another === undefined) return E.right(only)
  const names = matches.map((license) => JSON.stringify(distinctName(license, matching))).join(' or ')
  return E.left({
    _tag: 'AmbiguousLicense',
    provider,
    license: wanted,
    candidates: matches.map(({ id, name }) => ({ id, name })),
    message: `${JSON.stringify(wanted)} may mean ${matches.length} licenses; give one of them: ${names}`,
  })
}

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

const REMOVAL = ['removal', 'remove'] as const
const ADDITION = ['addition', 'assign'] as const

/** Where an intent comes from: the place that names its user, and the one that names its licenses, such as `--assign`. */
interface Origin {
  readonly source: string
  readonly licenseSource: string
}

/** Compares intents with what users hold, and collects what has to change. */
export const wantedChanges = (intents: readonly Intent[], surroundings: Surroundings): WantedChanges => {
  const { users, resolved } = surroundings
  const problems: PlanFailure[] = []
  const skipped: UnknownUser[] = []
  const wanted = new Map<string, { readonly change: PlannedChange; readonly so: boolean }>()

  const found = new Map<string, ReturnType<typeof findLicense>>()
  const matching = licenseMatcher([...surroundings.licenses.values(), ...surroundings.unlisted.values()])
  const suggest = createSuggester(surroundings.licenses.values())
  const whichLicense = (text: string): ReturnType<typeof findLicense> => {
    const known = found.get(text) ?? findLicense(matching, suggest, text, surroundings.provider)
    found.set(text, known)
    return known
  }
  const { provider } = surroundings
  const userOf = (user: string): ResolvedUser =>
    resolved.get(user) ??
    E.left({ _tag: 'UnknownUser', provider, user, message: `${JSON.stringify(user)} was not looked up` })

  const labels = new Map<string, string>()
  /** The name of a license, with its place or id where two licenses have that name. */
  const labelOf = (license: License): string => {
    const label =
      labels.get(license.id) ?? (matching(license.name).length > 1 ? distinctName(license, matching) : license.name)
    labels.set(license.id, label)
    return label
  }
  const namesOf = (user: LicensedUser, license: License) => ({
    userId: user.id,
    user: nameOf(user),
    licenseId: license.id,
    license: labelOf(license),
  })
  const holdings = new Map<string, ReadonlySet<string>>()
  const holds = ({ id, licenseIds }: LicensedUser, licenseId: string): boolean => {
    const held = holdings.get(id) ?? new Set(licenseIds)
    holdings.set(id, held)
    return held.has(licenseId)
  }
  const enter = ({ source, licenseSource }: Origin, change: PlannedChange, user: LicensedUser): void => {
    const key = keyOfSeat(change)
    const before = wanted.get(key)?.change
    if (change.action === 'assign' && surroundings.unlisted.has(change.licenseId) && !holds(user, change.licenseId)) {
      const why = `is not among the licenses that ${provider} lists; it can only be removed`
      problems.push(seatFailure('UnlistedLicense', licenseSource, change, `${change.license} ${why}`))
      return
    }
    if (before !== undefined && before.action !== change.action) {
      const why = `${change.license} is both given to and taken from ${change.user}`
      problems.push(seatFailure('Contradiction', licenseSource, change, why))
    } else if (!callingsAgree(before?.calling, change.calling)) {
      const why = `${change.license} is given to ${change.user} twice, with different calling properties`
      problems.push(seatFailure('Contradiction', source, change, why))
    } else {
      const { calling: _, ...seat } = change
      const calling = callingOf({ ...before?.calling, ...change.calling })
      // A change that is part of a swap stays one when it is asked for again.
      const phase = before !== undefined && before.phase !== change.phase ? 'swap' : change.phase
      wanted.set(key, {
        change: { ...seat, phase, ...(calling === undefined ? {} : { calling }) },
        so: holds(user, change.licenseId) === (change.action === 'assign'),
      })
    }
  }

  const want = (
    origin: Origin,
    [phase, action]: readonly [Phase, PlannedChange['action']],
    user: LicensedUser,
    license: License,
    given?: CallingProperties,
  ): void => {
    const calling = callingOf(given)
    enter(origin, { phase, action, ...namesOf(user, license), ...(calling === undefined ? {} : { calling }) }, user)
  }
  const swap = (origin: Origin, user: LicensedUser, from: License, to: License, calling?: CallingProperties): void => {
    const hasOld = holds(user, from.id)
    const hasNew = holds(user, to.id)
    if (from.id === to.id) {
      problems.push(
        seatFailure(
          'Contradiction',
          origin.licenseSource,
          namesOf(user, from),
          `${from.name} cannot be swapped for itself`,
        ),
      )
    } else if (!hasOld && !hasNew) {
      const why = `${nameOf(user)} does not hold ${from.name}, so there is nothing to swap`
      problems.push(seatFailure('NothingToSwap', origin.source, namesOf(user, from), why))
    } else if (hasOld && hasNew) {
      want(origin, REMOVAL, user, from)
      want(origin, ADDITION, user, to, calling)
    } else {
      want(origin, ['swap', 'remove'], user, from)
      want(origin, ['swap', 'assign'], user, to, calling)
    }
  }

  const exactly = (
    { only, userCallings }: ExactIntent,
    originOf: (index?: number) => Origin,
    license: License,
    holders: readonly (readonly [number, LicensedUser])[],
  ): void => {
    const kept = new Set(holders.map(([, { id }]) => id))
    if (only !== 'remove') {
      for (const [index, user] of holders) {
        want(originOf(index), ADDITION, user, license, userCallings?.[index])
      }
    }
    if (only === 'add') return
    for (const user of users.values()) {
      if (user.licenseIds.includes(license.id) && !kept.has(user.id)) want(originOf(), REMOVAL, user, license)
    }
  }

  for (const intent of intents) {
    const { source, licenseSource = source } = intent
    const license = whichLicense(intent.license)
    const to = intent.action === 'swap' ? whichLicense(intent.to) : undefined
    const named = (intent.action === 'exactly' ? intent.users : [intent.user]).map(userOf)
    const meant = named.flatMap((user, index) => (E.isRight(user) ? [[index, user.right] as const] : []))
    const userSources = intent.action === 'exactly' ? intent.userSources : undefined
    const originOf = (index?: number): Origin => ({
      source: (index === undefined ? undefined : userSources?.[index]) ?? source,
      licenseSource,
    })
    const wrong = [
      ...[license, ...(to === undefined ? [] : [to])].flatMap((found) =>
        E.isLeft(found) ? [placed(found.left, licenseSource)] : [],
      ),
      ...named.flatMap((found, index) => {
        if (E.isRight(found)) return []
        const failure = placed(found.left, originOf(index).source)
        if (!surroundings.skipUnknown || failure._tag !== 'UnknownUser') return [failure]
        skipped.push(failure)
        return []
      }),
    ]
    for (const problem of wrong) problems.push(problem)
    const [, user] = meant[0] ?? []
    if (wrong.length > 0 || E.isLeft(license)) continue
    if (intent.action === 'exactly') exactly(intent, originOf, license.right, meant)
    else if (user === undefined) continue
    else if (intent.action === 'swap') {
      if (to !== undefined && E.isRight(to)) swap(originOf(), user, license.right, to.right, intent.calling)
    } else if (intent.action === 'assign') want(originOf(), ADDITION, user, license.right, intent.calling)
    else want(originOf(), REMOVAL, user, license.right)
  }

  const all = [...wanted.values()]
  const inOrder = phases.flatMap((phase) => all.filter(({ so, change }) => !so && change.phase === phase))
  return {
    changes: inOrder.map(({ change }) => change),
    alreadySo: all.filter(({ so }) => so).map(({ change }) => change),
    skipped: onceEach(skipped),
    problems: onceEach(problems),
  }
}
