import type { LicenseReport } from '../../../report/license-report.ts'
import type { Cell, Grid } from '../../grid/grid.ts'
import { costCell, costColumn } from '../../grid/grid.ts'
import { currenciesOf } from '../shown-costs.ts'
import { factsOfPeople } from '../shown-people.ts'

/** How many people have a license, in several providers and in pairs of them, and what those cost who are paid for twice. */
export const peopleGrid = (report: LicenseReport, heading: string, allIn: string): Grid => {
  const facts = factsOfPeople(report, allIn)
  return {
    columns: [
      { key: 'what', heading, holds: 'text', minimum: 24, wraps: true },
      { key: 'people', heading: 'People', holds: 'count' },
      costColumn,
    ],
    rows: facts.map(({ what, count, cost }): readonly Cell[] => [what, { count }, costCell(cost)]),
    currencies: facts.some(({ cost }) => cost !== undefined) ? currenciesOf(report) : [],
  }
}
