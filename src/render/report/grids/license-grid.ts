import { unknown } from '../../../model/count.ts'
import { groupedBy } from '../../../model/grouped-by.ts'
import type { LicenseReport, LicenseRow, ProviderReport } from '../../../report/license-report.ts'
import type { Cell, Grid, GridColumn } from '../../grid/grid.ts'
import { costCell, costColumn, currenciesOf } from './cost-column.ts'

const columns: readonly GridColumn[] = [
  { key: 'provider', heading: 'Provider', holds: 'text' },
  { key: 'providerStatus', heading: 'Provider status', holds: 'text' },
  { key: 'id', heading: 'Id', holds: 'text' },
  { key: 'name', heading: 'License', holds: 'text' },
  { key: 'productCode', heading: 'Product', holds: 'text' },
  { key: 'metric', heading: 'Metric', holds: 'text' },
  { key: 'subscriptionId', heading: 'Subscription', holds: 'text' },
  { key: 'siteUrl', heading: 'Site', holds: 'text' },
  { key: 'purchased', heading: 'Purchased', holds: 'count' },
  { key: 'consumed', heading: 'Consumed', holds: 'count' },
  { key: 'assigned', heading: 'Assigned', holds: 'count' },
  { key: 'available', heading: 'Available', holds: 'count' },
  { key: 'utilization', heading: 'Utilization', holds: 'part' },
  { key: 'discrepancy', heading: 'Discrepancy', holds: 'number' },
]

const rowOf = (provider: ProviderReport, license: LicenseRow, currencies: readonly string[]): readonly Cell[] => [
  license.provider,
  provider.status,
  license.id,
  license.name,
  license.productCode ?? '',
  license.metric,
  license.subscriptionId ?? '',
  license.siteUrl ?? '',
  { count: license.purchased },
  { count: license.consumed },
  { count: license.assigned },
  { count: license.available },
  { part: license.utilization },
  license.discrepancy?.difference ?? '',
  ...costCell(license.cost, currencies),
]

/** A provider that failed has a row too: its absence would look like an organisation without licenses. */
const failureRow = (provider: ProviderReport, currencies: readonly string[]): readonly Cell[] => {
  const count = unknown(provider.error?.message ?? 'the provider failed')
  const counts = [{ count }, { count }, { count }, { count }, { part: count }]
  return [provider.id, provider.status, '', '', '', '', '', '', ...counts, '', ...costCell(provider.cost, currencies)]
}

function* rowsOf({ providers, licenses }: LicenseReport, currencies: readonly string[]): Generator<readonly Cell[]> {
  const byProvider = groupedBy(licenses, ({ provider }) => provider)
  for (const provider of providers) {
    const own = byProvider.get(provider.id) ?? []
    if (provider.status === 'failed' && own.length === 0) yield failureRow(provider, currencies)
    for (const license of own) yield rowOf(provider, license, currencies)
  }
}

/**
 * One row for each license, and one for each provider that failed. `discrepancy` is how many users more or, with a minus,
 * fewer than were enumerated the vendor's counter says.
 */
export const licenseGrid = (report: LicenseReport): Grid => {
  const currencies = currenciesOf(report)
  return { columns: [...columns, ...costColumn(currencies)], rows: rowsOf(report, currencies), currencies }
}
