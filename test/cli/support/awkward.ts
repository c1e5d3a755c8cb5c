import { known, notApplicable, unknown, unlimited } from '../../../src/model/count.ts'
import { type AcmeWorld, failure } from './acme.ts'

const licenses = [
  { id: 'L|1', name: 'Pipe | and `code` <b>', productCode: 'A|1', purchased: known(1_234), consumed: known(7) },
  { id: '=1+1', name: '=HYPERLINK("http://evil","x")', purchased: unlimited, consumed: unknown('nobody counts', 3) },
  { id: 'zero', name: 'nothing, "bought"\nhere', purchased: known(0), consumed: known(0) },
  { id: 'over', name: '\u202eRTL שלום', purchased: known(1), consumed: known(2) },
  { id: 'twin-1', name: 'Twin', siteUrl: 'a.example', purchased: notApplicable, consumed: notApplicable },
  { id: 'twin-2', name: 'Twin', siteUrl: 'a.example', purchased: unknown('not told'), consumed: known(2) },
  {
    id: 'unused',
    name: '@mention #12 :smile: www.evil.example [a](b) ![c](d) *e* _f_ ~~g~~ $h$ &amp;',
    purchased: known(10),
    consumed: known(0),
  },
  { id: 'shared', name: "'Shared", metric: 'concurrent', purchased: known(3), consumed: known(2) },
  { id: 'packs', name: 'Packs _x0041_ \u0007', purchased: known(13), consumed: known(4) },
] as const

const people = [
  {
    id: 'u1',
    displayName: 'Ada, "the" | first',
    email: 'ADA@example.com',
    licenseIds: ['L|1', 'over', 'packs'],
    department: 'R&D',
  },
  { id: 'u2', displayName: '=cmd|calc', email: 'bob@example.com', licenseIds: ['over', '=1+1'], status: 'inactive' },
  { id: 'u3', displayName: '+15551234', licenseIds: ['L|1', 'ghost'], kind: 'external' },
  {
    id: 'u4',
    displayName: '\u202egnp',
    email: 'twin@example.com',
    licenseIds: ['twin-1', 'packs'],
    pendingLicenseIds: ['unused'],
  },
  {
    id: 'u5',
    displayName: 'Multi\nline',
    email: 'twin@example.com',
    licenseIds: ['twin-1', 'twin-2'],
    status: 'deleted',
  },
  { id: '00012', email: 'nobody@example.com', licenseIds: [], lastActiveAt: '2026-01-02T03:04:05.000Z' },
  { id: 'u7', displayName: '@everyone', licenseIds: ['shared', 'packs'], lastActiveAt: '2020-02-29T00:00:00.000Z' },
] as const

/** Everything that has ever gone wrong with a report, in three organizations: one whole, one partial, one that fails. */
export const awkwardWorlds: Readonly<Record<string, AcmeWorld>> = {
  alpha: { licenses, users: [{ items: people }] },
  beta: {
    licenses: [
      { id: 'pool', name: 'Pool', purchased: known(20), consumed: unknown('not told') },
      { id: 'whole', name: 'Whole', purchased: known(5), consumed: known(2) },
    ],
    users: [
      {
        items: [
          { id: 'b1', displayName: 'Ada', email: 'ada@EXAMPLE.com', licenseIds: ['pool', 'whole'] },
          { id: 'b2', displayName: 'Bob', email: 'bob@example.com', licenseIds: ['whole'] },
          { id: 'b3', displayName: 'Twin', email: 'twin@example.com', licenseIds: ['pool'] },
        ],
        gaps: [{ what: 'holders of | Pool', reason: 'it was <not> JSON', licenseId: 'pool' }],
      },
    ],
  },
  gone: { failure: failure('AuthenticationFailed', 'gone') },
}

const price = (amount: number, currency: string, more = {}) => ({
  price: { amount, currency, per: 'seat-month', ...more },
})

export const awkwardConfiguration = {
  providers: [
    {
      id: 'alpha',
      type: 'acme',
      token: 'sesame',
      licenses: {
        'L|1': price(1_099, 'EUR'),
        over: price(250, 'EUR'),
        packs: price(1_000, 'JPY', { per: 'pack-month', packSize: 3 }),
        unused: price(123_456_789, 'EUR'),
      },
    },
    { id: 'beta', type: 'acme', token: 'sesame', licenses: { pool: price(705, 'USD'), whole: price(10, 'EUR') } },
    { id: 'gone', type: 'acme', token: 'sesame' },
  ],
}

export const awkwardSuppressions = JSON.stringify([
  { rule: 'over-assigned', license: 'over', reason: 'renewed | next month', until: '2099-12-31' },
  { rule: 'inactive-holder', user: 'u5', reason: 'on leave' },
  { id: 'nothing-has-this-id', reason: 'none' },
])
