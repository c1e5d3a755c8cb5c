import type { LicenseReport } from '../../../report/license-report.ts'
import type { Grid, GridColumn } from '../../grid/grid.ts'
import type { RowAccount, RowOptions } from '../../rows/row-options.ts'
import { rowAccountLines } from '../../rows/row-texts.ts'
import { selectGrid } from '../../rows/select-grid.ts'
import { gridOf } from '../grids/grid-of.ts'
import { layoutColumns } from '../grids/layout-columns.ts'
import { userGrid } from '../grids/user-grid.ts'
import type { ReportLayout, ReportView } from '../render-report.ts'

/** The rows of a report that are asked for. */
export interface ReportRows {
  readonly grid: Grid
  readonly account: RowAccount
  /** What was left out, one line each. */
  readonly told: readonly string[]
  /** What the rows are, as a heading. */
  readonly title: string
}

/** What a row is called, and a heading above the rows. */
const WORDS: Readonly<Record<ReportLayout, readonly [title: string, one: string, many?: string]>> = {
  license: ['Licenses', 'license'],
  user: ['People', 'person', 'people'],
  assignment: ['Seats', 'seat'],
  purchase: ['Purchases', 'purchase'],
  group: ['Groups', 'group'],
  finding: ['Findings', 'finding'],
  organization: ['Products of organizations', 'row'],
}

/** Above the rows of a provider, its name need not be in each of them; here it does. */
const withProvider = (grid: Grid): Grid => ({
  ...grid,
  columns: grid.columns.map((column): GridColumn => {
    if (column.key !== 'provider') return column
    const { only: _only, ...forAll } = column
    return forAll
  }),
})

const TOTALS = 'All other numbers are of everything, not of these rows.'

/** Of all columns, for any reader: a filter asks the same of a row in every format. */
export const reportRows = (report: LicenseReport, view: ReportView, options: RowOptions): ReportRows => {
  const { layout } = view
  const makeGrid = () => (layout === 'user' ? userGrid(report, 'both') : withProvider(gridOf(report, view, 'machines')))
  const { grid, account, unmet } = selectGrid(makeGrid, layoutColumns(layout), options)
  const [title, ...words] = WORDS[layout]
  const lines = rowAccountLines(account, words, unmet)
  return { grid, account, title, told: lines.length === 0 ? [] : [...lines, TOTALS] }
}
