import type { License, LicensedUser, LicenseError } from '../../src/index.ts'
import { known } from '../../src/index.ts'
import { createInMemoryProvider, type InMemoryOptions } from '../../src/testing/index.ts'

export const license = (id: string, more: Partial<License> = {}): Omit<License, 'provider'> => ({
  id,
  name: `Name of ${id}`,
  metric: 'named',
  purchased: known(10),
  consumed: known(0),
  includes: [],
  requires: [],
  ...more,
})

export const user = (
  id: string,
  licenseIds: readonly string[],
  more: Partial<LicensedUser> = {},
): Omit<LicensedUser, 'provider'> => ({
  id,
  kind: 'internal',
  status: 'active',
  licenseIds,
  pendingLicenseIds: [],
  email: `${id}@example.com`,
  ...more,
})

/** A user without an address. */
export const nameless = (id: string, licenseIds: readonly string[]): Omit<LicensedUser, 'provider'> => {
  const { email: _, ...rest } = user(id, licenseIds)
  return { ...rest, status: 'unknown' }
}

export const organization = (id: string, options: Partial<InMemoryOptions> = {}) =>
  createInMemoryProvider({ id, displayName: `Display name of ${id}`, licenses: [], users: [], ...options })

export const failure = (provider: string, operation = 'GET /seats'): LicenseError => ({
  _tag: 'PermissionDenied',
  provider,
  operation,
  message: 'the credentials may not do this',
  missing: ['seats:read'],
})
