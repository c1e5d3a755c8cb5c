import { addressesOf } from '../model/addresses.ts'
import { foldedReference, foldedText } from '../model/folded-text.ts'
import { groupedBy } from '../model/grouped-by.ts'
import type { License } from '../model/license.ts'
import type { LicensedUser } from '../model/licensed-user.ts'
import { licenseMatcher } from '../model/match-licenses.ts'
import { firstOf, moreOf } from '../model/some-of.ts'
import type { PlannedChange, PlanWarning } from './plan.ts'
import type { ProtectedSeatChange } from './plan-failure.ts'

/** A seat that no plan may assign or remove. */
export interface ProtectedSeat {
  /** An address of the user in any case, or their id. */
  readonly user: string
  /** The license's id, product code or name. Default: every license. */
  readonly license?: string | undefined
  /** The id of the provider. Default: every provider. */
  readonly provider?: string | undefined
  /** Why, for people who want to change it. */
  readonly reason: string
  /** Where it is written, for warnings: `vip.csv: line 3`. Default: warnings do not say. */
  readonly source?: string | undefined
}

/** What protected seats are compared with. */
interface Surroundings {
  readonly provider: string
  readonly licenses: ReadonlyMap<string, License>
  readonly users: ReadonlyMap<string, LicensedUser>
}

const ofProvider = (seats: readonly ProtectedSeat[], id: string): readonly ProtectedSeat[] =>
  seats.filter(({ provider = id }) => foldedText(provider) === id)

/** A failure for each change of a protected seat. */
export const protectedAmong = (
  changes: readonly PlannedChange[],
  seats: readonly ProtectedSeat[],
  { provider, licenses, users }: Surroundings,
): readonly ProtectedSeatChange[] => {
  const own = ofProvider(seats, provider)
  if (own.length === 0) return []
  const byUser = groupedBy(own, ({ user }) => foldedReference(user))
  const matching = licenseMatcher(licenses.values())
  /** A license that is not listed can be given by its id. */
  const isMeant = ({ license }: ProtectedSeat, id: string): boolean =>
    license === undefined || license === id || matching(license).some((one) => one.id === id)
  return changes.flatMap(({ userId, user, licenseId, license, action }): readonly ProtectedSeatChange[] => {
    const known = users.get(userId)
    const names = [userId, user, ...(known === undefined ? [] : addressesOf(known))].map(foldedReference)
    const seat = [...new Set(names)].flatMap((name) => byUser.get(name) ?? []).find((one) => isMeant(one, licenseId))
    if (seat === undefined) return []
    const what =
      action === 'assign' ? `${license} cannot be given to ${user}` : `${license} cannot be taken from ${user}`
    const where = seat.source === undefined ? '' : ` (${seat.source}); to change it all the same, delete that entry`
    const message = `${what}: the seat is protected: ${seat.reason}${where}`
    return [{ _tag: 'ProtectedSeatChange', userId, licenseId, reason: seat.reason, message }]
  })
}

/** Warnings of this kind, at most: one list may be for several providers, and have many entries for others. */
const MAX_TOLD = 20

/** The users and licenses of a provider, as far as they were read. */
interface Known {
  readonly provider: string
  /** Listed ones, and those that users hold. */
  readonly licenses: ReadonlyMap<string, License>
  /** Absent: not all listed users were read, so that it is unknown which of them exist. */
  readonly users?: ReadonlyMap<string, LicensedUser>
}

/**
 * Warnings of protected seats that protect nothing, as their license or user is mistyped, or belongs to another provider. A
 * user who is not listed may still exist, for example without a license.
 */
export const idleProtections = (
  seats: readonly ProtectedSeat[],
  { provider, licenses, users }: Known,
): readonly PlanWarning[] => {
  const own = ofProvider(seats, provider)
  if (own.length === 0) return []
  const matching = licenseMatcher(licenses.values())
  const people =
    users && new Set([...users.values()].flatMap((user) => [foldedReference(user.id), ...addressesOf(user)]))
  const warnings = own.flatMap(({ source, license, user }): readonly PlanWarning[] => {
    const place = source === undefined ? '' : `${source}: `
    const isLicense = license === undefined || licenses.has(license) || matching(license).length > 0
    const isUser = people?.has(foldedReference(user)) ?? true
    return [
      ...(isLicense
        ? []
        : [
            {
              rule: 'protection-without-effect',
              message: `${place}a protected seat names the license ${JSON.stringify(license)}, which ${provider} does not have`,
            },
          ]),
      ...(isUser
        ? []
        : [
            {
              rule: 'protected-user-not-listed',
              message: `${place}a protected seat names the user ${JSON.stringify(user)}, whom ${provider} does not list`,
            },
          ]),
    ]
  })
  const told = [...new Map(warnings.map((warning) => [warning.message, warning])).values()]
  const { shown, others } = firstOf(told, MAX_TOLD)
  if (others === 0) return told
  const message = `${moreOf(others, 'protected seat')} name users or licenses that ${provider} does not have`
  return [...shown, { rule: 'protection-without-effect', message }]
}
