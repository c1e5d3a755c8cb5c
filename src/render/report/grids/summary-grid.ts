import { notApplicable } from '../../../model/count.ts'
import type { Cost, LicenseReport } from '../../../report/license-report.ts'
import { problemsOfReport } from '../../../report/report-problems.ts'
import type { Cell, Grid } from '../../grid/grid.ts'
import { NO_DEPARTMENT } from '../department-costs.ts'
import { shownOverlaps } from '../shown-overlaps.ts'
import { costCell, costColumn, currenciesOf } from './cost-column.ts'
import { ruleSummaries } from './finding-summary.ts'

interface Fact {
  readonly about: string
  readonly what: string
  /** Absent where the fact is what something costs. */
  readonly value?: Cell
  readonly cost?: Cost | undefined
}

const costed = (about: string, cost: Cost | undefined): readonly Fact[] =>
  cost === undefined ? [] : [{ about, what: 'what was bought costs', cost }]

function* factsOfPeople(report: LicenseReport): Generator<Fact> {
  const { people } = report
  const { shown, others } = shownOverlaps(report)
  const about = 'People with a license'
  yield { about, what: 'in total', value: { count: people.total } }
  yield { about, what: 'in several providers', value: { count: people.inSeveralProviders } }
  yield { about, what: 'without e-mail address', value: { count: people.withoutEmail } }
  yield { about, what: 'external', value: { count: people.external } }
  for (const { providers, people: shared, paid, cost } of shown) {
    const both = providers.join(' and ')
    yield { about, what: `in both ${both}`, value: { count: shared } }
    if (paid !== undefined) yield { about, what: `paid for in both ${both}`, value: { count: paid }, cost }
  }
  for (const { text, people: inBoth = notApplicable } of others) yield { about, what: text, value: { count: inBoth } }
}

function* factsOfFindings(report: LicenseReport): Generator<Fact> {
  for (const { rule, open, accepted, abstentions, seats, cost } of ruleSummaries(report)) {
    const about = `Findings: ${rule}`
    yield { about, what: 'open', value: open.length, cost }
    yield { about, what: 'seats at stake', value: { count: seats } }
    if (accepted.length > 0) yield { about, what: 'accepted', value: accepted.length }
    if (abstentions.length > 0) yield { about, what: 'not looked into', value: abstentions.length }
  }
}

function* factsOf(report: LicenseReport): Generator<Fact> {
  const { generatedAt, complete, providers, cost } = report
  yield { about: 'Report', what: 'complete', value: complete ? 'yes' : 'no' }
  for (const problem of problemsOfReport(report)) yield { about: 'Missing', what: problem }
  yield { about: 'Report', what: 'made at', value: { time: generatedAt } }
  yield* costed('Report', cost?.total)
  for (const provider of providers) {
    const about = `${provider.displayName} (${provider.id})`
    yield { about, what: 'status', value: provider.status }
    yield { about, what: 'licensed users', value: { count: provider.licensedUsers } }
    yield* costed(about, provider.cost)
  }
  yield* factsOfPeople(report)
  yield* factsOfFindings(report)
  for (const { department = NO_DEPARTMENT, cost: ofDepartment } of cost?.departments ?? []) {
    yield { about: `Department: ${department}`, what: 'seats that people hold cost', cost: ofDepartment }
  }
}

const withoutCosts = ({ cost: _, providers, ...report }: LicenseReport): LicenseReport => ({
  ...report,
  providers: providers.map(({ cost: __, ...provider }) => provider),
})

function* rowsOf(report: LicenseReport, currencies: readonly string[]): Generator<readonly Cell[]> {
  // Where nothing has a price, nothing is said of cost.
  for (const { about, what, value = '', cost } of factsOf(currencies.length > 0 ? report : withoutCosts(report))) {
    yield [about, what, value, ...costCell(cost, currencies)]
  }
}

/** What there is to know at a glance, one fact a row. */
export const summaryGrid = (report: LicenseReport): Grid => {
  const currencies = currenciesOf(report)
  return {
    columns: [
      { key: 'about', heading: 'About', holds: 'text' },
      { key: 'what', heading: 'What', holds: 'text' },
      { key: 'value', heading: 'Value', holds: 'count' },
      ...costColumn(currencies),
    ],
    rows: rowsOf(report, currencies),
    currencies,
  }
}
