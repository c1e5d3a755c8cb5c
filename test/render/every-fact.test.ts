import { beforeAll, describe, expect, it } from 'vitest'
import {
  type Finding,
  type FindingGroup,
  known,
  type LicenseReport,
  type LicenseRow,
  personMapping,
  type Saving,
  type Savings,
  type UserRow,
} from '../../src/index.ts'
import {
  bytesOf,
  createLicenseWriter,
  createUserWriter,
  type LicenseFormat,
  type ReportFormat,
  type ReportLayout,
  renderReport,
  type UserFormat,
} from '../../src/render/index.ts'
import { readWorkbook } from '../cli/support/read-workbook.ts'
import { reportOn } from '../report/priced.ts'
import { snapshotOf } from '../snapshot/in-memory-folder.ts'
import { wholeTextOf } from '../support/page-data.ts'
import { acme, ada, bob, type Every, suite } from './every-field.ts'

const LICENSE_PLACES = [
  'csv',
  'xlsx',
  'table',
  'md',
  'html',
  'licenses csv',
  'licenses table',
  'licenses ndjson',
  'purchase csv',
  'purchase table',
] as const
type LicensePlace = (typeof LICENSE_PLACES)[number]

const USER_PLACES = [
  'user csv',
  'user xlsx',
  'user table',
  'user md',
  'html',
  'assignment csv',
  'assignment xlsx',
  'assignment table',
  'users csv',
  'users table',
  'users ndjson',
] as const
type UserPlace = (typeof USER_PLACES)[number]

/** What is seen of a fact; places that have it in other words; and those that do not have it, and why. */
interface Shown<Place extends string> {
  readonly texts: readonly string[]
  readonly in?: Partial<Readonly<Record<Place, readonly string[]>>>
  readonly not?: Partial<Readonly<Record<Place, string>>>
  /** Its words also stand for something else, so that it cannot be said that they are not there. */
  readonly elsewhere?: true
}

const expectShown = <Place extends string>(seen: string, place: Place, shown: Shown<Place>) => {
  const { texts, in: others, not, elsewhere } = shown
  if (not?.[place] === undefined) for (const text of others?.[place] ?? texts) expect(seen).toContain(text)
  // An exception that is none any more is to be taken out of the list.
  else if (!elsewhere) expect(texts.filter((text) => !seen.includes(text))).not.toEqual([])
}

const WIDTH = 'people see what they decide by; the formats for programs have it'
const NO_DETAIL = 'the list of licenses has no holders'
const OF_PRODUCTS = 'rows of products say what was bought, and the license that it is of'
const OF_LIST = 'what was declared of licenses is not listed'
const OF_SEATS = 'the rows of seats say which of them are of workspaces'
const WITHOUT_REPORT = 'a list of users is no report: it links nothing, and costs nothing'

const products = { 'purchase csv': OF_PRODUCTS, 'purchase table': OF_PRODUCTS } as const
const lists = { 'licenses csv': NO_DETAIL, 'licenses table': NO_DETAIL, 'licenses ndjson': NO_DETAIL } as const
const people = { table: WIDTH, md: WIDTH, html: WIDTH, 'licenses table': WIDTH } as const

const LICENSE_FACTS: Every<{ readonly [K in keyof LicenseRow]: Shown<LicensePlace> }> = {
  provider: { texts: ['acme'] },
  id: {
    texts: ['suite-id'],
    not: { table: WIDTH, md: WIDTH, 'licenses table': WIDTH, 'purchase table': WIDTH },
  },
  name: { texts: ['Suite Name'] },
  productCode: { texts: ['SKU-SUITE'], not: products },
  metric: { elsewhere: true, texts: ['concurrent'], not: { table: WIDTH, md: WIDTH, ...products } },
  services: {
    texts: ['meetings calling'],
    in: { 'licenses ndjson': ['"services":["meetings","calling"]'] },
    not: { ...people, ...products },
  },
  purchased: { texts: ['3001'], in: seenByPeople('3,001') },
  consumed: { texts: ['2871'], in: seenByPeople('2,871') },
  assigned: { texts: ['4044'], in: seenByPeople('4,044'), not: { ...lists, ...products } },
  assignedUsers: {
    texts: ['4043'],
    not: { csv: OF_SEATS, xlsx: OF_SEATS, ...people, ...lists, ...products },
  },
  available: { texts: ['130'], not: { ...lists, ...products } },
  utilization: {
    texts: ['0.9566'],
    in: { table: ['96%'], md: ['96%'], html: ['96%'] },
    not: { ...lists, ...products },
  },
  discrepancy: {
    texts: ['1313'],
    in: {
      table: ["the vendor's count of users differs"],
      md: ["the vendor's count of users differs"],
      html: ["the vendor's count of users differs"],
    },
    not: { ...lists, ...products },
  },
  cost: {
    texts: ['3704914.56'],
    in: { table: ['3,704,914.56'], md: ['3,704,914.56'], html: ['3,704,914.56'] },
    not: { ...lists, ...products },
  },
  declaredOnly: {
    texts: ['it has overrides, but the vendor does not list it'],
    in: {
      table: ['the license gone-id has overrides in the configuration, but the vendor does not list it'],
      md: ['the license gone-id has overrides in the configuration, but the vendor does not list it'],
      html: ['the license gone-id has overrides in the configuration, but the vendor does not list it'],
    },
    not: {
      'licenses csv': OF_LIST,
      'licenses table': OF_LIST,
      'licenses ndjson': OF_LIST,
      ...products,
    },
  },
  declaredAs: {
    texts: ['Suite Key'],
    not: {
      csv: 'it is a key of the configuration, which JSON keeps for programs',
      xlsx: 'as CSV',
      'licenses csv': 'as CSV',
      ...people,
      ...products,
    },
  },
  limits: {
    texts: ['91.75'],
    in: {
      table: ['above the limit of 91.75 %'],
      md: ['above the limit of 91.75 %'],
      html: ['above the limit of 91.75 %'],
    },
    not: { ...lists, ...products },
  },
  subscriptionId: { texts: ['subscription-7'], not: { ...people, ...products } },
  siteUrl: {
    texts: ['site.example'],
    not: { table: WIDTH, md: WIDTH, html: WIDTH, ...products },
  },
  purchasedFrom: {
    texts: ['contract', 'C-4711', '2026-11-01'],
    in: forPeople('from contract C-4711, as of 2026-11-01'),
  },
  consumedFrom: {
    texts: ['partner overview', 'P-9', '2026-11-19T08:00:00.000Z', '2026-11-02', '2026-12-01', 'open'],
    in: {
      ...forPeople(
        'from partner overview P-9, as of 2026-11-19, for the billing period 2026-11-02 to 2026-12-01, which is still open: provisional',
      ),
      'purchase table': ['partner overview P-9', '2026-11-02 to 2026-12-01, which is still open: provisional'],
    },
  },
  committedPrices: {
    texts: ['CHF 75.501 from 2026-01-03 to 2027-01-02 per unit of the contract, not certain to be per month'],
    in: {
      md: ['CHF 75.501', 'per unit of the contract, not certain to be per month', 'from 2026-01-03 to 2027-01-02'],
      html: ['CHF 75.501', 'per unit of the contract, not certain to be per month', 'from 2026-01-03 to 2027-01-02'],
      'purchase table': ['CHF 75.501', 'not certain to be per month', 'from 2026-01-03 to 2027-01-02'],
      'licenses ndjson': ['75.501', '2026-01-03', '2027-01-02'],
    },
    not: { table: 'report --by purchase has a table of prices', 'licenses table': 'as the table of a report' },
  },
  overagePrices: {
    texts: ['CHF 99.99 per seat and month'],
    in: {
      md: ['CHF 99.99', 'per seat and month'],
      html: ['CHF 99.99', 'per seat and month'],
      'purchase table': ['CHF 99.99', 'per seat and month'],
      'licenses ndjson': ['99.99', 'seat-month'],
    },
    not: { table: 'report --by purchase has a table of prices', 'licenses table': 'as the table of a report' },
  },
  term: {
    texts: ['2025-04-01', '2027-03-31', '90', '2026-12-31'],
    in: {
      ...forPeople('2025-04-01 to 2027-03-31; cancel the renewal by 2026-12-31'),
      'licenses ndjson': ['2025-04-01', '2027-03-31', '90'],
    },
  },
  purchases: {
    texts: ['GC-170', 'Suite product', 'GC-171', 'Suite usage'],
    not: {
      csv: 'a product is no license: report --by purchase has a row for each',
      table: 'as CSV',
      'licenses csv': 'as CSV of a report',
      'licenses table': 'as CSV of a report',
    },
  },
  boughtOnly: {
    texts: ['bought, mapped to no license'],
    in: {
      'licenses ndjson': ['"boughtOnly":true'],
      // Its row has no license.
      'purchase csv': ['acme,,,tokens,Tokens Name,5005'],
      'purchase table': ['acme                  tokens'],
    },
  },
  overridden: {
    texts: ['purchased 2,777: file seats.csv'],
    in: {
      table: ['purchased of Suite Name: contract C-4711 says 3,001, file seats.csv says 2,777'],
      md: ['purchased of Suite Name', 'contract C-4711 says 3,001, file seats.csv says 2,777'],
      html: ['purchased of Suite Name: contract C-4711 says 3,001, file seats.csv says 2,777'],
      'licenses ndjson': ['2777', 'seats.csv'],
    },
    not: { 'licenses table': 'a list has no data quality; a report has', ...products },
  },
}

const noReport = { 'users csv': WITHOUT_REPORT, 'users table': WITHOUT_REPORT, 'users ndjson': WITHOUT_REPORT } as const
const narrow = { 'user table': WIDTH, 'user md': WIDTH, 'assignment table': WIDTH, 'users table': WIDTH } as const

const field = (text: string): Shown<UserPlace> => ({ texts: [text], not: narrow })

const USER_FACTS: Every<{ readonly [K in keyof UserRow]: Shown<UserPlace> }> = {
  provider: { texts: ['acme'], in: { html: ['Display name of acme'] } },
  id: { texts: ['ada-id'], not: narrow },
  person: {
    texts: ['Person A'],
    not: {
      'user csv': 'a row is a person',
      'user xlsx': 'a row is a person',
      ...narrow,
      ...noReport,
      html: 'a row is a person',
    },
  },
  link: {
    elsewhere: true,
    texts: ['mapping'],
    in: { 'user table': ['people file'], 'user md': ['people file'] },
    not: {
      html: 'a person is one row, whatever links the accounts',
      'assignment csv': 'rows of people have it, which the person leads to',
      'assignment xlsx': 'as CSV',
      'assignment table': 'as CSV',
      ...noReport,
    },
  },
  kind: {
    elsewhere: true,
    texts: ['external'],
    not: { 'user table': WIDTH, 'user md': WIDTH, 'assignment table': WIDTH },
  },
  status: { texts: ['inactive'] },
  invitePending: {
    texts: ['pending'],
    in: {
      'user table': ['inactive (invited)'],
      'user md': ['inactive (invited)'],
      'assignment table': ['inactive (invited)'],
      'users table': ['inactive (invited)'],
      html: ['invitation: pending'],
      'users ndjson': ['"invitePending":true'],
    },
  },
  displayName: { texts: ['Ada Name'] },
  email: { texts: ['ada@example.com'] },
  otherEmails: {
    texts: ['lovelace@example.com'],
    not: { 'user csv': WIDTH, 'user xlsx': WIDTH, 'assignment csv': WIDTH, 'assignment xlsx': WIDTH, ...narrow },
  },
  department: { texts: ['Engines'], not: { 'users table': WIDTH } },
  division: field('Difference'),
  manager: field('Charles Manager'),
  location: field('London Place'),
  costCenter: field('CC-77'),
  employeeNumber: field('E-0042'),
  createdAt: { ...field('2023-04-05T06:07:08.000Z'), in: { html: ['created: 2023-04-05'] } },
  hiredAt: { ...field('2022-03-04T00:00:00.000Z'), in: { html: ['hired: 2022-03-04'] } },
  lastActiveAt: {
    texts: ['2026-11-18T07:30:00.000Z'],
    in: {
      'user table': ['2026-11-18 07:30 UTC'],
      'user md': ['2026-11-18 07:30 UTC'],
      'assignment table': ['2026-11-18 07:30 UTC'],
      'user xlsx': ['46344.3125'],
      'assignment xlsx': ['46344.3125'],
      // The script writes it, in the reader's zone.
      html: [String(Date.parse('2026-11-18T07:30:00.000Z'))],
    },
    not: { 'users table': WIDTH },
  },
  neverActive: {
    elsewhere: true,
    texts: [',true'],
    in: {
      'user xlsx': ['true'],
      'assignment xlsx': ['true'],
      html: ['never active'],
      'users ndjson': ['"neverActive":true'],
    },
    not: narrow,
  },
  activity: {
    texts: ['2024-02-03T04:05:06.000Z dateLastLogin', '2026-11-18T07:30:00.000Z lasttokenissued'],
    in: {
      html: ['never active · dateLastLogin 2024-02-03 · lasttokenissued 2026-11-18'],
      'users ndjson': ['2024-02-03T04:05:06.000Z', 'dateLastLogin', 'lasttokenissued'],
    },
    not: narrow,
  },
  seats: {
    texts: ['2025-05-06T07:08:09.000Z', 'role', '2026-10-09T08:07:06.000Z', 'template'],
    in: {
      'assignment table': ['2025-05-06', '≤ 2026-10-09'],
      'assignment xlsx': ['45783', '46304', 'role', 'template'],
    },
    not: {
      'user csv': 'a row is a person; report --by assignment has one for each seat',
      'user xlsx': 'a row is a person',
      'user table': 'a row is a person',
      'user md': 'a row is a person',
      html: 'a row is a person',
      'users table': WIDTH,
    },
  },
  licenseIds: {
    texts: ['suite-id'],
    in: {
      'user csv': ['acme: Suite Name'],
      'user xlsx': ['acme: Suite Name'],
      'user table': ['Suite Name'],
      'user md': ['Suite Name'],
      html: ['Suite Name'],
      'assignment table': ['Suite Name'],
      'users table': ['Suite Name'],
    },
  },
  pendingLicenseIds: {
    texts: ['plus-id'],
    in: {
      'user csv': ['pending'],
      'user xlsx': ['pending'],
      'user table': ['pending'],
      'user md': ['pending'],
      html: ['Plus Name'],
      'assignment table': ['Plus Name'],
    },
    not: { 'users table': WIDTH },
  },
  doubt: {
    elsewhere: true,
    texts: ['the list of users lacks page 3: it broke'],
    not: {
      'assignment csv': 'a seat that was read is certain',
      'assignment xlsx': 'a seat that was read is certain',
      'assignment table': 'the gap comes before the table',
      ...noReport,
    },
  },
  cost: {
    texts: ['1234.56'],
    in: {
      'user table': ['1,234.56'],
      'user md': ['1,234.56'],
      html: ['1,234.56'],
      'assignment table': ['1,234.56'],
    },
    not: noReport,
  },
}

function seenByPeople(text: string): Partial<Record<LicensePlace, readonly string[]>> {
  return {
    table: [text],
    md: [text],
    html: [text],
    'licenses table': [text],
    'purchase table': [text],
  }
}

function forPeople(text: string): Partial<Record<LicensePlace, readonly string[]>> {
  const [last = ''] = [...text.split(', ')].slice(-1)
  return { table: [text], md: [text], html: [text], 'licenses table': [text], 'purchase table': [last] }
}

const seenLicenses = new Map<LicensePlace, string>()
const seenUsers = new Map<UserPlace, string>()
let report: LicenseReport

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'" }

/** The report with a gap, and with numbers that are found nowhere else. */
const withGap = (made: LicenseReport): LicenseReport => ({
  ...made,
  complete: false,
  licenses: made.licenses.map((row) =>
    row.id === 'suite-id'
      ? {
          ...row,
          assigned: known(4_044),
          assignedUsers: known(4_043),
          discrepancy: { consumedByUsers: 5_357, assigned: 4_044, difference: 1_313 },
        }
      : row,
  ),
  providers: made.providers.map((provider) => ({
    ...provider,
    status: 'partial',
    ledgers: {
      ...provider.ledgers,
      assignments: {
        ...provider.ledgers.assignments,
        verdict: 'partial',
        gaps: [{ what: 'page 3', reason: 'it broke' }],
      },
    },
  })),
  users: made.users?.map((user) => ({
    ...user,
    link: 'mapping',
    doubt: 'the list of users lacks page 3: it broke',
    cost: { kind: 'known', amounts: [{ amount: 123_456, currency: 'EUR' }] },
  })),
})

/** What a reader sees, with the data of the page's script, and without what only escapes or marks. */
const seenIn = (text: string, format: string): string => {
  if (format === 'md') return text.replace(/\\([\\`*_[\]<>|~$:.#-])/g, '$1').replace(/&#8288;/g, '')
  if (format !== 'html' && format !== 'xlsx') return text
  return text.replace(/<[^>]*>/g, '').replace(/&(#?\w+);/g, (_, entity) => ENTITIES[entity] ?? '?')
}

const rendered = async (format: ReportFormat, layout: ReportLayout = 'license'): Promise<string> => {
  const costOfSeat = () => ({ kind: 'known', amounts: [{ amount: 123_456, currency: 'EUR' }] }) as const
  const bytes = bytesOf(await renderReport(report, { format, layout, costOfSeat }))
  const text = new TextDecoder().decode(bytes)
  if (format === 'html') return seenIn(await wholeTextOf(text), format)
  if (format !== 'xlsx') return seenIn(text, format)
  const sheets = [...readWorkbook(Buffer.from(bytes)).values()]
  return seenIn(sheets.map(({ xml }) => xml.replace(/<\/c>/g, ' ')).join('\n'), format)
}

const all = async <A>(items: AsyncIterable<A>): Promise<readonly A[]> => {
  const some: A[] = []
  for await (const item of items) some.push(item)
  return some
}

const listed = async (format: LicenseFormat): Promise<string> => {
  const writer = await createLicenseWriter({ format })
  return `${writer.items(await all(acme.listLicenses()))}${writer.end()}`
}

const listedUsers = async (format: UserFormat): Promise<string> => {
  const writer = await createUserWriter({ format, licenses: report.licenses })
  return `${writer.items(await all(acme.listUsers()))}${writer.end()}`
}

beforeAll(async () => {
  const mapping = personMapping([{ person: 'Person A', provider: 'acme', user: 'ada-id' }])
  report = await reportOn([acme], {
    mapping,
    findings: {},
    limits: [{ license: 'suite-id', maxUtilization: 91.75 }],
  })
  report = withGap(report)
  for (const format of ['csv', 'xlsx', 'table', 'md', 'html'] as const) {
    seenLicenses.set(format, await rendered(format))
    if (format !== 'html' && format !== 'md') {
      seenUsers.set(`user ${format}`, await rendered(format, 'user'))
      seenUsers.set(`assignment ${format}`, await rendered(format, 'assignment'))
    }
  }
  seenUsers.set('user md', await rendered('md', 'user'))
  seenUsers.set('html', await rendered('html'))
  seenLicenses.set('purchase csv', await rendered('csv', 'purchase'))
  seenLicenses.set('purchase table', await rendered('table', 'purchase'))
  for (const format of ['csv', 'table', 'ndjson'] as const) {
    seenLicenses.set(`licenses ${format}`, await listed(format))
    seenUsers.set(`users ${format}`, await listedUsers(format))
  }
})

describe.each(LICENSE_PLACES)('of a license, there is in %s', (place) => {
  it.each(Object.entries(LICENSE_FACTS))('%s', (_, shown: Shown<LicensePlace>) => {
    expectShown(seenLicenses.get(place) ?? '', place, shown)
  })
})

describe.each(USER_PLACES)('of a user, there is in %s', (place) => {
  it.each(Object.entries(USER_FACTS))('%s', (_, shown: Shown<UserPlace>) => {
    expectShown(seenUsers.get(place) ?? '', place, shown)
  })
})

describe('JSON and snapshots', () => {
  it('have every fact of a license as it is', async () => {
    const snapshot = await snapshotOf([acme])
    const [kept] = snapshot.providers
    if (kept === undefined) throw new Error('no provider')
    expect(await all(kept.listLicenses())).toEqual(await all(acme.listLicenses()))
    const { consumedByUsers, holders, omits, includes, requires, ...passedOn } = suite
    expect(report.licenses[0]).toMatchObject(passedOn)
    expect(report.licenses.find(({ boughtOnly }) => boughtOnly)).toMatchObject({ id: 'sku:tokens' })
  })

  it('have every fact of a user as it is', async () => {
    const snapshot = await snapshotOf([acme])
    const [kept] = snapshot.providers
    if (kept === undefined) throw new Error('no provider')
    expect(await all(kept.listUsers())).toEqual(await all(acme.listUsers()))
    expect(report.users?.[0]).toMatchObject(ada)
    expect(report.users?.[1]).toMatchObject(bob)
  })
})

describe('a field of a user', () => {
  it('is none in CSV if the vendor has none, and empty if it was not read', () => {
    const rows = (place: UserPlace) =>
      (seenUsers.get(place) ?? '').split('\r\n').filter((row) => row.includes('bob-id'))
    expect(rows('users csv')).toEqual(['acme,bob-id,internal,active,,,,suite-id,,none,none,none,none,none,none,,,,,,,'])
    expect(rows('user csv')[0]).toMatch(/,none,none,none,none,none,,,,,/)
    expect(rows('assignment csv')[0]).toMatch(/,none,none,none,none,none,,,,,$/)
  })
})

/** What is in it is found nowhere else. */
const found: Every<Finding> = {
  rule: 'dormant-holder',
  id: 'f-seat-1',
  message: 'Ada Name has slept since Tuesday and holds one',
  provider: 'acme',
  licenseId: 'suite-id',
  userId: 'ada-id',
  workspaceId: 'room-id-1',
  accounts: [{ provider: 'acme', id: 'ada-id' }],
  evidence: { days: 4_321 },
  seats: known(6_101),
  cost: { kind: 'known', amounts: [{ amount: 770_101, currency: 'EUR' }] },
  removals: [{ provider: 'acme', userId: 'ada-id', licenseId: 'suite-id' }],
  // For programs: what is shown of it is that the seat is not among those to remove.
  kept: [{ provider: 'acme', userId: 'ada-id', licenseId: 'other-id' }],
  group: 'g-person-1',
  accepted: { reason: 'on a long leave', until: '2031-02-03' },
}

const { accepted: because, ...openFinding } = found

const group: Every<Omit<FindingGroup, 'accepted'>> = {
  id: 'g-person-1',
  rule: 'dormant-holder',
  message: 'Ada Name has slept since Tuesday and holds several',
  provider: 'acme',
  userId: 'ada-id',
  workspaceId: 'room-id-1',
  accounts: [{ provider: 'acme', id: 'ada-id' }],
  findings: ['f-seat-1', 'f-seat-2'],
  seats: known(6_102),
  cost: { kind: 'known', amounts: [{ amount: 770_102, currency: 'EUR' }] },
}

const other = { ...openFinding, id: 'f-seat-2', evidence: { days: 5_432 } }
const acceptedGroup: FindingGroup = {
  ...group,
  id: 'g-person-2',
  message: 'Bob Name has slept since Monday',
  findings: ['f-seat-3'],
  accepted: because,
}

const seatsAndCost = (place: number) => ({
  seats: known(8_000 + place),
  cost: { kind: 'known' as const, amounts: [{ amount: 900_000 + place, currency: 'EUR' }] },
})

const savingFrom = (place: number, firstEnd: string, lastEnd: string): Every<Saving> => ({
  ...seatsAndCost(place),
  now: seatsAndCost(place + 1),
  atRenewal: { ...seatsAndCost(place + 2), firstEnd, lastEnd },
  untold: seatsAndCost(place + 3),
})

const savings: Every<Savings> = {
  removable: savingFrom(101, '2029-01-02', '2029-03-04'),
  unassigned: savingFrom(201, '2030-05-06', '2030-07-08'),
  keptFree: 8_305,
  plans: [{ rule: openFinding.rule, provider: 'acme', saving: savingFrom(301, '2031-01-02', '2031-03-04') }],
}

const OPENING_PLACES = ['table', 'md', 'xlsx'] as const
type OpeningPlace = (typeof OPENING_PLACES)[number]

const number = (thousands: string, plain: string): Shown<OpeningPlace> => ({
  texts: [thousands],
  in: { xlsx: [plain] },
})

const FOR_PLANS = 'ids are for programs and for suppressions; the formats for them have them'

const GROUP_FACTS: Every<{ readonly [K in keyof FindingGroup]: Shown<OpeningPlace> }> = {
  id: { texts: ['g-person-1'], not: { table: FOR_PLANS, md: FOR_PLANS } },
  rule: { texts: ['dormant-holder'] },
  message: { texts: ['Ada Name has slept since Tuesday and holds several', 'Bob Name has slept since Monday'] },
  provider: { texts: ['acme'] },
  userId: { texts: ['ada-id'], not: { table: FOR_PLANS, md: FOR_PLANS } },
  workspaceId: { texts: ['room-id-1'], not: { table: FOR_PLANS, md: FOR_PLANS } },
  accounts: { texts: ['ada-id'], not: { table: FOR_PLANS, md: FOR_PLANS } },
  findings: { texts: ['f-seat-1', 'f-seat-2', 'f-seat-3'], not: { table: FOR_PLANS } },
  seats: number('6,102', '6102'),
  cost: number('7,701.02', '7701.02'),
  accepted: { texts: ['on a long leave', '2031-02-03'] },
}

const SAVING_FACTS: Every<{ readonly [K in keyof Saving]: Shown<OpeningPlace> }> = {
  seats: { texts: ['8,101', '8,201'], in: { xlsx: ['8101', '8201'] } },
  cost: { texts: ['9,001.01', '9,002.01'], in: { xlsx: ['9001.01', '9002.01'] } },
  now: { texts: ['at once', '8,102', '9,001.02', '8,202'], in: { xlsx: ['at once', '8102', '9001.02', '8202'] } },
  atRenewal: {
    texts: ['2029-01-02 to 2029-03-04', '2030-05-06 to 2030-07-08', '8,103', '9,001.03', '9,002.03'],
    in: { xlsx: ['2029-01-02 to 2029-03-04', '2030-05-06 to 2030-07-08', '8103', '9001.03', '9002.03'] },
  },
  untold: { texts: ['at a time that is not known', '8,104', '9,001.04'], in: { xlsx: ['8104', '9001.04'] } },
}

describe.each(OPENING_PLACES)('of what can be saved and was found, there is in %s', (place) => {
  let seen = ''

  beforeAll(async () => {
    const before = report
    report = {
      ...report,
      findings: [openFinding, other, { ...found, id: 'f-seat-3', group: 'g-person-2' }],
      findingGroups: [group, acceptedGroup],
      savings,
    }
    seen = await rendered(place)
    report = before
  })

  it.each(Object.entries(GROUP_FACTS))('%s of a group of findings', (_, shown: Shown<OpeningPlace>) => {
    expectShown(seen, place, shown)
  })

  it.each(Object.entries(SAVING_FACTS))('%s of a saving', (_, shown: Shown<OpeningPlace>) => {
    expectShown(seen, place, shown)
  })

  it('what a plan saves, and not what its seats cost', () => {
    expectShown<OpeningPlace>(seen, place, { texts: ['9,003.01'], in: { xlsx: ['9003.01'] } })
  })

  it('how many seats limits keep free', () => {
    expectShown<OpeningPlace>(seen, place, number('8,305', '8305'))
  })

  it('what the findings of a group rest on, where there is room', () => {
    expectShown<OpeningPlace>(seen, place, {
      texts: ['days without activity: 4,321', 'days without activity: 5,432'],
      not: { table: WIDTH },
    })
  })
})
