import { type Count, leastOf, notApplicable } from '../../model/count.ts'
import { amountIn, mainCurrency } from '../cost/compare-costs.ts'
import { sumOfCosts } from '../cost/cost-tally.ts'
import { type Finding, type FindingGroup, findingRules } from '../license-report.ts'
import { counted } from '../uncertainty.ts'
import type { FoundGroup } from './finding-context.ts'

/** The sum of seats. Those of shared licenses are none. */
export const sumOfSeats = (findings: readonly Pick<Finding, 'seats'>[]): Count => {
  const seats = findings.map((finding) => finding.seats).filter(({ kind }) => kind !== 'notApplicable')
  if (seats.length === 0) return notApplicable
  const sum = seats.reduce((total, count) => total + (leastOf(count) ?? 0), 0)
  const gap = seats.find((count) => count.kind === 'unknown')
  return counted(sum, gap?.kind === 'unknown' ? gap.reason : undefined)
}

/** Certain amounts come before those of which only a part is known, and these before none. */
const doubtOf = ({ cost, seats }: FindingGroup): number =>
  (cost.kind === 'known' ? 0 : 2) + (seats.kind === 'unknown' ? 1 : 0)

const RULE_PLACES = new Map(findingRules.map((rule, place) => [rule, place]))

/** Open ones first; then by money, by certainty, by rule, and as they were found. */
const inOrder = (groups: readonly FindingGroup[]): readonly FindingGroup[] => {
  const currency = mainCurrency(groups.map(({ cost }) => cost))
  const placed = groups.map((group) => ({
    group,
    amount: amountIn(currency, group.cost),
    doubt: doubtOf(group),
    rule: RULE_PLACES.get(group.rule) ?? 0,
  }))
  const isAccepted = ({ group }: (typeof placed)[number]) => Number(group.accepted !== undefined)
  return placed
    .sort(
      (one, other) =>
        isAccepted(one) - isAccepted(other) ||
        other.amount - one.amount ||
        one.doubt - other.doubt ||
        one.rule - other.rule,
    )
    .map(({ group }) => group)
}

const groupOf = (message: string, [first, ...others]: FoundGroup['findings']): FindingGroup => {
  const findings = [first, ...others]
  const open = findings.filter(({ accepted }) => accepted === undefined)
  const counting = open.length === 0 ? findings : open
  const { rule, provider, userId, workspaceId, accounts, accepted } = first
  return {
    id: first.group ?? first.id,
    rule,
    message,
    provider,
    ...(userId === undefined ? {} : { userId }),
    ...(workspaceId === undefined ? {} : { workspaceId }),
    ...(accounts === undefined ? {} : { accounts }),
    findings: findings.map(({ id }) => id),
    seats: sumOfSeats(counting),
    cost: sumOfCosts(counting.map(({ cost }) => cost)),
    ...(open.length > 0 || accepted === undefined ? {} : { accepted }),
  }
}

/** What rules have found as people see it. The findings are those of the groups, with what accepts them. */
export const findingGroups = (found: readonly FoundGroup[]): readonly FindingGroup[] =>
  inOrder(found.map(({ message, findings }) => groupOf(message, findings)))
