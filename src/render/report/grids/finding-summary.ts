import { type Count, leastOf, notApplicable } from '../../../model/count.ts'
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
import { acceptedGroups } from '../accepted-groups.ts'
import { currenciesOf } from '../shown-costs.ts'
import { isOpen, type ShownGroup, shownGroups } from '../shown-groups.ts'

/** What is at stake in several findings together. */
export interface Stake {
  readonly seats: Count
  readonly cost: Cost
}

/** What one rule has found, as people see it, and where it lacked data. The stake is that of the open findings. */
export interface RuleSummary extends Stake {
  readonly rule: FindingRule
  readonly open: readonly ShownGroup[]
  readonly accepted: readonly ShownGroup[]
  readonly abstentions: readonly Abstention[]
}

const seatsOf = (findings: readonly Finding[], gap: string | undefined): Count => {
  let sum = 0
  let reason = gap
  let isNumber = gap !== undefined
  for (const { seats } of findings) {
    if (seats.kind === 'notApplicable') continue
    isNumber = true
    sum += leastOf(seats) ?? 0
    if (seats.kind === 'unknown') reason ??= seats.reason
  }
  return isNumber ? counted(sum, reason) : notApplicable
}

const costOf = (findings: readonly Finding[], gap: string | undefined): Cost => {
  const tally = createCostTally('findings')
  if (gap !== undefined) tally.addGap(gap)
  for (const { cost } of findings) tally.add(cost)
  return tally.total()
}

/** `unknownCount`: how often the rule lacked data; each time, there may be more. */
export const stakeOf = (findings: readonly Finding[], unknownCount = 0): Stake => {
  const gap = unknownCount === 0 ? undefined : `the rule lacks data for ${numberText(unknownCount)}`
  return { seats: seatsOf(findings, gap), cost: costOf(findings, gap) }
}

/** The rules that have found something, or that lacked data. `groups`: those of the report, where they are at hand. */
export const ruleSummaries = (
  report: LicenseReport,
  groups: readonly ShownGroup[] = shownGroups(report),
): readonly RuleSummary[] => {
  const { findings = [], abstentions = [] } = report
  const byRule = ({ rule }: { readonly rule: FindingRule }) => rule
  const ofGroup = ({ group }: ShownGroup) => group.rule
  const [open, accepted] = [groupedBy(groups.filter(isOpen), ofGroup), groupedBy(acceptedGroups(groups), ofGroup)]
  const [found, abstained] = [groupedBy(findings, byRule), groupedBy(abstentions, byRule)]
  return findingRules.flatMap((rule) => {
    const [own = [], unknown = []] = [found.get(rule), abstained.get(rule)]
    if (own.length === 0 && unknown.length === 0) return []
    const openFindings = own.filter((finding) => finding.accepted === undefined)
    return [
      {
        rule,
        open: open.get(rule) ?? [],
        accepted: accepted.get(rule) ?? [],
        abstentions: unknown,
        ...stakeOf(openFindings, unknown.length),
      },
    ]
  })
}

/** For a report in which nothing was found; absent where something was. */
export const nothingFoundText = ({
  findings = [],
  abstentions = [],
}: Pick<LicenseReport, 'findings' | 'abstentions'>): string | undefined => {
  if (findings.length > 0) return undefined
  return abstentions.length === 0 ? 'Nothing was found.' : 'Nothing was found, but some rules lack data.'
}

const columns: readonly GridColumn[] = [
  { key: 'rule', heading: 'Rule', holds: 'text' },
  { key: 'findings', heading: 'Findings', holds: 'number' },
  { key: 'seats', heading: 'Seats', holds: 'count' },
  { key: 'accepted', heading: 'Accepted', holds: 'number', expendable: 1 },
  { key: 'unknown', heading: 'Unknown', holds: 'number', expendable: 2 },
  costColumn,
]

/** One row for each rule that has found something or lacked data. */
export const findingSummaryGrid = (report: LicenseReport, rules: readonly RuleSummary[]): Grid => ({
  columns,
  rows: rules.map(({ rule, open, accepted, abstentions, seats, cost }): readonly Cell[] => [
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
