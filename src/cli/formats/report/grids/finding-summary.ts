import type { Count } from '../../../../model/count.ts'
import { known, notApplicable, unknown } from '../../../../model/count.ts'
import { createCostTally } from '../../../../report/cost/cost-tally.ts'
import { type Cost, type Finding, type FindingRule, findingRules } from '../../../../report/license-report.ts'
import type { Grid } from '../../grid/grid.ts'
import { costCell, costColumn, currenciesIn } from './cost-column.ts'

/** What one rule has found that nobody has accepted. */
export interface RuleSummary {
  readonly rule: FindingRule
  readonly open: readonly Finding[]
  readonly accepted: readonly Finding[]
  /** At stake in what is open. */
  readonly seats: Count
  readonly cost: Cost
}

const seatsOf = (findings: readonly Finding[]): Count => {
  let sum = 0
  let reason: string | undefined
  let isNumber = false
  for (const { seats } of findings) {
    if (seats.kind === 'notApplicable') continue
    isNumber = true
    sum += (seats.kind === 'known' ? seats.value : seats.atLeast) ?? 0
    if (seats.kind === 'unknown') reason ??= seats.reason
  }
  if (!isNumber) return notApplicable
  return reason === undefined ? known(sum) : unknown(reason, sum)
}

const costOf = (findings: readonly Finding[]): Cost => {
  const tally = createCostTally('findings')
  for (const { cost } of findings) tally.add(cost)
  return tally.total()
}

/** The rules that have found something. */
export const ruleSummaries = (findings: readonly Finding[]): readonly RuleSummary[] =>
  findingRules.flatMap((rule) => {
    const found = findings.filter((finding) => finding.rule === rule)
    if (found.length === 0) return []
    const open = found.filter(({ accepted }) => accepted === undefined)
    const accepted = found.filter((finding) => finding.accepted !== undefined)
    return [{ rule, open, accepted, seats: seatsOf(open), cost: costOf(open) }]
  })

/** One row for each rule that has found something. */
export const findingSummaryGrid = (findings: readonly Finding[]): Grid => {
  const summaries = ruleSummaries(findings)
  const currencies = currenciesIn(summaries.map(({ cost }) => cost))
  return {
    columns: [
      { key: 'rule', heading: 'Rule', holds: 'text' },
      { key: 'findings', heading: 'Findings', holds: 'number' },
      { key: 'seats', heading: 'Seats', holds: 'count' },
      { key: 'accepted', heading: 'Accepted', holds: 'number' },
      ...costColumn(currencies),
    ],
    rows: summaries.map(({ rule, open, accepted, seats, cost }) => [
      rule,
      open.length,
      { count: seats },
      accepted.length,
      ...costCell(cost, currencies),
    ]),
    currencies,
  }
}
