import { type License, type LicensedUser, unknown, Values } from '../../src/provider-kit/index.ts'
import { type LicenseDefinition, licenseIdOf, type User, type UserLicenses, userIdOf } from './codecs.ts'

/** What the directory has of a user. */
export interface DirectoryEntry {
  readonly displayName?: string
  readonly email?: string
  readonly department?: string
  readonly lastActiveAt?: string
  readonly status: LicensedUser['status']
}

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

export const directoryEntryOf = ({ name, email, state, department, dateLastLogin }: User): DirectoryEntry => {
  const lastActiveAt = Values.toldMomentOf(dateLastLogin)
  return {
    status: STATUSES.get(state ?? '') ?? 'unknown',
    ...(name ? { displayName: name } : {}),
    ...(email ? { email } : {}),
    ...(department ? { department } : {}),
    ...(lastActiveAt === undefined ? {} : { lastActiveAt }),
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
