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

/** There only where a configured license is not listed: its row has no numbers, and this says why. */
const configurationColumn: GridColumn = { key: 'configuration', heading: 'Configuration', holds: 'text' }
const NOT_LISTED = 'configured, and the vendor does not list it'

const cellsOf = (provider: ProviderReport, license: LicenseRow): readonly Cell[] => [
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

function* rowsOf({ providers, licenses }: LicenseReport, hasUnlisted: boolean): Generator<readonly Cell[]> {
  const byProvider = groupedBy(licenses, ({ provider }) => provider)
  for (const provider of providers) {
    const own = byProvider.get(provider.id) ?? []
    const withConfiguration = (row: readonly Cell[], text: string) => (hasUnlisted ? [...row, text] : row)
    if (provider.status === 'failed' && own.length === 0) yield withConfiguration(failureRow(provider), '')
    for (const license of own) {
      yield withConfiguration(cellsOf(provider, license), license.declaredOnly ? NOT_LISTED : '')
    }
  }
}

/**
 * One row for each license, and one for each provider that failed. `discrepancy` is how many users more or, with a minus,
 * fewer than were enumerated the vendor's counter says.
 */
export const licenseGrid = (report: LicenseReport): Grid => {
  const hasUnlisted = report.licenses.some(({ declaredOnly }) => declaredOnly)
  return {
    columns: hasUnlisted ? [...columns, configurationColumn] : columns,
    rows: rowsOf(report, hasUnlisted),
    currencies: currenciesOf(report),
  }
}
