import { known, unknown } from '../../model/count.ts'
import { leastCost } from '../cost/cost-tally.ts'
import type { LicenseRow } from '../license-report.ts'
import { isIgnored } from '../limits/judge-limits.ts'
import { holderIsSeat, seatsInUse } from '../seats.ts'
import { abstain } from './abstain.ts'
import { createFinding } from './create-finding.ts'
import { type FindingContext, type Rule, type RuleResult, single } from './finding-context.ts'
import { originEvidence } from './origin-evidence.ts'
import { NOTHING, overLicenses } from './over-licenses.ts'

const RULE = 'over-assigned'

const judge = (row: LicenseRow, { costs, labels }: FindingContext): RuleResult => {
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
  const cost = costs.ofDifference(row, used, purchased.value)
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
