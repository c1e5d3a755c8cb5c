import type { PlanHistory, SeatChange } from '../../../src/index.ts'
import { known, notApplicable, unknown } from '../../../src/model/count.ts'
import type { Ledger } from '../../../src/model/ledger.ts'
import type { LicenseRow, ProviderReport } from '../../../src/report/license-report.ts'
import { createTrend, type DamagedSnapshot, type Trend, type TrendReading } from '../../../src/snapshot/index.ts'

const whole: Ledger = {
  pages: 1,
  items: 10,
  repeated: 0,
  undecodable: 0,
  gaps: [],
  omits: [],
  verdict: 'complete',
}

const PROVIDERS = [
  ['genesys', 'Genesys Cloud'],
  ['webex-emea', 'Webex EMEA'],
  ['webex-apac', 'Webex APAC'],
] as const

const NAMES = [
  'Genesys Cloud CX 2',
  'Webex Calling - Professional',
  'Contact Center Premium Agent with a name that does not end where one would expect it',
  'Speech and Text Analytics Add-on',
  'Webex Meetings Suite',
] as const

const PURCHASED = 200

/** Waves and slopes of every height, some of them above what was bought. */
const usedOf = (license: number, snapshot: number): number => {
  const wave = Math.sin(snapshot / (2 + (license % 5)) + license) * (license % 7) * 4
  return Math.max(0, Math.round((license % 11) * 18 + snapshot * ((license % 9) - 3) + wave))
}

const rowOf = (license: number, snapshot: number): LicenseRow => {
  const [provider] = PROVIDERS[license % PROVIDERS.length] ?? PROVIDERS[0]
  const used = usedOf(license, snapshot)
  const isUntold = license % 20 === 7
  const isMissing = license % 17 === 5 && snapshot % 6 === 2
  const reason = isUntold ? 'the vendor does not tell what was bought' : 'page 3 of the holders is missing'
  const isKnown = !isUntold && !isMissing
  return {
    provider,
    id: `license-${license}`,
    name: `${NAMES[license % NAMES.length]} ${license}`,
    metric: 'named',
    purchased: isUntold ? unknown(reason) : known(PURCHASED),
    consumed: notApplicable,
    assigned: isMissing ? unknown(reason, used) : known(used),
    available: isKnown ? known(PURCHASED - used) : unknown(reason),
    utilization: isKnown ? known(used / PURCHASED) : unknown(reason),
  }
}

const providerOf = (
  [id, displayName]: (typeof PROVIDERS)[number],
  parts: Partial<ProviderReport> = {},
): ProviderReport => ({
  id,
  vendor: id,
  displayName,
  status: 'complete',
  licensedUsers: known(10),
  ledgers: { licenses: whole, assignments: whole },
  ...parts,
})

const failed: Partial<ProviderReport> = {
  status: 'failed',
  error: {
    _tag: 'RateLimited',
    provider: 'webex-apac',
    operation: 'GET /licenses',
    message: 'too many requests; Seatlens stopped waiting',
    status: 429,
    correlationId: 'NA_5c2f2ea2-5f1e-4d3a-9c57-0d2a3c5b7f10',
  },
}

const partial: Partial<ProviderReport> = {
  status: 'partial',
  ledgers: {
    licenses: whole,
    assignments: {
      ...whole,
      verdict: 'partial',
      gaps: [{ what: 'page 3', reason: 'the vendor answered nonsense' }],
    },
  },
}

/** A month each. */
const timeOf = (snapshot: number): string => new Date(Date.UTC(2024, 11 + snapshot, 20, 10)).toISOString()

const wholeReading = (licenses: number, snapshot: number): TrendReading => ({
  name: timeOf(snapshot).slice(0, 10),
  report: {
    generatedAt: timeOf(snapshot),
    complete: true,
    providers: PROVIDERS.map((provider) => providerOf(provider)),
    licenses: Array.from({ length: licenses }, (_, license) => rowOf(license, snapshot)),
  },
})

const readings = (licenses: number, snapshots: number): readonly TrendReading[] =>
  Array.from({ length: snapshots }, (_, snapshot) => wholeReading(licenses, snapshot))

/** Some licenses go up, some down, some beyond what was bought; some have gaps, and of some nothing is known. */
export const trendOf = (licenses: number, snapshots: number): Trend => createTrend(readings(licenses, snapshots))

const damaged: readonly DamagedSnapshot[] = [
  { name: '2025-03-21', problem: 'webex-emea.users.ndjson: it was changed after the snapshot was made' },
]

/** Seats of one license that a plan gave back so many months after the first snapshot. */
const givenBack = (license: number, seats: number, month: number): readonly SeatChange[] =>
  Array.from({ length: seats }, (_, seat) => {
    const at = new Date(Date.parse(timeOf(month)) + 86_400_000).toISOString()
    return {
      userId: `user-${seat}`,
      licenseId: `license-${license}`,
      action: 'remove',
      state: 'made',
      from: at,
      to: at,
    }
  })

const planOf = (name: string, changes: readonly SeatChange[]): PlanHistory => ({
  name,
  hash: name,
  createdAt: timeOf(0),
  provider: { id: 'genesys', vendor: 'genesys', displayName: 'Genesys Cloud' },
  changes,
  chained: true,
})

const journals = {
  plans: [
    planOf('2025-01-25.json', [...givenBack(0, 14, 1), ...givenBack(3, 2, 1)]),
    planOf('seats-that-no-user-has-used-since-last-summer.json', givenBack(0, 5, 4)),
  ],
  damagedJournals: [{ name: 'torn.json.journal', problem: 'line 7: expected an entry of a journal' }],
}

/** The same, but one snapshot lacks a provider, another one a part of one, and a third one cannot be used. Plans were applied. */
export const incompleteTrend = (licenses: number, snapshots: number): Trend =>
  createTrend(
    readings(licenses, snapshots).map(({ name, report }, index) => {
      if (index !== 3 && index !== 5) return { name, report }
      const parts = index === 3 ? failed : partial
      return {
        name,
        report: {
          ...report,
          complete: false,
          providers: PROVIDERS.map((provider) => providerOf(provider, provider[0] === 'webex-apac' ? parts : {})),
          licenses: report.licenses.filter(({ provider }) => index !== 3 || provider !== 'webex-apac'),
        },
      }
    }),
    damaged,
    journals,
  )

/** Every text that a vendor, a configuration or a file name may choose is the one that is given. */
export const trendNamed = (text: string): Trend => {
  const { snapshots, licenses, plans = [], journals: remarks = [], ...others } = incompleteTrend(40, 8)
  return {
    ...others,
    plans: plans.map((plan) => ({ ...plan, name: text, provider: `${plan.provider} ${text}` })),
    journals: remarks.map((remark) => ({ ...remark, name: text, message: text })),
    damaged: [{ name: text, problem: text }],
    snapshots: snapshots.map((snapshot) => ({
      ...snapshot,
      name: text,
      providers: snapshot.providers.map((provider) => ({
        ...provider,
        displayName: text,
        problems: provider.problems.map(() => text),
      })),
    })),
    licenses: licenses.map((license) => ({ ...license, name: text, provider: `${license.provider} ${text}` })),
  }
}

/** Both organizations of one vendor have one name. */
export const sharingName = ({ snapshots, ...others }: Trend): Trend => ({
  ...others,
  snapshots: snapshots.map((snapshot) => ({
    ...snapshot,
    providers: snapshot.providers.map((provider) =>
      provider.id.startsWith('webex') ? { ...provider, displayName: 'Webex' } : provider,
    ),
  })),
})

/** Nothing is known in each second snapshot. */
export const everyOther = ({ licenses, ...others }: Trend): Trend => ({
  ...others,
  licenses: licenses.map((license) => ({
    ...license,
    points: license.points.map((point) =>
      point.snapshot % 2 === 0 ? point : { ...point, utilization: unknown('page 3 is missing') },
    ),
  })),
})
