import * as t from 'io-ts'
import { type License, type LicensedUser, Purchases, unknown, Values } from '../../src/provider-kit/index.ts'
import { type LicenseDefinition, licenseIdOf, type User, type UserLicenses, userIdOf } from './codecs.ts'
import { servicesOf } from './services.ts'

/** What the directory has of a user. */
export type DirectoryEntry = Pick<
  LicensedUser,
  | 'status'
  | 'displayName'
  | 'email'
  | 'department'
  | 'division'
  | 'manager'
  | 'location'
  | 'employeeNumber'
  | 'hiredAt'
  | 'lastActiveAt'
  | 'activity'
>

const NOT_PROVIDED = 'the Genesys Cloud License API does not provide it'

export interface LicenseMapping {
  /** Default: false. */
  readonly includeRaw?: boolean | undefined
  /** Why the numbers of seats are unknown, unless something else tells them. Default: the License API does not. */
  readonly reason?: string | undefined
}

export const licenseOf =
  (provider: string, { includeRaw = false, reason = NOT_PROVIDED }: LicenseMapping = {}) =>
  (definition: LicenseDefinition): License => ({
    provider,
    id: definition.id,
    // Definitions have no name; the description is the only text for people, and may be missing.
    name: definition.description?.trim() || definition.id,
    metric: 'unknown',
    ...servicesOf(definition.id),
    purchased: unknown(reason),
    consumed: unknown(reason),
    includes: (definition.comprises ?? []).map(({ id }) => id),
    requires: (definition.prerequisites ?? []).map(({ id }) => id),
    ...(includeRaw ? { raw: definition } : {}),
  })

const STATUSES: ReadonlyMap<string, LicensedUser['status']> = new Map([
  ['active', 'active'],
  ['inactive', 'inactive'],
  ['deleted', 'deleted'],
])

/** A text that is not empty; null where there is none. */
const textOf = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value : null)

const memberOf = (value: unknown, member: string): unknown => (t.UnknownRecord.is(value) ? value[member] : undefined)

/** The name of something, or its id where the vendor gives no more. */
const nameOf = (value: unknown): string | null =>
  textOf(value) ?? textOf(memberOf(value, 'name')) ?? textOf(memberOf(value, 'id'))

/** Of a user who has several locations, the first one that has a name. */
const locationOf = (locations: unknown): string | null => {
  if (!Array.isArray(locations)) return null
  for (const location of locations) {
    const name = textOf(memberOf(memberOf(location, 'locationDefinition'), 'name'))
    if (name !== null) return name
  }
  return null
}

/** With these times, and nothing where there are none. */
export const activityFields = (
  activity: NonNullable<DirectoryEntry['activity']>,
): Pick<DirectoryEntry, 'activity' | 'lastActiveAt'> => {
  const lastActiveAt = Purchases.lastActiveOf(activity)
  return lastActiveAt === undefined ? {} : { lastActiveAt, activity }
}

/**
 * `dateLastLogin` is the last login with a user name and a password, in the words of the vendor's models: with single sign-on
 * it stands still. `lastTokenIssued` is of every sign-in.
 */
const activityIn = ({ dateLastLogin, lastTokenIssued }: User): NonNullable<DirectoryEntry['activity']> => {
  const login = Values.toldMomentOf(dateLastLogin)
  const token = Values.toldMomentOf(memberOf(lastTokenIssued, 'dateIssued'))
  return [
    ...(login === undefined ? [] : [{ at: login, source: 'dateLastLogin', covers: 'some' as const }]),
    ...(token === undefined ? [] : [{ at: token, source: 'lastTokenIssued' }]),
  ]
}

/** A day without a time, as its first moment; in UTC, as the vendor names no zone. */
const dayOf = (value: unknown): string | undefined =>
  Values.toldMomentOf(typeof value === 'string' ? `${value}T00:00:00Z` : undefined)

/** What the record says of the employment: only where it was asked for. */
const employmentOf = (employerInfo: unknown): Pick<DirectoryEntry, 'employeeNumber' | 'hiredAt'> => {
  const dateHire = memberOf(employerInfo, 'dateHire')
  const hiredAt = Values.toldMomentOf(dateHire) ?? dayOf(dateHire)
  return {
    employeeNumber: textOf(memberOf(employerInfo, 'employeeId')),
    ...(hiredAt === undefined ? {} : { hiredAt }),
  }
}

/** The record of a user. What the vendor sends only where it is asked for is absent where it did not come. */
export const directoryEntryOf = (user: User): DirectoryEntry => {
  const { name, email, state, department, division, manager, employerInfo, locations } = user
  return {
    status: STATUSES.get(state ?? '') ?? 'unknown',
    ...(name ? { displayName: name } : {}),
    ...(email ? { email } : {}),
    department: textOf(department),
    division: nameOf(division),
    manager: nameOf(manager),
    ...(locations === undefined ? {} : { location: locationOf(locations) }),
    ...(employerInfo === undefined ? {} : employmentOf(employerInfo)),
    ...activityFields(activityIn(user)),
  }
}

/** Only users of the organization can hold its licenses, so that every holder is internal. */
export const userOf = (provider: string, row: UserLicenses, person: DirectoryEntry | undefined): LicensedUser => ({
  provider,
  id: userIdOf(row),
  kind: 'internal',
  status: 'unknown',
  ...person,
  licenseIds: [...new Set(row.licenses.map(licenseIdOf))],
  pendingLicenseIds: [],
})
