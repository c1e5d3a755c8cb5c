import type { Capacity } from '../../../../model/count.ts'
import type { Cost, LicenseReport } from '../../../../report/license-report.ts'
import type { Cell, Grid, GridColumn } from '../../grid/grid.ts'
import { problemsOfReport } from '../report-problems.ts'
import { currenciesOf } from './cost-column.ts'
import { ruleSummaries } from './finding-summary.ts'

const columns: readonly GridColumn[] = [
  { key: 'about', heading: 'About', holds: 'text' },
  { key: 'what', heading: 'What', holds: 'text' },
  { key: 'value', heading: 'Value', holds: 'count' },
  { key: 'cost', heading: 'Cost a month', holds: 'cost' },
]

const counted = (about: string, what: string, count: Capacity, cost?: Cost): readonly Cell[] => [
  about,
  what,
  { count },
  cost === undefined ? '' : { cost },
]

const costed = (about: string, cost: Cost | undefined): readonly (readonly Cell[])[] =>
  cost === undefined ? [] : [[about, 'what was bought costs', '', { cost }]]

function* rowsOf(report: LicenseReport): Generator<readonly Cell[]> {
  const { generatedAt, complete, providers, people, overlaps = [], findings = [], cost } = report
  yield ['Report', 'complete', complete ? 'yes' : 'no', '']
  for (const problem of problemsOfReport(report)) yield ['Missing', problem, '', '']
  yield ['Report', 'made at', { time: generatedAt }, '']
  yield* costed('Report', cost?.total)
  for (const provider of providers) {
    const about = `${provider.displayName} (${provider.id})`
    yield [about, 'status', provider.status, '']
    yield counted(about, 'licensed users', provider.licensedUsers)
    yield* costed(about, provider.cost)
  }
  yield counted('People with a license', 'in total', people.total)
  yield counted('People with a license', 'in several providers', people.inSeveralProviders)
  yield counted('People with a license', 'without e-mail address', people.withoutEmail)
  yield counted('People with a license', 'external', people.external)
  for (const overlap of overlaps) {
    const both = overlap.providers.join(' and ')
    yield counted('People with a license', `in both ${both}`, overlap.people)
    if (overlap.paid !== undefined) {
      yield counted('People with a license', `paid for in both ${both}`, overlap.paid, overlap.cost)
    }
  }
  for (const { rule, open, accepted, seats, cost: ofRule } of ruleSummaries(findings)) {
    yield [`Findings: ${rule}`, 'open', open.length, { cost: ofRule }]
    yield counted(`Findings: ${rule}`, 'seats at stake', seats)
    if (accepted.length > 0) yield [`Findings: ${rule}`, 'accepted', accepted.length, '']
  }
  for (const { department = 'no department named', cost: ofDepartment } of cost?.departments ?? []) {
    yield [`Department: ${department}`, 'seats that people hold cost', '', { cost: ofDepartment }]
  }
}

const withoutCosts = ({ cost: _, providers, ...report }: LicenseReport): LicenseReport => ({
  ...report,
  providers: providers.map(({ cost: __, ...provider }) => provider),
})

/** What there is to know at a glance, one fact a row. */
export const summaryGrid = (report: LicenseReport): Grid => {
  const currencies = currenciesOf(report)
  const withCost = currencies.length > 0
  // Where nothing has a price, nothing is said of cost.
  const rows = rowsOf(withCost ? report : withoutCosts(report))
  return { columns: withCost ? columns : columns.slice(0, -1), rows, currencies }
}
