import { known, leastOf, unknown } from '../../model/count.ts'
import { numberText } from '../../model/quantity.ts'
import { leastCost } from '../cost/cost-tally.ts'
import type { LicenseRow } from '../license-report.ts'
import { abstain } from './abstain.ts'
import { createFinding } from './create-finding.ts'
import { type FindingContext, type Rule, type RuleResult, single } from './finding-context.ts'
import { originEvidence } from './origin-evidence.ts'
import { NOTHING, overLicenses } from './over-licenses.ts'

const RULE = 'billed-not-held'

const judge = (row: LicenseRow, { costs, labels }: FindingContext): RuleResult => {
  const { provider, id: licenseId, metric, consumed, consumedFrom, assigned } = row
  // Of metered use, more is billed than there are holders.
  if (consumedFrom === undefined || metric === 'consumption') return NOTHING
  if (consumed.kind === 'notApplicable' || assigned.kind === 'notApplicable') return NOTHING
  const billed = leastOf(consumed) ?? 0
  const held = leastOf(assigned) ?? 0
  if (assigned.kind === 'unknown') {
    if (consumed.kind === 'known' && billed <= held) return NOTHING
    return { groups: [], abstentions: abstain(RULE, { provider, licenseId }, `holders: ${assigned.reason}`) }
  }
  const isExact = consumed.kind === 'known'
  if (billed <= held) {
    if (isExact) return NOTHING
    return { groups: [], abstentions: abstain(RULE, { provider, licenseId }, `billed seats: ${consumed.reason}`) }
  }
  const cost = costs.ofDifference(row, billed, held)
  const finding = createFinding({
    rule: RULE,
    message: `${labels.labelOf(provider, licenseId)}: ${isExact ? '' : 'at least '}${numberText(billed)} billed, ${numberText(held)} held`,
    provider,
    licenseId,
    evidence: { [isExact ? 'billed' : 'billedAtLeast']: billed, held, ...originEvidence(row) },
    seats: isExact ? known(billed - held) : unknown(consumed.reason, billed - held),
    cost: isExact ? cost : leastCost(cost, consumed.reason),
  })
  return { groups: [single(finding)], abstentions: [] }
}

/** More seats are billed than are held: those who had one in the billing period have given it back, or the bill is wrong. */
export const billedNotHeld: Rule = overLicenses(RULE, ({ defined, row }) => defined && !row.boughtOnly, judge)
