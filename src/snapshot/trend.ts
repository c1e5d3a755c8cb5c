import type { Capacity, Count } from '../model/count.ts'
import { demandNone } from '../model/invalid-input.ts'
import { momentOf } from '../model/moment.ts'
import type { LicenseReport, LicenseRow, ProviderReport, Utilization } from '../report/license-report.ts'
import { problemsInJournals, problemsInTrend } from './caller-input.ts'
import type { JournalRemark } from './diff/attribution.ts'
import { journalRemarks, type KnownJournals } from './journals.ts'
import { accountOf, type ProviderAccount } from './provider-account.ts'
import { type TrendPlan, trendPlans } from './trend-plans.ts'

/** How licenses were used over the time of several snapshots: plain data, public, and only ever added to. */
export interface Trend {
  readonly schemaVersion: 1
  /** Every snapshot could be used and is complete. */
  readonly complete: boolean
  /** Oldest first. */
  readonly snapshots: readonly TrendSnapshot[]
  /** Those that cannot be used. */
  readonly damaged: readonly DamagedSnapshot[]
  /** Every license of any of the snapshots, in the order of the last one that has it. */
  readonly licenses: readonly LicenseTrend[]
  /** Plans that were applied between the snapshots, in the order of time. Absent: no plans were given. */
  readonly plans?: readonly TrendPlan[] | undefined
  /** What to know of journals. Absent: no plans were given. */
  readonly journals?: readonly JournalRemark[] | undefined
}

/** One snapshot of a trend, and how it was read. */
export interface TrendSnapshot {
  readonly name: string
  /** ISO 8601 in UTC. */
  readonly generatedAt: string
  /** Every provider is. */
  readonly complete: boolean
  /** In the order in which they were read. */
  readonly providers: readonly ProviderAccount[]
}

/** A snapshot that is left out of a trend, and why. */
export interface DamagedSnapshot {
  readonly name: string
  readonly problem: string
}

/** One license over the snapshots of a trend. */
export interface LicenseTrend {
  readonly provider: string
  readonly id: string
  /** As it was last called. */
  readonly name: string
  readonly siteUrl?: string | undefined
  readonly subscriptionId?: string | undefined
  /** One for each snapshot that has the license; in the others nothing is known of it. */
  readonly points: readonly TrendPoint[]
}

/** The seats of a license in one snapshot. */
export interface TrendPoint {
  /** The place of the snapshot among the others. */
  readonly snapshot: number
  readonly purchased: Capacity
  readonly consumed: Count
  readonly assigned: Count
  readonly utilization: Utilization
}

/** What a trend needs of a report. A `LicenseReport` has it, and more. */
export interface TrendReport extends Pick<LicenseReport, 'generatedAt' | 'complete'> {
  readonly providers: readonly Pick<ProviderReport, 'id' | 'vendor' | 'displayName' | 'status' | 'ledgers' | 'error'>[]
  readonly licenses: readonly Pick<
    LicenseRow,
    | 'provider'
    | 'id'
    | 'name'
    | 'siteUrl'
    | 'subscriptionId'
    | 'declaredOnly'
    | 'purchased'
    | 'consumed'
    | 'assigned'
    | 'utilization'
  >[]
}

/** What a trend keeps of one snapshot. */
export interface TrendReading {
  readonly name: string
  readonly report: TrendReport
}

const byTime = (
  { name: one, report: { generatedAt: then } }: TrendReading,
  { name: other, report }: TrendReading,
): number => {
  if (then !== report.generatedAt) return then < report.generatedAt ? -1 : 1
  return one < other ? -1 : 1
}

type TrendRow = TrendReport['licenses'][number]

const namesOf = ({ provider, id, name, siteUrl, subscriptionId }: TrendRow): Omit<LicenseTrend, 'points'> => ({
  provider,
  id,
  name,
  ...(siteUrl === undefined ? {} : { siteUrl }),
  ...(subscriptionId === undefined ? {} : { subscriptionId }),
})

const snapshotOf = ({ name, report }: TrendReading): TrendSnapshot => ({
  name,
  generatedAt: report.generatedAt,
  complete: report.complete,
  providers: report.providers.map(accountOf),
})

/** The plans of providers that the snapshots have, and what to know of all. */
const plansIn = (journals: KnownJournals, inOrder: readonly TrendReading[]): Pick<Trend, 'plans' | 'journals'> => {
  if (journals.plans === undefined && journals.damagedJournals === undefined) return {}
  const providers = new Map(inOrder.flatMap(({ report }) => report.providers.map(({ id, vendor }) => [id, vendor])))
  const remarks = journalRemarks(journals, ({ id, vendor }) =>
    providers.get(id) === vendor ? undefined : `it is of ${id} (${vendor}), which the snapshots do not have`,
  )
  const own = (journals.plans ?? []).filter(({ provider }) => providers.get(provider.id) === provider.vendor)
  const times = inOrder.map(({ report }) => momentOf(report.generatedAt) ?? 0)
  return { plans: trendPlans(own, times), journals: remarks }
}

/**
 * The numbers of snapshots in the order of their time, and with `journals` the plans that were applied in between. Throws a
 * `LicenseException` with `InvalidInput` if the readings are none.
 */
export const createTrend = (
  readings: readonly TrendReading[],
  damaged: readonly DamagedSnapshot[] = [],
  journals: KnownJournals = {},
): Trend => {
  demandNone([...problemsInTrend(readings, damaged), ...problemsInJournals(journals)])
  const inOrder = [...readings].sort(byTime)
  const found = new Map<string, LicenseTrend & { readonly points: TrendPoint[] }>()
  // From the last one on, so that the licenses of now come first, under the names of now.
  for (const [snapshot, { report }] of [...inOrder.entries()].reverse()) {
    for (const row of report.licenses) {
      if (row.declaredOnly) continue
      const { provider, id, purchased, consumed, assigned, utilization } = row
      const key = JSON.stringify([provider, id])
      const trend = found.get(key) ?? { ...namesOf(row), points: [] }
      found.set(key, trend)
      trend.points.push({ snapshot, purchased, consumed, assigned, utilization })
    }
  }
  return {
    schemaVersion: 1,
    complete: damaged.length === 0 && inOrder.every(({ report }) => report.complete),
    snapshots: inOrder.map(snapshotOf),
    damaged,
    licenses: [...found.values()].map((trend) => ({ ...trend, points: trend.points.reverse() })),
    ...plansIn(journals, inOrder),
  }
}
