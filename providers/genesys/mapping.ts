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

/** While it is being made. */
type Writable<A> = { -readonly [Member in keyof A]: A[Member] }

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

/** A user's record as it is kept. The sources of activity are the same for all users, so only their times are kept. */
export interface KeptEntry extends Omit<DirectoryEntry, 'activity' | 'lastActiveAt'> {
  /**
   * `dateLastLogin`: the last login with a user name and a password, in the words of the vendor's models. With single sign-on it
   * stands still.
   */
  readonly lastLoginAt?: string
  /** `lastTokenIssued`: of every sign-in. */
  readonly lastTokenAt?: string
}

/**
 * What the vendor sends only where it is asked for is absent where it did not come. Written member by member: there is one for
 * each user of an organization.
 */
export const keptEntryOf = (user: User): KeptEntry => {
  const { name, email, state, department, division, manager, employerInfo, locations } = user
  const entry: Writable<KeptEntry> = { status: STATUSES.get(state ?? '') ?? 'unknown' }
  if (name) entry.displayName = name
  if (email) entry.email = email
  entry.department = textOf(department)
  entry.division = nameOf(division)
  entry.manager = nameOf(manager)
  if (locations !== undefined) entry.location = locationOf(locations)
  if (employerInfo !== undefined) Object.assign(entry, employmentOf(employerInfo))
  const login = Values.toldMomentOf(user.dateLastLogin)
  const token = Values.toldMomentOf(memberOf(user.lastTokenIssued, 'dateIssued'))
  if (login !== undefined) entry.lastLoginAt = login
  if (token !== undefined) entry.lastTokenAt = token
  return entry
}

/** The record as it is told, with the activity of the user. */
export const entryOf = ({ lastLoginAt, lastTokenAt, ...entry }: KeptEntry): DirectoryEntry => {
  const activity: Writable<NonNullable<DirectoryEntry['activity']>> = []
  if (lastLoginAt !== undefined) activity.push({ at: lastLoginAt, source: 'dateLastLogin', covers: 'some' })
  if (lastTokenAt !== undefined) activity.push({ at: lastTokenAt, source: 'lastTokenIssued' })
  return Object.assign(entry, activityFields(activity))
}

/** The record of a user. */
export const directoryEntryOf = (user: User): DirectoryEntry => entryOf(keptEntryOf(user))

/** The ids of the licenses in a row, each once. */
const licenseIdsIn = ({ licenses }: UserLicenses): readonly string[] => {
  const ids = licenses.map(licenseIdOf)
  return ids.length > 1 ? [...new Set(ids)] : ids
}

const NOTHING_PENDING: readonly string[] = []

/** Only users of the organization can hold its licenses, so that every holder is internal. */
export const userOf = (provider: string, row: UserLicenses, person: DirectoryEntry | undefined): LicensedUser => {
  const account = { provider, id: userIdOf(row), kind: 'internal', status: 'unknown' } as const
  const holdings = { licenseIds: licenseIdsIn(row), pendingLicenseIds: NOTHING_PENDING }
  // Not one literal: V8 makes what a literal gives among what is old where its first hundred live for long, as users on pages that
  // were read ahead do, and then keeps all that these refer to until all memory is looked through.
  return Object.assign({}, account, person, holdings)
}
