import { labelsOf } from '../../../report/license-labels.ts'
import type { LicenseReport, LicenseRow } from '../../../report/license-report.ts'
import type { Cell, Grid } from '../../grid/grid.ts'
import { licenseColumns } from '../../license-columns.ts'
import type { BarChart } from '../../workbook/bar-chart.ts'

const levelOf = ({ utilization }: LicenseRow): number | undefined =>
  utilization.kind === 'known' ? utilization.value : undefined

/** Whether any license has a utilization that is known. */
export const hasUtilization = ({ licenses }: LicenseReport): boolean =>
  licenses.some((row) => levelOf(row) !== undefined)

/** Licenses of which the utilization is known, the fullest first: a chart would show one that is unknown as 0. */
export const utilizationGrid = ({ licenses, providers }: LicenseReport): Grid => {
  const labels = labelsOf(licenses)
  const nameOf = (row: LicenseRow, index: number) => {
    const label = labels[index] ?? row.name
    return providers.length > 1 ? `${row.provider}: ${label}` : label
  }
  const rows = licenses
    .map((row, index) => ({ row, name: nameOf(row, index), level: levelOf(row) ?? -1 }))
    .filter(({ level }) => level >= 0)
    .sort((one, other) => other.level - one.level)
  return {
    columns: [
      licenseColumns.name,
      { key: 'utilization', heading: 'Utilization', holds: 'part' },
      licenseColumns.purchased,
      licenseColumns.available,
    ],
    rows: rows.map(({ row, name }): readonly Cell[] => [
      name,
      { part: row.utilization },
      { count: row.purchased },
      { count: row.available },
    ]),
    currencies: [],
  }
}

/** Of these rows. */
export const utilizationChart: BarChart = { title: 'Utilization', names: 0, values: 1 }
