import type { License } from '../model/license.ts'
import type { LicensedUser } from '../model/licensed-user.ts'
import type { PlannedChange, PlannedLicense, PlanWarning } from './plan.ts'
import type { WantedChanges } from './wanted-changes.ts'

const overCapacity = ({ id, name, available: { before, after } }: PlannedLicense): readonly PlanWarning[] => {
  if (after.kind !== 'known' || after.value >= 0) return []
  if (before.kind === 'known' && after.value >= before.value) return []
  return [
    {
      rule: 'over-capacity',
      message: `${name}: ${-after.value} more seats would be in use than were purchased`,
      licenseId: id,
    },
  ]
}

/** What each user holds after all changes. */
const heldAfter = (
  changes: readonly PlannedChange[],
  users: ReadonlyMap<string, LicensedUser>,
): ReadonlyMap<string, Set<string>> => {
  const held = new Map<string, Set<string>>()
  for (const { userId, licenseId, action } of changes) {
    const licenseIds = held.get(userId) ?? new Set(users.get(userId)?.licenseIds ?? [])
    if (action === 'assign') licenseIds.add(licenseId)
    else licenseIds.delete(licenseId)
    held.set(userId, licenseIds)
  }
  return held
}

/** For each license, the licenses of one user that require it, and those that include it. */
interface Relations {
  readonly held: ReadonlySet<string>
  readonly presupposing: ReadonlyMap<string, readonly string[]>
  readonly including: ReadonlyMap<string, readonly string[]>
}

const relationsOf = (held: ReadonlySet<string>, licenses: ReadonlyMap<string, License>): Relations => {
  const presupposing = new Map<string, string[]>()
  const including = new Map<string, string[]>()
  const enter = (map: Map<string, string[]>, others: readonly string[], id: string) => {
    for (const other of others) {
      const ids = map.get(other)
      if (ids === undefined) map.set(other, [id])
      else ids.push(id)
    }
  }
  for (const id of held) {
    const { requires = [], includes = [] } = licenses.get(id) ?? {}
    enter(presupposing, requires, id)
    enter(including, includes, id)
  }
  return { held, presupposing, including }
}

/** Warnings from what licenses require and include. */
const betweenLicenses = (
  { action, userId, user, licenseId, license }: PlannedChange,
  { held, presupposing, including }: Relations,
  licenses: ReadonlyMap<string, License>,
): readonly PlanWarning[] => {
  const nameOf = (id: string) => licenses.get(id)?.name ?? id
  const warning = (rule: string, message: string): PlanWarning => ({ rule, message, userId, licenseId })
  if (action === 'remove') {
    return (presupposing.get(licenseId) ?? []).map((id) =>
      warning('prerequisite-removed', `${user} keeps ${nameOf(id)}, which requires ${license}`),
    )
  }
  const missing = (licenses.get(licenseId)?.requires ?? []).filter((id) => !held.has(id))
  const containing = including.get(licenseId) ?? []
  return [
    ...missing.map((id) => warning('prerequisite-missing', `${user}: ${license} requires ${nameOf(id)}`)),
    ...containing.map((id) => warning('already-included', `${user}: ${nameOf(id)} includes ${license}`)),
  ]
}

/** A seat for a user who is inactive or deleted. */
const forInactiveUser = (
  { action, userId, user, licenseId, license }: PlannedChange,
  users: ReadonlyMap<string, LicensedUser>,
): readonly PlanWarning[] => {
  const status = users.get(userId)?.status
  if (action === 'remove' || (status !== 'inactive' && status !== 'deleted')) return []
  return [{ rule: 'inactive-user', message: `${user} is ${status} and is to get ${license}`, userId, licenseId }]
}

/** Calling properties are set when a license is assigned. Where the user holds it already, they stay as they are. */
const keptCalling = ({ action, calling, userId, user, licenseId, license }: PlannedChange): readonly PlanWarning[] => {
  if (action === 'remove' || calling === undefined) return []
  const message = `${user} holds ${license} already; its location, number and extension are not changed`
  return [{ rule: 'calling-properties-kept', message, userId, licenseId }]
}

/** The warnings that are the same for every vendor. */
export const warningsOf = (
  { changes, alreadySo }: Pick<WantedChanges, 'changes' | 'alreadySo'>,
  seats: readonly PlannedLicense[],
  licenses: ReadonlyMap<string, License>,
  users: ReadonlyMap<string, LicensedUser>,
): readonly PlanWarning[] => {
  const held = heldAfter(changes, users)
  const known = new Map<string, Relations>()
  const relations = (userId: string): Relations => {
    const found = known.get(userId) ?? relationsOf(held.get(userId) ?? new Set(), licenses)
    known.set(userId, found)
    return found
  }
  return [
    ...seats.flatMap(overCapacity),
    ...alreadySo.flatMap(keptCalling),
    ...changes.flatMap((change) => forInactiveUser(change, users)),
    ...changes.flatMap((change) => betweenLicenses(change, relations(change.userId), licenses)),
  ]
}
