import { known, leastOf, unknown } from '../../model/count.ts'
import { leastCost, unknownCost } from '../cost/cost-tally.ts'
import type { Cost, LicenseRow } from '../license-report.ts'
import { isIgnored } from '../limits/judge-limits.ts'
import { holderIsSeat, seatsInUse } from '../seats.ts'
import { abstain } from './abstain.ts'
import { createFinding } from './create-finding.ts'
import { type FindingContext, type Rule, type RuleResult, single } from './finding-context.ts'
import { originEvidence } from './origin-evidence.ts'
import { NOTHING, overLicenses } from './over-licenses.ts'

const RULE = 'over-assigned'

/**
 * What the seats beyond the purchased ones cost. Where a bill counts the seats in use, the others are not billed, however
 * many are held; and those that are may have a price of their own.
 */
const costOver = (row: LicenseRow, purchased: number, used: number, { costs }: FindingContext): Cost => {
  const { consumed, consumedFrom, overagePrices = [] } = row
  if (consumedFrom === undefined) return costs.ofDifference(row, used, purchased)
  if (consumed.kind === 'unknown') return unknownCost(`billed seats: ${consumed.reason}`)
  const billed = Math.max(purchased, leastOf(consumed) ?? 0)
  return billed > purchased && overagePrices.length > 0
    ? unknownCost('the contract has another price for seats beyond the purchased ones')
    : costs.ofDifference(row, billed, purchased)
}

const judge = (row: LicenseRow, context: FindingContext): RuleResult => {
  const { labels } = context
  const { provider, id: licenseId, metric, purchased } = row
  const abstained = (reason: string): RuleResult => ({
    groups: [],
    abstentions: abstain(RULE, { provider, licenseId }, reason),
  })
  if (purchased.kind === 'unknown') return abstained(`purchased seats: ${purchased.reason}`)
  if (purchased.kind !== 'known') return NOTHING
  const inUse = seatsInUse(row)
  if (inUse.kind === 'notApplicable') return NOTHING
  const used = inUse.kind === 'known' ? inUse.value : (inUse.atLeast ?? 0)
  const over = used - purchased.value
  if (over <= 0) {
    if (inUse.kind === 'known') return NOTHING
    return abstained(holderIsSeat(metric) ? inUse.reason : `the license is ${metric}; seats in use: ${inUse.reason}`)
  }
  const isExact = inUse.kind === 'known'
  const cost = costOver(row, purchased.value, used, context)
  const finding = createFinding({
    rule: RULE,
    message: `${labels.labelOf(provider, licenseId)}: ${isExact ? '' : 'at least '}${used} in use, ${purchased.value} purchased`,
    provider,
    licenseId,
    evidence: { purchased: purchased.value, [isExact ? 'inUse' : 'inUseAtLeast']: used, ...originEvidence(row) },
    seats: isExact ? known(over) : unknown(inUse.reason, over),
    cost: isExact ? cost : leastCost(cost, inUse.reason),
  })
  return { groups: [single(finding)], abstentions: [] }
}

/** More seats are in use than were purchased. That can be certain although the list of holders has a gap. */
export const overAssigned: Rule = overLicenses(RULE, ({ defined, row }) => defined && !isIgnored(row), judge)
