import type { Cost, LicenseReport } from '../../../../report/license-report.ts'
import type { Cell, GridColumn } from '../../grid/grid.ts'

/** Every currency in which one of them is told, in the order of their codes. */
export const currenciesIn = (costs: Iterable<Cost | undefined>): readonly string[] => {
  const found = new Set<string>()
  for (const cost of costs) {
    if (cost === undefined || cost.kind === 'notApplicable') continue
    for (const { currency } of (cost.kind === 'known' ? cost.amounts : cost.atLeast) ?? []) found.add(currency)
  }
  return [...found].sort()
}

function* costsOf({ providers, licenses, users = [], cost }: LicenseReport): Generator<Cost | undefined> {
  for (const part of [...providers, ...licenses]) yield part.cost
  for (const user of users) yield user.cost
  for (const department of cost?.departments ?? []) yield department.cost
  yield cost?.total
}

/** Every currency in which something in the report costs something. */
export const currenciesOf = (report: LicenseReport): readonly string[] => currenciesIn(costsOf(report))

/** Of what things cost a month. Where nothing has a price, there is no such column. */
export const costColumn = (currencies: readonly string[]): readonly GridColumn[] =>
  currencies.length === 0 ? [] : [{ key: 'cost', heading: 'Cost a month', holds: 'cost' }]

/** What goes into it. */
export const costCell = (cost: Cost | undefined, currencies: readonly string[]): readonly Cell[] =>
  currencies.length === 0 ? [] : [cost === undefined ? '' : { cost }]
