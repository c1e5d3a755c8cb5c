import { known, unknown } from '../../model/count.ts'
import { unknownCost } from '../cost/cost-tally.ts'
import type { Cost, LicenseRow } from '../license-report.ts'
import { isIgnored } from '../limits/judge-limits.ts'
import { holderIsSeat, seatsInUse } from '../seats.ts'
import { abstain } from './abstain.ts'
import { createFinding } from './create-finding.ts'
import {
  type FindingContext,
  mergeResults,
  overProviders,
  type Rule,
  type RuleResult,
  single,
} from './finding-context.ts'
import { originEvidence } from './origin-evidence.ts'

const RULE = 'over-assigned'

const nothing: RuleResult = { groups: [], abstentions: [] }

/** It is certain that more is in use than was purchased. How much more may be unknown. */
const atLeast = (cost: Cost, reason: string): Cost => (cost.kind === 'known' ? unknownCost(reason, cost.amounts) : cost)

const judge = (row: LicenseRow, { costs, labels }: FindingContext): RuleResult => {
  const { provider, id: licenseId, metric, purchased } = row
  const abstained = (reason: string): RuleResult => ({
    groups: [],
    abstentions: abstain(RULE, { provider, licenseId }, reason),
  })
  if (purchased.kind === 'unknown') return abstained(`purchased seats: ${purchased.reason}`)
  if (purchased.kind !== 'known') return nothing
  const inUse = seatsInUse(row)
  if (inUse.kind === 'notApplicable') return nothing
  const used = inUse.kind === 'known' ? inUse.value : (inUse.atLeast ?? 0)
  const over = used - purchased.value
  if (over <= 0) {
    if (inUse.kind === 'known') return nothing
    return abstained(holderIsSeat(metric) ? inUse.reason : `the license is ${metric}; seats in use: ${inUse.reason}`)
  }
  const isExact = inUse.kind === 'known'
  const cost = costs.ofDifference(row, used, purchased.value)
  const finding = createFinding({
    rule: RULE,
    message: `${labels.labelOf(provider, licenseId)}: ${isExact ? '' : 'at least '}${used} in use, ${purchased.value} purchased`,
    provider,
    licenseId,
    evidence: { purchased: purchased.value, [isExact ? 'inUse' : 'inUseAtLeast']: used, ...originEvidence(row) },
    seats: isExact ? known(over) : unknown(inUse.reason, over),
    cost: isExact ? cost : atLeast(cost, inUse.reason),
  })
  return { groups: [single(finding)], abstentions: [] }
}

/** More seats are in use than were purchased. That can be certain although the list of holders has a gap. */
export const overAssigned: Rule = (context) =>
  overProviders(context, ({ id: provider, licenses, licensesGap }) =>
    mergeResults([
      { groups: [], abstentions: abstain(RULE, { provider }, licensesGap) },
      ...licenses.filter(({ defined, row }) => defined && !isIgnored(row)).map(({ row }) => judge(row, context)),
    ]),
  )
