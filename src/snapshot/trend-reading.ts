import type { Task } from 'fp-ts/lib/Task.js'
import type { LicenseRow, ProviderReport } from '../report/license-report.ts'
import { licenseRows } from '../report/license-rows.ts'
import { readProviders } from '../report/provider-reading.ts'
import { providerReport } from '../report/provider-report.ts'
import type { Snapshot } from './read-snapshot.ts'
import type { TrendReading, TrendReport } from './trend.ts'

/** People are not counted. One provider after the other, as there is no vendor to wait for. */
const SEATS_ALONE = { scope: {}, verify: false, countsPeople: false, atOnce: 1 }

const keptOfProvider = (provider: ProviderReport): TrendReport['providers'][number] => {
  const { id, vendor, displayName, status, ledgers, error } = provider
  return { id, vendor, displayName, status, ledgers, ...(error === undefined ? {} : { error }) }
}

const keptOfLicense = (row: LicenseRow): TrendReport['licenses'][number] => {
  const { provider, id, name, siteUrl, subscriptionId, declaredOnly, purchased, consumed, assigned, utilization } = row
  return {
    provider,
    id,
    name,
    ...(siteUrl === undefined ? {} : { siteUrl }),
    ...(subscriptionId === undefined ? {} : { subscriptionId }),
    ...(declaredOnly === undefined ? {} : { declaredOnly }),
    purchased,
    consumed,
    assigned,
    utilization,
  }
}

/**
 * What `createTrend` needs of a snapshot, and nothing else: years of snapshots then fit into memory. It takes a third of the
 * time of a report, as people, costs and findings are left out.
 */
export const readForTrend =
  (name: string, { providers, clock }: Snapshot): Task<TrendReading> =>
  async () => {
    const read = await readProviders(providers, { ...SEATS_ALONE, clock }, (reading) => ({
      provider: keptOfProvider(providerReport(reading)),
      licenses: licenseRows(reading).map(keptOfLicense),
    }))
    return {
      name,
      report: {
        generatedAt: new Date(clock.now()).toISOString(),
        complete: read.every(({ provider }) => provider.status === 'complete'),
        providers: read.map(({ provider }) => provider),
        licenses: read.flatMap(({ licenses }) => licenses),
      },
    }
  }
