import { unknown } from '../../model/count.ts'
import type { LicenseRow, ProviderReport } from '../../report/license-report.ts'
import { countCells } from '../output/count-text.ts'
import { csvText } from '../output/csv-text.ts'
import type { RenderReport } from './report-formats.ts'

const COUNTS = ['purchased', 'consumed', 'assigned', 'available', 'utilization'] as const

const HEADINGS = [
  'provider',
  'providerStatus',
  'id',
  'name',
  'productCode',
  'metric',
  'subscriptionId',
  'siteUrl',
  ...COUNTS.flatMap((count) => [count, `${count}Note`]),
  'discrepancy',
]

const rowOf = (provider: ProviderReport, license: LicenseRow): readonly string[] => [
  license.provider,
  provider.status,
  license.id,
  license.name,
  license.productCode ?? '',
  license.metric,
  license.subscriptionId ?? '',
  license.siteUrl ?? '',
  ...COUNTS.flatMap((count) => countCells(license[count])),
  license.discrepancy === undefined ? '' : String(license.discrepancy.difference),
]

/** A provider that failed has a row too: its absence would look like an organisation without licenses. */
const failureRow = (provider: ProviderReport): readonly string[] => [
  provider.id,
  provider.status,
  ...['', '', '', '', '', ''],
  ...COUNTS.flatMap(() => countCells(unknown(provider.error?.message ?? 'the provider failed'))),
  '',
]

const rowsOf = (provider: ProviderReport, licenses: readonly LicenseRow[]): readonly (readonly string[])[] =>
  provider.status === 'failed' && licenses.length === 0
    ? [failureRow(provider)]
    : licenses.map((license) => rowOf(provider, license))

/**
 * One row per license, and one for each provider that failed. Columns are only ever added, at the end. A count is two
 * columns, see `countCells`; `providerStatus` says whether the numbers of that provider are whole. `discrepancy` is how
 * many users more or, with a minus, fewer than were enumerated the vendor's counter says; empty where there is none.
 */
export const renderReportCsv: RenderReport = ({ providers, licenses }) =>
  csvText([
    HEADINGS,
    ...providers.flatMap((provider) =>
      rowsOf(
        provider,
        licenses.filter((license) => license.provider === provider.id),
      ),
    ),
  ])
