import { groupText } from '../../../report/groups/group-text.ts'
import { type LicenseLabels, licenseLabels } from '../../../report/license-labels.ts'
import type { GroupRow, LicenseReport, ReportGroups } from '../../../report/license-report.ts'
import { type Cell, costCell, costColumn, type Grid, type GridColumn } from '../../grid/grid.ts'
import { groupTitles } from '../group-words.ts'
import { currenciesOf } from '../shown-costs.ts'

interface GroupColumn {
  readonly column: GridColumn
  readonly cellOf: (row: GroupRow, labels: LicenseLabels) => Cell
}

const groupColumns = (by: ReportGroups['by']): readonly GroupColumn[] => [
  {
    column: { key: 'label', heading: groupTitles[by], holds: 'text', minimum: 12, wraps: true, only: 'people' },
    cellOf: groupText,
  },
  { column: { key: 'kind', heading: 'Kind', holds: 'text', only: 'machines' }, cellOf: ({ kind }) => kind },
  {
    column: { key: 'group', heading: groupTitles[by], holds: 'text', only: 'machines' },
    cellOf: ({ name = '' }) => name,
  },
  {
    column: { key: 'provider', heading: 'Provider', holds: 'text', ...(by === 'license' ? {} : { only: 'machines' }) },
    cellOf: ({ provider = '' }) => provider,
  },
  {
    column: { key: 'licenseId', heading: 'License id', holds: 'text', only: 'machines' },
    cellOf: ({ licenseId = '' }) => licenseId,
  },
  {
    column: { key: 'people', heading: 'People', holds: 'count', expendable: 2 },
    cellOf: ({ people }) => ({ count: people }),
  },
  {
    column: { key: 'users', heading: 'Users', holds: 'count', expendable: 3 },
    cellOf: ({ users }) => ({ count: users }),
  },
  {
    column: { key: 'seats', heading: 'Seats held', holds: 'count' },
    // Why a group is unknown: at a column that is never left out.
    cellOf: ({ seats, reason }) => ({ count: seats, notes: reason === undefined ? [] : [reason] }),
  },
  { column: costColumn, cellOf: ({ cost }) => costCell(cost) },
]

const stakeColumns: readonly GroupColumn[] = [
  {
    column: { key: 'findings', heading: 'Findings of single seats', holds: 'count', only: 'machines' },
    cellOf: ({ atStake }) => (atStake === undefined ? '' : { count: atStake.findings }),
  },
  {
    column: { key: 'findingGroups', heading: 'Findings', holds: 'count', expendable: 1, isLate: true },
    cellOf: ({ atStake }) => (atStake === undefined ? '' : { count: atStake.findingGroups ?? atStake.findings }),
  },
  {
    column: { key: 'seatsAtStake', heading: 'Seats at stake', holds: 'count', expendable: 4 },
    cellOf: ({ atStake }) => (atStake === undefined ? '' : { count: atStake.seats }),
  },
  {
    column: {
      key: 'costAtStake',
      heading: 'Cost at stake',
      holds: 'cost',
      isOfPrices: true,
      expendable: 5,
    },
    cellOf: ({ atStake }) => costCell(atStake?.cost),
  },
]

const reasonColumn: GroupColumn = {
  column: { key: 'reason', heading: 'Reason', holds: 'text', only: 'machines' },
  cellOf: ({ reason = '' }) => reason,
}

/** All columns that groups may have. */
export const groupGridColumns = (by: ReportGroups['by']): readonly GridColumn[] =>
  [...groupColumns(by), ...stakeColumns, reasonColumn].map(({ column }) => column)

/** One row for each group; what is at stake only where the report has findings. */
export const groupGrid = (report: LicenseReport, { by, rows }: ReportGroups): Grid => {
  const labels = licenseLabels(report)
  const hasStakes = rows.some(({ atStake }) => atStake !== undefined)
  const fields = [...groupColumns(by), ...(hasStakes ? stakeColumns : []), reasonColumn]
  return {
    columns: fields.map(({ column }) => column),
    rows: rows.map((row) => fields.map(({ cellOf }) => cellOf(row, labels))),
    currencies: currenciesOf(report),
  }
}
