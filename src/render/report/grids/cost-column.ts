import type { Cost, LicenseReport } from '../../../report/license-report.ts'
import type { Cell, GridColumn } from '../../grid/grid.ts'

/** Every currency in which something in the report has a price, whether or not any amount is known. */
export const currenciesOf = ({ cost }: LicenseReport): readonly string[] => cost?.currencies ?? []

/** Of what things cost a month. Where nothing has a price, there is no such column. */
export const costColumn = (currencies: readonly string[]): readonly GridColumn[] =>
  currencies.length === 0 ? [] : [{ key: 'cost', heading: 'Cost a month', holds: 'cost' }]

/** What goes into it. */
export const costCell = (cost: Cost | undefined, currencies: readonly string[]): readonly Cell[] =>
  currencies.length === 0 ? [] : [cost === undefined ? '' : { cost }]
