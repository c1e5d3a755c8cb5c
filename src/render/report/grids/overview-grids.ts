import { known } from '../../../model/count.ts'
import { daysBetween } from '../../../model/moment.ts'
import type { FindingGroup, LicenseReport } from '../../../report/license-report.ts'
import { dayText } from '../../../report/purchase-words.ts'
import { type Cell, costCell, costColumn, type Grid, type GridColumn } from '../../grid/grid.ts'
import { licenseColumns } from '../../license-columns.ts'
import { type Action, tellsSavings } from '../actions.ts'
import { cancelText, KEPT_FREE, type Renewal, SAVINGS, savingParts } from '../overview.ts'
import { currenciesOf } from '../shown-costs.ts'

const seatsColumn: GridColumn = { key: 'seats', heading: 'Seats', holds: 'count' }

const keptFreeRows = ({ savings }: LicenseReport): readonly (readonly Cell[])[] =>
  savings?.keptFree === undefined
    ? []
    : [[KEPT_FREE, { count: known(savings.keptFree) }, costCell({ kind: 'notApplicable' })]]

/** What can be saved, and by when; no rows where there is nothing. */
export const savingGrid = (report: LicenseReport): Grid => ({
  columns: [{ key: 'what', heading: 'What', holds: 'text', minimum: 24, wraps: true }, seatsColumn, costColumn],
  rows: [
    ...SAVINGS.flatMap(({ field, title }) => {
      const saving = report.savings?.[field]
      if (saving === undefined) return []
      return savingParts(saving).map(({ when, seats, cost }): readonly Cell[] => [
        when === undefined ? title : `  of these ${when}`,
        { count: seats },
        costCell(cost),
      ])
    }),
    ...keptFreeRows(report),
  ],
  currencies: currenciesOf(report),
})

/** What to do first, what it saves, and how it is done. */
export const actionGrid = (report: LicenseReport, actions: readonly Action[]): Grid => ({
  columns: [
    { ...licenseColumns.provider, only: 'people', expendable: 1, least: 100 },
    { key: 'what', heading: 'What to do', holds: 'text', minimum: 24, wraps: true },
    { key: 'how', heading: 'How', holds: 'text', isProse: true, minimum: 18, wraps: true },
    seatsColumn,
    tellsSavings(report) ? { ...costColumn, heading: 'Saves per month' } : costColumn,
  ],
  rows: actions.map(({ provider, what, how, seats, cost }): readonly Cell[] => [
    provider,
    what,
    how,
    { count: seats },
    costCell(cost),
  ]),
  currencies: currenciesOf(report),
})

/** What was found, one line each. */
export const foundGrid = (report: LicenseReport, groups: readonly FindingGroup[]): Grid => ({
  columns: [
    { ...licenseColumns.provider, only: 'people', expendable: 1, least: 100 },
    { key: 'message', heading: 'What was found', holds: 'text', minimum: 30, wraps: true },
    seatsColumn,
    costColumn,
  ],
  rows: groups.map(({ provider, message, seats, cost }): readonly Cell[] => [
    provider,
    message,
    { count: seats },
    costCell(cost),
  ]),
  currencies: currenciesOf(report),
})

/** What is to be renewed or canceled soon. */
export const renewalGrid = (report: LicenseReport, renewals: readonly Renewal[]): Grid => ({
  columns: [
    { ...licenseColumns.provider, expendable: 1 },
    { ...licenseColumns.name, minimum: 20 },
    licenseColumns.termEnd,
    { key: 'days', heading: 'Days left', holds: 'number', expendable: 2 },
    { key: 'noticeDay', heading: 'Cancel by', holds: 'text' },
    { ...licenseColumns.purchased, expendable: 4 },
    { ...licenseColumns.available, expendable: 3 },
    costColumn,
  ],
  rows: renewals.map((renewal): readonly Cell[] => [
    renewal.row.provider,
    renewal.label,
    renewal.end,
    daysBetween(dayText(report.generatedAt), renewal.end) ?? 'unknown',
    cancelText(renewal),
    { count: renewal.row.purchased },
    { count: renewal.row.available },
    costCell(renewal.row.cost),
  ]),
  currencies: currenciesOf(report),
})
