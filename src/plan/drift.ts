import * as E from 'fp-ts/lib/Either.js'
import { groupedBy } from '../model/grouped-by.ts'
import type { LicensedUser } from '../model/licensed-user.ts'
import { momentOf } from '../model/moment.ts'
import { besidesByUser, hasArrived, type JournaledChange } from './journal.ts'
import type { ImplicitEffect } from './journal-entry.ts'
import type { Plan, PlannedChange, PlannedLicense } from './plan.ts'
import { isSo, type Present } from './present.ts'
import { lastActivityOf } from './supported.ts'
import { isStop } from './take-stock.ts'

/** The seats that changes take, less those that they free, by license. */
const seatsToTake = (changes: readonly PlannedChange[]): ReadonlyMap<string, number> => {
  const seats = new Map<string, number>()
  for (const { licenseId, action } of changes) {
    seats.set(licenseId, (seats.get(licenseId) ?? 0) + (action === 'assign' ? 1 : -1))
  }
  return seats
}

/** Seats of a license that others have taken since the plan was made; undefined where that is unknown. */
const takenByOthers = ({ id, holders }: PlannedLicense, present: Present, ours: number): number | undefined => {
  if (present.holders === undefined || holders.before.kind !== 'known') return undefined
  return (present.holders.get(id) ?? 0) - holders.before.value - ours
}

/** What a plan does to the seats of a license. */
interface PlannedSeats {
  /** Already taken. */
  readonly taken: number
  readonly toTake: number
}

/**
 * Why no more seats of a license may be taken; undefined where they may. A plan that exceeds the purchased seats on
 * purpose may.
 */
const licenseDrift = (
  planned: PlannedLicense,
  present: Present,
  { taken, toTake }: PlannedSeats,
): string | undefined => {
  const now = present.licenses.get(planned.id)
  if (now === undefined) return `${planned.name} is no longer defined`
  const { after } = planned.available
  if (after.kind !== 'known' || after.value < 0 || now.purchased.kind !== 'known') return undefined
  const boughtBefore = planned.purchased.kind === 'known' ? planned.purchased.value : now.purchased.value
  const left =
    now.consumed.kind === 'known'
      ? now.purchased.value - now.consumed.value - toTake
      : after.value + now.purchased.value - boughtBefore - (takenByOthers(planned, present, taken) ?? 0)
  return left < 0 ? `${planned.name} no longer has enough seats: ${-left} too few` : undefined
}

/** What of a user is not as the plan found it; undefined where nothing has changed. */
const userDrift = (
  before: Plan['users'][number],
  now: LicensedUser | undefined,
  planned: ReadonlySet<string>,
  nameOf: (licenseId: string) => string,
): string | undefined => {
  if (now === undefined) {
    // Some providers know a user only by their licenses: one who holds none is not known.
    return before.licenseIds.length === 0 ? undefined : 'the provider no longer knows the user'
  }
  if (now.status === 'deleted' && before.status !== 'deleted') return 'the user was deleted since'
  const [held, holds] = [new Set(before.licenseIds), new Set(now.licenseIds)]
  const gained = now.licenseIds.filter((id) => !held.has(id) && !planned.has(id))
  const lost = before.licenseIds.filter((id) => !holds.has(id) && !planned.has(id))
  const facts = [...gained.map((id) => `holds ${nameOf(id)} now`), ...lost.map((id) => `no longer holds ${nameOf(id)}`)]
  return facts.length === 0 ? undefined : `the user ${facts.join(', ')}`
}

/** Why what a finding rests on is no longer so; undefined where nothing says so. What cannot be read now says nothing. */
const findingDrift = (
  before: Plan['users'][number],
  now: LicensedUser | undefined,
  rules: readonly string[],
): string | undefined => {
  if (now === undefined) return undefined
  const isTold = now.status !== 'unknown' && before.status !== 'unknown'
  if (isTold && now.status !== before.status) return `the user is ${now.status} now`
  const last = lastActivityOf(now)
  const isNewer =
    last !== undefined &&
    (momentOf(last) ?? 0) > (before.lastActiveAt === undefined ? 0 : (momentOf(before.lastActiveAt) ?? 0))
  // Where the vendor says that a user has been active, it may not say when.
  const isActive = isNewer || (now.neverActive === false && rules.includes('never-active'))
  return isActive ? 'the user has been active since' : undefined
}

/** Whether a change was made for this plan, or may have been, by the journal. */
const isOurs = (journaled: Partial<JournaledChange> = {}): boolean =>
  journaled.result === 'applied' || hasArrived(journaled)

/** A change of the plan, and whether it is so now. */
interface Half {
  readonly place: number
  readonly change: PlannedChange
  readonly so: boolean | undefined
}

/**
 * The old seats of swaps that the user had when the plan was made and has lost since without a new one. What is left of the
 * swap would give the user a seat for nothing, so that a plan would not be made for it either. A swap that another run has
 * made whole is already so, and what this plan may have done itself is no loss.
 */
const lostOldSeats = (
  before: Plan['users'][number],
  halves: readonly Half[],
  journaled: ReadonlyMap<number, JournaledChange>,
): readonly string[] => {
  const swaps = halves.filter(({ change }) => change.phase === 'swap')
  if (swaps.some(({ place }) => isOurs(journaled.get(place)))) return []
  const given = swaps.filter(({ change }) => change.action === 'assign')
  const gone = swaps.filter(
    ({ change, so }) => change.action === 'remove' && so === true && before.licenseIds.includes(change.licenseId),
  )
  const made = given.filter(({ so }) => so === true)
  return made.length === given.length || gone.length <= made.length ? [] : gone.map(({ change }) => change.licenseId)
}

/**
 * Why changes must not be made any more, by their place in the plan: users or licenses are not as the plan found them.
 * What this plan has changed of a user already is no drift, nor is what the vendor gave or took implicitly. A user who
 * could not be read because the caller stopped has not drifted. `unlisted`: places of changes that no list shows; a user of
 * whom the plan changes nothing else may be in no list either.
 */
export const driftOf = (
  plan: Plan,
  journaled: ReadonlyMap<number, JournaledChange>,
  present: Present,
  besides: readonly ImplicitEffect[],
  unlisted: ReadonlySet<number>,
): ReadonlyMap<number, string> => {
  const drifted = new Map<number, string>()
  const implicit = besidesByUser(besides)
  const before = new Map(plan.users.map((user) => [user.id, user]))
  const remaining = plan.changes.filter((change) => isSo(present, change) === false)
  const toTake = seatsToTake(remaining)
  const taken = seatsToTake(plan.changes.filter((change) => isSo(present, change) === true))
  const licenses = new Map(
    plan.licenses.map((license) => {
      const seats = { taken: taken.get(license.id) ?? 0, toTake: toTake.get(license.id) ?? 0 }
      return [license.id, licenseDrift(license, present, seats)]
    }),
  )

  const reasonFor = (place: number, change: PlannedChange): string | undefined => {
    const so = isSo(present, change)
    if (journaled.get(place)?.result === 'applied') {
      return so === false ? 'it was made before and has been taken back since' : undefined
    }
    return so === false && change.action === 'assign' ? licenses.get(change.licenseId) : undefined
  }

  const nameOf = (id: string) => present.licenses.get(id)?.name ?? id
  const byUser = groupedBy(plan.changes.keys(), (place) => plan.changes[place]?.userId ?? '')
  for (const [userId, places] of byUser) {
    const now = present.users.get(userId)
    if (now !== undefined && E.isLeft(now) && isStop(now.left)) continue
    const was = before.get(userId)
    const touched = places.some((place) => (journaled.get(place)?.sent ?? 0) > 0)
    const changes = places.flatMap((place) => plan.changes[place] ?? [])
    const rules = changes.flatMap(({ finding }) => (finding === undefined ? [] : [finding.rule]))
    const lostSeats =
      was === undefined
        ? []
        : lostOldSeats(
            was,
            places.flatMap((place) => {
              const change = plan.changes[place]
              return change === undefined ? [] : [{ place, change, so: isSo(present, change) }]
            }),
            journaled,
          )
    const ours = implicit.get(userId) ?? []
    const unread =
      now === undefined || E.isLeft(now) ? `could not be read: ${now?.left.message ?? 'not asked for'}` : undefined
    const isUnlisted = now !== undefined && E.isRight(now) && now.right === undefined
    const ofUser =
      unread ??
      (touched ||
      (isUnlisted && places.every((place) => unlisted.has(place))) ||
      was === undefined ||
      now === undefined ||
      E.isLeft(now)
        ? undefined
        : (userDrift(was, now.right, new Set([...changes.map(({ licenseId }) => licenseId), ...ours]), nameOf) ??
          (rules.length > 0 ? findingDrift(was, now.right, rules) : undefined)))
    // The halves of a swap belong together.
    const ofSwap = [
      ...lostSeats.map((id) => `the user holds ${nameOf(id)} no more, so that there is nothing to swap`),
      ...places.map((place) =>
        plan.changes[place]?.phase === 'swap' ? reasonFor(place, plan.changes[place]) : undefined,
      ),
    ].find((reason) => reason !== undefined)
    for (const place of places) {
      const change = plan.changes[place]
      if (change === undefined) continue
      const reason = ofUser ?? (change.phase === 'swap' ? ofSwap : reasonFor(place, change))
      if (reason !== undefined) drifted.set(place, reason)
    }
  }
  return drifted
}
