import * as E from 'fp-ts/lib/Either.js'
import type { CallingProperties } from '../contract/assignment-change.ts'
import { didYouMean } from '../model/did-you-mean.ts'
import type { License } from '../model/license.ts'
import type { LicensedUser } from '../model/licensed-user.ts'
import { distinctName, licenseMatcher, licenseNames } from '../model/match-licenses.ts'
import type { Intent } from './intent.ts'
import { type Phase, type PlannedChange, phases } from './plan.ts'
import type { ResolvedUser } from './resolve-users.ts'
import { keyOfSeat } from './seat.ts'

/** The users and licenses that intents are held against. */
export interface Surroundings {
  readonly provider: string
  readonly licenses: ReadonlyMap<string, License>
  /** Licenses that people hold and the provider does not list: they can be taken away, and not given. */
  readonly unlisted: ReadonlyMap<string, License>
  /** Everybody whom the provider lists. */
  readonly users: ReadonlyMap<string, LicensedUser>
  /** By the text that they were named with. */
  readonly resolved: ReadonlyMap<string, ResolvedUser>
}

export interface WantedChanges {
  readonly changes: readonly PlannedChange[]
  readonly alreadySo: readonly PlannedChange[]
  /** One line for each thing that is wrong with the intents. */
  readonly problems: readonly string[]
}

const nameOf = ({ email, displayName, id }: LicensedUser): string => email ?? displayName ?? id

const findLicense = (
  matching: (wanted: string) => readonly License[],
  wanted: string,
  { provider, licenses }: Surroundings,
): E.Either<string, License> => {
  const matches = matching(wanted)
  const [only, another] = matches
  if (only === undefined) {
    const meant = didYouMean(wanted, licenseNames(licenses.values()))
    return E.left(`${provider} has no license with the id, product code or name ${JSON.stringify(wanted)}${meant}`)
  }
  if (another === undefined) return E.right(only)
  const names = matches.map((license) => JSON.stringify(distinctName(license, matching))).join(' or ')
  return E.left(`${JSON.stringify(wanted)} may mean ${matches.length} licenses; give one of them: ${names}`)
}

/** Holds intents against what is so, and collects what has to change. */
export const wantedChanges = (intents: readonly Intent[], surroundings: Surroundings): WantedChanges => {
  const { users, resolved } = surroundings
  const problems: string[] = []
  const wanted = new Map<string, { readonly change: PlannedChange; readonly so: boolean }>()

  const found = new Map<string, E.Either<string, License>>()
  const matching = licenseMatcher([...surroundings.licenses.values(), ...surroundings.unlisted.values()])
  const whichLicense = (text: string): E.Either<string, License> => {
    const known = found.get(text) ?? findLicense(matching, text, surroundings)
    found.set(text, known)
    return known
  }
  const userOf = (text: string): E.Either<string, LicensedUser> =>
    resolved.get(text) ?? E.left(`${JSON.stringify(text)} was not looked up`)

  const labels = new Map<string, string>()
  /** Whoever confirms the plan must see which of two licenses of one name is meant. */
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
  const enter = (source: string, change: PlannedChange, user: LicensedUser): void => {
    const key = keyOfSeat(change)
    const before = wanted.get(key)?.change
    if (change.action === 'assign' && surroundings.unlisted.has(change.licenseId) && !holds(user, change.licenseId)) {
      problems.push(
        `${source}: ${change.license} is not among the licenses that ${surroundings.provider} lists, and can only be taken away`,
      )
      return
    }
    if (before === undefined) {
      wanted.set(key, { change, so: holds(user, change.licenseId) === (change.action === 'assign') })
    } else if (before.action === change.action && before.phase !== change.phase) {
      // What is a part of a swap stays one, however often it is asked for.
      wanted.set(key, {
        change: { ...change, phase: 'swap' },
        so: holds(user, change.licenseId) === (change.action === 'assign'),
      })
    } else if (before.action !== change.action) {
      problems.push(`${source}: ${change.license} is both given to and taken from ${change.user}`)
    } else if (JSON.stringify(before.calling) !== JSON.stringify(change.calling)) {
      problems.push(`${source}: ${change.license} is given to ${change.user} twice, with different calling properties`)
    }
  }

  const want = (
    source: string,
    phase: Phase,
    user: LicensedUser,
    license: License,
    calling?: CallingProperties,
  ): void => {
    const action = phase === 'removal' ? 'remove' : 'assign'
    enter(source, { phase, action, ...namesOf(user, license), ...(calling === undefined ? {} : { calling }) }, user)
  }
  const swap = (source: string, user: LicensedUser, from: License, to: License, calling?: CallingProperties): void => {
    const hasOld = holds(user, from.id)
    const hasNew = holds(user, to.id)
    if (from.id === to.id) {
      problems.push(`${source}: ${from.name} cannot be swapped for itself`)
    } else if (!hasOld && !hasNew) {
      problems.push(`${source}: ${nameOf(user)} does not hold ${from.name}, so there is nothing to swap`)
    } else if (hasOld && hasNew) {
      want(source, 'removal', user, from)
    } else {
      const both = [
        { phase: 'swap', action: 'remove', ...namesOf(user, from) },
        { phase: 'swap', action: 'assign', ...namesOf(user, to), ...(calling === undefined ? {} : { calling }) },
      ] as const
      for (const change of both) enter(source, change, user)
    }
  }

  const exactly = (source: string, license: License, holders: readonly LicensedUser[], only?: 'add' | 'remove') => {
    const kept = new Set(holders.map(({ id }) => id))
    if (only !== 'remove') for (const user of holders) want(source, 'addition', user, license)
    if (only === 'add') return
    for (const user of users.values()) {
      if (user.licenseIds.includes(license.id) && !kept.has(user.id)) want(source, 'removal', user, license)
    }
  }

  for (const intent of intents) {
    const { source, licenseSource = source } = intent
    const license = whichLicense(intent.license)
    const to = intent.action === 'swap' ? whichLicense(intent.to) : undefined
    const named = (intent.action === 'exactly' ? intent.users : [intent.user]).map(userOf)
    const meant = named.flatMap((user) => (E.isRight(user) ? [user.right] : []))
    const sourceOf = (index: number): string =>
      (intent.action === 'exactly' ? intent.userSources?.[index] : undefined) ?? source
    const wrong = [
      ...[license, ...(to === undefined ? [] : [to])].map((found) => ({ found, place: licenseSource })),
      ...named.map((found, index) => ({ found, place: sourceOf(index) })),
    ].flatMap(({ found, place }) => (E.isLeft(found) ? [`${place}: ${found.left}`] : []))
    for (const problem of wrong) problems.push(problem)
    const [user] = meant
    if (wrong.length > 0 || E.isLeft(license)) continue
    if (intent.action === 'exactly') exactly(source, license.right, meant, intent.only)
    else if (user === undefined) continue
    else if (intent.action === 'swap') {
      if (to !== undefined && E.isRight(to)) swap(source, user, license.right, to.right, intent.calling)
    } else if (intent.action === 'assign') want(source, 'addition', user, license.right, intent.calling)
    else want(source, 'removal', user, license.right)
  }

  const all = [...wanted.values()]
  const inOrder = phases.flatMap((phase) => all.filter(({ so, change }) => !so && change.phase === phase))
  return {
    changes: inOrder.map(({ change }) => change),
    alreadySo: all.filter(({ so }) => so).map(({ change }) => change),
    problems: [...new Set(problems)],
  }
}
