import type { AcmeWorld } from './acme.ts'

export const ada = {
  id: 'u1',
  displayName: 'Ada',
  email: 'ada@example.com',
  department: 'R&D',
  licenseIds: ['basic', 'plus'],
}
export const bob = { id: 'u2', licenseIds: ['basic'], status: 'inactive', kind: 'external' } as const
/** Holds a license that is not among the definitions. */
export const cyd = {
  id: 'u3',
  licenseIds: ['ghost'],
  pendingLicenseIds: ['plus'],
  lastActiveAt: '2026-11-01T00:00:00.000Z',
}

/** Two pages of users. */
export const users = [{ items: [ada, bob] }, { items: [cyd] }]

export const licenses = [
  { id: 'basic', name: 'Basic', productCode: 'B1' },
  { id: 'plus', name: 'Plus' },
  { id: 'Plus', name: 'Another' },
]

export const worlds: Readonly<Record<string, AcmeWorld>> = { acme: { users, licenses } }

export const idsOf = (ndjson: string): readonly string[] =>
  ndjson
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line).id)
