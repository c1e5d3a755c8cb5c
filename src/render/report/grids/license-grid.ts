import { unknown } from '../../../model/count.ts'
import { groupedBy } from '../../../model/grouped-by.ts'
import type { LicenseReport, LicenseRow, ProviderReport } from '../../../report/license-report.ts'
import type { Cell, Grid, GridColumn } from '../../grid/grid.ts'
import { costCell, costColumn } from '../../grid/grid.ts'
import { currenciesOf } from '../shown-costs.ts'
import { seatCells, seatColumns, utilizationColumn } from './pool-grid.ts'

const columns: readonly GridColumn[] = [
  { key: 'provider', heading: 'Provider', holds: 'text' },
  { key: 'providerStatus', heading: 'Provider status', holds: 'text' },
  { key: 'id', heading: 'Id', holds: 'text' },
  { key: 'name', heading: 'License', holds: 'text' },
  { key: 'productCode', heading: 'Product', holds: 'text' },
  { key: 'metric', heading: 'Metric', holds: 'text' },
  { key: 'subscriptionId', heading: 'Subscription', holds: 'text' },
  { key: 'siteUrl', heading: 'Site', holds: 'text' },
  ...seatColumns,
  utilizationColumn,
  { key: 'discrepancy', heading: 'Discrepancy', holds: 'number' },
  costColumn,
]

const rowOf = (provider: ProviderReport, license: LicenseRow): readonly Cell[] => [
  license.provider,
  provider.status,
  license.id,
  license.name,
  license.productCode ?? '',
  license.metric,
  license.subscriptionId ?? '',
  license.siteUrl ?? '',
  ...Object.values(seatCells(license)),
  { part: license.utilization },
  license.discrepancy?.difference ?? '',
  costCell(license.cost),
]

/** A provider that failed has a row too: its absence would look like an organization without licenses. */
const failureRow = (provider: ProviderReport): readonly Cell[] => {
  const count = unknown(provider.error?.message ?? 'the provider failed')
  const counts = seatColumns.map(() => ({ count }))
  return [provider.id, provider.status, '', '', '', '', '', '', ...counts, { part: count }, '', costCell(provider.cost)]
}

function* rowsOf({ providers, licenses }: LicenseReport): Generator<readonly Cell[]> {
  const byProvider = groupedBy(licenses, ({ provider }) => provider)
  for (const provider of providers) {
    const own = byProvider.get(provider.id) ?? []
    if (provider.status === 'failed' && own.length === 0) yield failureRow(provider)
    for (const license of own) yield rowOf(provider, license)
  }
}

/**
 * One row for each license, and one for each provider that failed. `discrepancy` is how many users more or, with a minus,
 * fewer than were enumerated the vendor's counter says.
 */
export const licenseGrid = (report: LicenseReport): Grid => ({
  columns,
  rows: rowsOf(report),
  currencies: currenciesOf(report),
})
