import { gapLinesByLicense, type Ledger } from '../../model/ledger.ts'
import type { LicensedUser } from '../../model/licensed-user.ts'
import { LIST_NAMES } from '../../report/report-problems.ts'
import { allOf, counted } from '../../report/uncertainty.ts'
import type { DiffPerson, LicenseDiff, UndecidedHolder } from './snapshot-diff.ts'

/** The users of one provider in one snapshot, and how completely they were read. */
export interface ListedHolders {
  readonly ledger: Ledger
  /** By id. */
  readonly users: ReadonlyMap<string, LicensedUser>
  /** What no list names of the holders of a license, by license. */
  readonly omitted: ReadonlyMap<string, string>
}

const personOf = ({ id, displayName, email }: LicensedUser): DiffPerson => ({
  id,
  ...(displayName === undefined ? {} : { name: displayName }),
  ...(email === undefined ? {} : { email }),
})

/** Why a user who is not listed as a holder may be one. What both lists omit makes no difference between them. */
export const gapFinder = (
  { ledger, omitted: omittedOf }: ListedHolders,
  other: ListedHolders,
): ((licenseId: string) => string | undefined) => {
  const gapLines = gapLinesByLicense(ledger, LIST_NAMES.users)
  const omitted = ledger.omits.filter((omission) => !other.ledger.omits.includes(omission))
  return (licenseId) => {
    const ofLicense = omittedOf.get(licenseId)
    const isNew = ofLicense !== other.omitted.get(licenseId)
    return allOf([...gapLines(licenseId), ...omitted, isNew ? ofLicense : undefined])
  }
}

/** The users who hold a license in one list and not in the other, by license. */
const missingFrom = (other: ListedHolders, one: ListedHolders): ReadonlyMap<string, readonly DiffPerson[]> => {
  const missing = new Map<string, DiffPerson[]>()
  for (const user of one.users.values()) {
    const held = new Set(other.users.get(user.id)?.licenseIds)
    for (const licenseId of user.licenseIds) {
      if (held.has(licenseId)) continue
      const people = missing.get(licenseId)
      if (people === undefined) missing.set(licenseId, [personOf(user)])
      else people.push(personOf(user))
    }
  }
  return missing
}

const undecided = (
  people: readonly DiffPerson[],
  direction: UndecidedHolder['direction'],
  reason: string,
): readonly UndecidedHolder[] => people.map((person) => ({ ...person, direction, reason }))

/** The holders who came to each license and who left it. If a list has a gap, some are undecided. */
export const compareHolders = (
  before: ListedHolders,
  after: ListedHolders,
): ((licenseId: string) => LicenseDiff['holders']) => {
  const [joinedBy, leftBy] = [missingFrom(before, after), missingFrom(after, before)]
  const [gapOfBefore, gapOfAfter] = [gapFinder(before, after), gapFinder(after, before)]
  return (licenseId) => {
    const [joined, left] = [joinedBy.get(licenseId) ?? [], leftBy.get(licenseId) ?? []]
    const gapBefore = gapOfBefore(licenseId)
    const gapAfter = gapOfAfter(licenseId)
    const decidedIn = gapBefore === undefined ? joined : []
    const decidedOut = gapAfter === undefined ? left : []
    // A user in the gap of one of the lists may have come, or have left.
    const gap = allOf([gapBefore, gapAfter])
    return {
      came: counted(decidedIn.length, gap),
      left: counted(decidedOut.length, gap),
      in: decidedIn,
      out: decidedOut,
      undecided: [
        ...(gapBefore === undefined ? [] : undecided(joined, 'in', gapBefore)),
        ...(gapAfter === undefined ? [] : undecided(left, 'out', gapAfter)),
      ],
    }
  }
}
