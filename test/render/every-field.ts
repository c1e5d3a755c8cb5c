import { known, type License, type LicensedUser, withDeclaredLicenses } from '../../src/index.ts'
import { seatPrice } from '../report/priced.ts'
import { organization } from '../report/reported-organization.ts'

/** Every member of a type, whether it may be absent or not: a test that lists them fails to compile when one is added. */
export type Every<A> = { readonly [K in keyof Required<A>]: Exclude<A[K], undefined> }

const contract = { source: 'contract', name: 'C-4711', at: '2026-11-01' } as const
const bill = {
  source: 'partner overview',
  name: 'P-9',
  at: '2026-11-19T08:00:00.000Z',
  period: { start: '2026-11-02', end: '2026-12-01', status: 'open' },
} as const
const committedPrices = [{ amount: '75.501', currency: 'CHF', validFrom: '2026-01-03', validTo: '2027-01-02' }] as const
const overagePrices = [{ amount: '99.99', currency: 'CHF', per: 'seat-month' }] as const
const term = { start: '2025-04-01', end: '2027-03-31', noticeDays: 90 } as const

export const suite: Every<Omit<License, 'provider' | 'raw' | 'boughtOnly'>> = {
  id: 'suite-id',
  name: 'Suite Name',
  productCode: 'SKU-SUITE',
  metric: 'concurrent',
  services: ['meetings', 'calling'],
  purchased: known(3_001),
  consumed: known(2_871),
  consumedByUsers: known(2_871),
  purchasedFrom: contract,
  consumedFrom: bill,
  committedPrices,
  overagePrices,
  term,
  purchases: [
    {
      sku: 'GC-170',
      name: 'Suite product',
      quantity: known(3_001),
      from: contract,
      committedPrices,
      overagePrices,
      term,
    },
    { sku: 'GC-171', name: 'Suite usage', billed: known(2_871), from: bill },
  ],
  overridden: [{ field: 'purchased', value: known(2_777), from: { source: 'file', name: 'seats.csv' } }],
  holders: 'users',
  omits: [],
  subscriptionId: 'subscription-7',
  siteUrl: 'site.example',
  includes: ['plus-id'],
  requires: ['base-id'],
  declaredAs: 'Suite Key',
}

const tokens: Omit<License, 'provider'> = {
  id: 'sku:tokens',
  name: 'Tokens Name',
  metric: 'unknown',
  purchased: known(5_005),
  consumed: known(0),
  includes: [],
  requires: [],
  boughtOnly: true,
  purchases: [{ sku: 'tokens', name: 'Tokens Name', quantity: known(5_005), from: contract }],
}

export const ada: Every<Omit<LicensedUser, 'provider' | 'raw'>> = {
  id: 'ada-id',
  kind: 'external',
  status: 'inactive',
  invitePending: true,
  licenseIds: ['suite-id'],
  pendingLicenseIds: ['plus-id'],
  displayName: 'Ada Name',
  email: 'ada@example.com',
  otherEmails: ['lovelace@example.com'],
  department: 'Engines',
  division: 'Difference',
  manager: 'Charles Manager',
  location: 'London Place',
  costCenter: 'CC-77',
  employeeNumber: 'E-0042',
  createdAt: '2023-04-05T06:07:08.000Z',
  hiredAt: '2022-03-04T00:00:00.000Z',
  lastActiveAt: '2026-11-18T07:30:00.000Z',
  neverActive: true,
  activity: [
    { at: '2024-02-03T04:05:06.000Z', source: 'dateLastLogin' },
    { at: '2026-11-18T07:30:00.000Z', source: 'lasttokenissued' },
  ],
  seats: [
    { licenseId: 'suite-id', assignedAt: '2025-05-06T07:08:09.000Z', assignedBy: 'role' },
    { licenseId: 'plus-id', firstSeenAt: '2026-10-09T08:07:06.000Z', assignedBy: 'template' },
  ],
}

/** The vendor's record was read, and has none of these. */
export const bob: Omit<LicensedUser, 'provider'> = {
  id: 'bob-id',
  kind: 'internal',
  status: 'active',
  licenseIds: ['suite-id'],
  pendingLicenseIds: [],
  department: null,
  division: null,
  manager: null,
  location: null,
  costCenter: null,
  employeeNumber: null,
}

const plus: Omit<License, 'provider'> = {
  id: 'plus-id',
  name: 'Plus Name',
  metric: 'named',
  purchased: known(9),
  consumed: known(3),
  includes: [],
  requires: [],
}

export const acme = withDeclaredLicenses(
  organization('acme', { licenses: [suite, plus, tokens], users: [ada, bob] }),
  new Map([
    ['suite-id', { prices: [seatPrice(123_456)] }],
    ['gone-id', { name: 'Gone Name' }],
  ]),
)
