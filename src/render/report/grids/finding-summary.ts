import { type Count, notApplicable } from '../../../model/count.ts'
import { groupedBy } from '../../../model/grouped-by.ts'
import { numberText } from '../../../model/quantity.ts'
import { createCostTally } from '../../../report/cost/cost-tally.ts'
import {
  type Abstention,
  type Cost,
  type Finding,
  type FindingRule,
  findingRules,
  type LicenseReport,
} from '../../../report/license-report.ts'
import { counted } from '../../../report/uncertainty.ts'
import type { Cell, Grid, GridColumn } from '../../grid/grid.ts'
import { costCell, costColumn } from '../../grid/grid.ts'
import { currenciesOf } from '../shown-costs.ts'

/** What findings come to, together. */
export interface Stake {
  readonly seats: Count
  readonly cost: Cost
}

/** What one rule has found that nobody has accepted, and what it could not look into. */
export interface RuleSummary extends Stake {
  readonly rule: FindingRule
  readonly open: readonly Finding[]
  readonly accepted: readonly Finding[]
  readonly abstentions: readonly Abstention[]
}

const seatsOf = (findings: readonly Finding[], doubt: string | undefined): Count => {
  let sum = 0
  let reason = doubt
  let isNumber = doubt !== undefined
  for (const { seats } of findings) {
    if (seats.kind === 'notApplicable') continue
    isNumber = true
    sum += (seats.kind === 'known' ? seats.value : seats.atLeast) ?? 0
    if (seats.kind === 'unknown') reason ??= seats.reason
  }
  return isNumber ? counted(sum, reason) : notApplicable
}

const costOf = (findings: readonly Finding[], doubt: string | undefined): Cost => {
  const tally = createCostTally('findings')
  if (doubt !== undefined) tally.addGap(doubt)
  for (const { cost } of findings) tally.add(cost)
  return tally.total()
}

/** `notLookedInto`: how many things the rule could say nothing of, each of which may come to more. */
export const stakeOf = (findings: readonly Finding[], notLookedInto = 0): Stake => {
  const doubt = notLookedInto === 0 ? undefined : `${numberText(notLookedInto)} could not be looked into`
  return { seats: seatsOf(findings, doubt), cost: costOf(findings, doubt) }
}

type Found = Pick<LicenseReport, 'findings' | 'abstentions'>

/** The rules that have found something, or that could not look into everything. */
export const ruleSummaries = ({ findings = [], abstentions = [] }: Found): readonly RuleSummary[] =>
  findingRules.flatMap((rule) => {
    const found = findings.filter((finding) => finding.rule === rule)
    const abstained = abstentions.filter((abstention) => abstention.rule === rule)
    if (found.length === 0 && abstained.length === 0) return []
    const open = found.filter(({ accepted }) => accepted === undefined)
    const accepted = found.filter((finding) => finding.accepted !== undefined)
    return [{ rule, open, accepted, abstentions: abstained, ...stakeOf(open, abstained.length) }]
  })

/** For a report in which nothing was found; absent where something was. */
export const nothingFoundText = ({ findings = [], abstentions = [] }: Found): string | undefined => {
  if (findings.length > 0) return undefined
  return abstentions.length === 0 ? 'Nothing was found.' : 'Nothing was found in what could be looked into.'
}

const columns: readonly GridColumn[] = [
  { key: 'rule', heading: 'Rule', holds: 'text' },
  { key: 'findings', heading: 'Findings', holds: 'number' },
  { key: 'seats', heading: 'Seats', holds: 'count' },
  { key: 'accepted', heading: 'Accepted', holds: 'number' },
  { key: 'notLookedInto', heading: 'Not looked into', holds: 'number' },
  costColumn,
]

/** One row for each rule that has found something or could not look into everything. */
export const findingSummaryGrid = (report: LicenseReport): Grid => ({
  columns,
  rows: ruleSummaries(report).map(({ rule, open, accepted, abstentions, seats, cost }): readonly Cell[] => [
    rule,
    open.length,
    { count: seats },
    accepted.length,
    abstentions.length,
    costCell(cost),
  ]),
  currencies: currenciesOf(report),
})

/** Abstentions of one rule in one provider for one reason: it may be the same for a thousand licenses. */
export const abstentionGroups = (
  abstentions: readonly Abstention[],
): readonly (readonly [Abstention, ...Abstention[]])[] => [
  ...groupedBy(abstentions, ({ rule, provider, reason }) => JSON.stringify([rule, provider, reason])).values(),
]
