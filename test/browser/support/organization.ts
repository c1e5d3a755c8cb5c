import { known, notApplicable, unknown, unlimited } from '../../../src/model/count.ts'
import type { Ledger } from '../../../src/model/ledger.ts'
import { createFinding } from '../../../src/report/findings/create-finding.ts'
import { findingGroups } from '../../../src/report/findings/finding-groups.ts'
import type { Finding, LicenseReport, LicenseRow, UserRow } from '../../../src/report/license-report.ts'

const ledger = (items: number): Ledger => ({
  pages: 1,
  items,
  repeated: 0,
  undecodable: 0,
  gaps: [],
  omits: [],
  verdict: 'complete',
})

const license = (provider: string, id: string, numbers: Partial<LicenseRow>): LicenseRow => ({
  provider,
  id,
  name: `License ${id}`,
  metric: 'named',
  purchased: known(0),
  consumed: notApplicable,
  assigned: known(0),
  available: known(0),
  utilization: notApplicable,
  ...numbers,
})

const licenses: readonly LicenseRow[] = [
  license('genesys', 'half', {
    name: 'Half in use',
    productCode: 'HALF',
    purchased: known(2_000),
    consumed: known(1_000),
    assigned: known(1_000),
    available: known(1_000),
    utilization: known(0.5),
    cost: { kind: 'known', amounts: [{ amount: 22_000_000, currency: 'EUR' }] },
  }),
  license('genesys', 'over', {
    name: 'Over-assigned',
    purchased: known(40),
    assigned: known(50),
    available: known(-10),
    utilization: known(1.25),
    cost: { kind: 'known', amounts: [{ amount: 40_000, currency: 'EUR' }] },
  }),
  license('genesys', 'untold', {
    name: 'Not told',
    purchased: unknown('the vendor does not tell'),
    assigned: unknown('page 3 is missing', 77),
    available: unknown('the vendor does not tell'),
    utilization: unknown('the vendor does not tell'),
    cost: { kind: 'unknown', reason: 'no price is configured' },
  }),
  license('webex', 'full', {
    name: 'All in use',
    purchased: known(300),
    consumed: known(300),
    assigned: known(299),
    available: known(0),
    utilization: known(1),
    discrepancy: { consumedByUsers: 300, assigned: 299, difference: 1 },
  }),
  license('webex', 'endless', {
    name: 'Without limit',
    purchased: unlimited,
    available: unlimited,
    assigned: known(9),
  }),
  license('webex', 'empty', {
    name: 'Not in use at all',
    purchased: known(25),
    available: known(25),
    utilization: known(0),
  }),
]

const FIRST = ['Ada', 'Björn', 'Chloé', 'Dmitri', 'Eve', 'Farid', 'Grace', 'Håkon', 'Ines', 'Joana']
const LAST = ['Ahmed', 'Bianchi', 'Cohen', 'Dubois', 'Eriksen', 'Fischer', 'García', 'Haddad', 'Ito', 'Jensen']
const DEPARTMENTS = ['Sales', 'Support', 'Research']
const GENESYS_LICENSES = ['half', 'over', 'untold']
const WEBEX_LICENSES = ['full', 'endless', 'empty']

const userOf = (index: number, provider: string, own: readonly string[]): UserRow => {
  const email = `person.${index}@example.com`
  return {
    provider,
    id: `${provider}-${index}`,
    person: email,
    link: index % 3 === 0 ? 'email' : 'none',
    kind: index % 50 === 0 ? 'external' : 'internal',
    status: index % 20 === 0 ? 'inactive' : 'active',
    displayName: `${FIRST[index % 10]} ${LAST[Math.floor(index / 10) % 10]} ${index}`,
    email,
    department: DEPARTMENTS[index % 3] ?? '',
    ...(provider === 'webex' ? {} : { lastActiveAt: new Date(Date.UTC(2026, 0, 1 + (index % 300))).toISOString() }),
    licenseIds: own.filter((_, place) => (index + place) % 4 !== 3),
    pendingLicenseIds: [],
    cost:
      index % 7 === 0
        ? { kind: 'unknown', reason: 'no price is configured' }
        : { kind: 'known', amounts: [{ amount: 11_000 + (index % 5) * 100, currency: 'EUR' }] },
  }
}

/** Every third person is in both providers. */
const usersOf = (people: number): readonly UserRow[] => {
  const users: UserRow[] = []
  for (let index = 0; index < people; index++) {
    if (index % 3 !== 2) users.push(userOf(index, 'genesys', GENESYS_LICENSES))
    if (index % 3 !== 1) users.push(userOf(index, 'webex', WEBEX_LICENSES))
  }
  return users
}

const finding = (id: number, parts: Partial<Finding>): Finding => ({
  rule: 'unassigned-seats',
  id: `f${id}`,
  message: `Half in use: finding ${id}`,
  provider: 'genesys',
  licenseId: 'half',
  evidence: { purchased: 2_000, inUse: 1_000 },
  seats: known(1_000),
  cost: { kind: 'known', amounts: [{ amount: 11_000_000, currency: 'EUR' }] },
  ...parts,
})

const findings: readonly Finding[] = [
  finding(1, {}),
  finding(2, { rule: 'over-assigned', licenseId: 'over', seats: known(10), cost: notApplicable }),
  ...Array.from({ length: 150 }, (_, index) =>
    finding(index + 3, {
      rule: 'several-providers',
      message: `Person ${index} has two calling seats: CX 3 in genesys and Suite in webex`,
      seats: known(2),
      cost: { kind: 'unknown', reason: 'no price is configured', atLeast: [{ amount: 11_000, currency: 'EUR' }] },
    }),
  ),
  finding(999, { accepted: { reason: 'kept for the summer', until: '2026-12-31' } }),
]

/** A report with every kind of number in it, on that many made-up people. */
export const organization = (people: number): LicenseReport => {
  const users = usersOf(people)
  const of = (provider: string) => users.filter((user) => user.provider === provider && user.licenseIds.length > 0)
  const [genesys, webex] = [of('genesys'), of('webex')]
  const inGenesys = new Set(genesys.map(({ person }) => person))
  const inWebex = new Set(webex.map(({ person }) => person))
  const both = [...inGenesys].filter((person) => inWebex.has(person)).length
  return {
    schemaVersion: 1,
    generatedAt: '2026-11-20T10:00:00.000Z',
    complete: true,
    providers: [
      {
        id: 'genesys',
        vendor: 'genesys',
        displayName: 'Genesys Cloud',
        status: 'complete',
        licensedUsers: known(genesys.length),
        ledgers: { licenses: ledger(3), assignments: ledger(genesys.length), directory: ledger(genesys.length) },
        cost: { kind: 'unknown', reason: 'no price is configured', atLeast: [{ amount: 22_040_000, currency: 'EUR' }] },
      },
      {
        id: 'webex',
        vendor: 'webex',
        displayName: 'Webex',
        status: 'complete',
        licensedUsers: known(webex.length),
        ledgers: { licenses: ledger(3), assignments: ledger(webex.length) },
        cost: { kind: 'unknown', reason: 'no price is configured' },
      },
    ],
    licenses,
    people: {
      total: known(new Set([...inGenesys, ...inWebex]).size),
      inSeveralProviders: known(both),
      withoutEmail: known(0),
      external: known(Math.ceil(people / 50)),
    },
    users,
    overlaps: [
      {
        providers: ['genesys', 'webex'],
        people: known(both),
        cost: { kind: 'known', amounts: [{ amount: 1_234_500, currency: 'EUR' }] },
      },
    ],
    ambiguousLinks: [],
    findings,
    abstentions: [
      { rule: 'dormant-holder', provider: 'webex', reason: 'the vendor does not tell when somebody was last active' },
    ],
    cost: {
      total: { kind: 'unknown', reason: 'no price is configured', atLeast: [{ amount: 22_040_000, currency: 'EUR' }] },
      departments: DEPARTMENTS.map((department, index) => ({
        department,
        cost: { kind: 'known', amounts: [{ amount: 500_000 * (index + 1), currency: 'EUR' }] },
      })),
      currencies: ['EUR'],
      unpriced: [{ provider: 'webex', id: 'full', name: 'All in use' }],
    },
  }
}

/** The same with that many licenses of its first provider. */
export const withLicenses = (report: LicenseReport, count: number): LicenseReport => ({
  ...report,
  licenses: report.licenses
    .slice(0, 1)
    .flatMap((row) =>
      Array.from({ length: count }, (_, index) => ({ ...row, id: `l${index}`, name: `Product ${index}` })),
    ),
})

const DAY_MS = 24 * 60 * 60 * 1_000

/** As long as the ids of a vendor, and as different. */
const longIdOf = (index: number): string => {
  const digits = [7, 8, 9, 10, 11].map((times) => ((index + 1) * 2_654_435_761 * times).toString(36).slice(0, 8))
  return `Y2lzY29zcGFyazovL3VzL1BFT1BMRS8${digits.join('')}${index.toString(36).padStart(8, '0')}`
}

/** The same in which that many people have been idle, each with findings about three seats and what vendors tell of people. */
export const withIdleHolders = (report: LicenseReport, holders: number): LicenseReport => {
  const users = (report.users ?? []).map((user, index) => {
    const at = new Date(
      Date.UTC(2026, 10, 20) - ((index % 400) + 90) * DAY_MS - ((index * 7_919) % DAY_MS),
    ).toISOString()
    return {
      ...user,
      id: longIdOf(index),
      lastActiveAt: at,
      activity: [{ source: 'lastActivity', at }],
      location: `Location ${index % 40}`,
      manager: longIdOf(index % 900),
      costCenter: `${1_000 + (index % 70)}`,
      employeeNumber: `${500_000 + index}`,
      hiredAt: new Date(Date.UTC(2020, 0, 1 + (index % 2_000))).toISOString(),
    }
  })
  const found = users.slice(0, holders).map((user) => {
    const { id: userId, provider, displayName = '', email = '', lastActiveAt } = user
    const own = report.licenses.filter((row) => row.provider === provider)
    const message = (held: string) => `${displayName} <${email}> has not been active for 123 days and holds ${held}`
    const findings = own.map(({ id: licenseId, name }) =>
      createFinding({
        rule: 'dormant-holder',
        message: message(name),
        provider,
        licenseId,
        userId,
        evidence: { lastActiveAt, days: 123, dormantAfterDays: 90, sources: `lastActivity ${lastActiveAt}` },
        seats: known(1),
        cost: { kind: 'known', amounts: [{ amount: 11_000, currency: 'EUR' }] },
        removals: [{ provider, userId, licenseId }],
      }),
    )
    const [first, ...others] = findings
    if (first === undefined) throw new Error(`${provider} has no licenses`)
    return { message: message(own.map(({ name }) => name).join(', ')), findings: [first, ...others] as const }
  })
  return { ...report, users, findings: found.flatMap(({ findings }) => findings), findingGroups: findingGroups(found) }
}
