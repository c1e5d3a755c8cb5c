import { known } from '../../../model/count.ts'
import type { Cost, LicenseReport } from '../../../report/license-report.ts'
import { problemsOfReport } from '../../../report/report-problems.ts'
import type { Cell, Grid, GridColumn } from '../../grid/grid.ts'
import { costCell, costColumn } from '../../grid/grid.ts'
import { configurationLinesOf } from '../../notices.ts'
import { actionsOf } from '../actions.ts'
import { cancelText, KEPT_FREE, renewalsAhead, SAVINGS, savingParts, unknownLines } from '../overview.ts'
import { currenciesOf, NO_DEPARTMENT } from '../shown-costs.ts'
import { factsOfPeople } from '../shown-people.ts'
import { ruleSummaries } from './finding-summary.ts'

interface Fact {
  readonly about: string
  readonly what: string
  /** Absent where the fact is what something costs. */
  readonly value?: Cell
  readonly cost?: Cost | undefined
}

const costed = (about: string, cost: Cost | undefined): readonly Fact[] =>
  cost === undefined ? [] : [{ about, what: 'cost of what was purchased', cost }]

/** What to read first, as in the other formats. */
function* factsOfOverview(report: LicenseReport): Generator<Fact> {
  for (const { field, title } of SAVINGS) {
    const saving = report.savings?.[field]
    for (const { when, seats, cost } of saving === undefined ? [] : savingParts(saving)) {
      yield {
        about: 'Can be saved',
        what: when === undefined ? title : `${title}: ${when}`,
        value: { count: seats },
        cost,
      }
    }
  }
  const { keptFree } = report.savings ?? {}
  if (keptFree !== undefined) yield { about: 'Can be saved', what: KEPT_FREE, value: { count: known(keptFree) } }
  for (const [index, { provider, what, how, seats, cost }] of actionsOf(report).entries()) {
    const about = `Action ${index + 1}`
    yield { about, what: `${provider}: ${what}`, value: { count: seats }, cost }
    // In a row of its own, a long text has all of the room beside it.
    yield { about, what: how }
  }
  for (const [index, renewal] of renewalsAhead(report).entries()) {
    const about = `Renewal ${index + 1}`
    const { row, label, end } = renewal
    yield { about, what: `${row.provider}: ${label}`, value: { count: row.purchased }, cost: row.cost }
    yield { about, what: `ends ${end}, cancel by ${cancelText(renewal)}` }
  }
  for (const what of unknownLines(report)) yield { about: 'Unknown', what }
}

function* factsOfFindings(report: LicenseReport): Generator<Fact> {
  for (const { rule, open, accepted, abstentions, seats, cost } of ruleSummaries(report)) {
    const about = `Findings: ${rule}`
    yield { about, what: 'open', value: open.length, cost }
    yield { about, what: 'seats at stake', value: { count: seats } }
    if (accepted.length > 0) yield { about, what: 'accepted', value: accepted.length }
    if (abstentions.length > 0) yield { about, what: 'unknown', value: abstentions.length }
  }
}

function* factsOf(report: LicenseReport, allIn: string): Generator<Fact> {
  const { generatedAt, complete, providers, cost } = report
  yield { about: 'Report', what: 'complete', value: complete ? 'yes' : 'no' }
  for (const problem of problemsOfReport(report)) yield { about: 'Missing', what: problem }
  for (const line of configurationLinesOf(report)) yield { about: 'Configuration', what: line }
  yield { about: 'Report', what: 'made at', value: { time: generatedAt } }
  yield* factsOfOverview(report)
  yield* costed('Report', cost?.total)
  for (const provider of providers) {
    const about = `${provider.displayName} (${provider.id})`
    yield { about, what: 'status', value: provider.status }
    yield { about, what: 'licensed users', value: { count: provider.licensedUsers } }
    yield* costed(about, provider.cost)
  }
  for (const { what, count, cost: shared } of factsOfPeople(report, allIn)) {
    yield { about: 'People with a license', what, value: { count }, cost: shared }
  }
  yield* factsOfFindings(report)
  for (const { department = NO_DEPARTMENT, cost: ofDepartment } of cost?.departments ?? []) {
    yield { about: `Department: ${department}`, what: 'cost of the seats that people hold', cost: ofDepartment }
  }
}

const withoutCosts = ({ cost: _, providers, ...report }: LicenseReport): LicenseReport => ({
  ...report,
  providers: providers.map(({ cost: __, ...provider }) => provider),
})

function* rowsOf(report: LicenseReport, allIn: string): Generator<readonly Cell[]> {
  // Where nothing has a price, there is no row of costs.
  const isPriced = currenciesOf(report).length > 0
  for (const { about, what, value = '', cost } of factsOf(isPriced ? report : withoutCosts(report), allIn)) {
    yield [about, what, value, costCell(cost)]
  }
}

const columns: readonly GridColumn[] = [
  { key: 'about', heading: 'About', holds: 'text' },
  { key: 'what', heading: 'What', holds: 'text' },
  { key: 'value', heading: 'Value', holds: 'count' },
  costColumn,
]

/** The report at a glance, one fact a row. */
export const summaryGrid = (report: LicenseReport, allIn: string): Grid => ({
  columns,
  rows: rowsOf(report, allIn),
  currencies: currenciesOf(report),
})
