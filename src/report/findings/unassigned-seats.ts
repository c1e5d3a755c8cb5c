import { known } from '../../model/count.ts'
import type { LicenseRow } from '../license-report.ts'
import { isIgnored } from '../limits/judge-limits.ts'
import { holderIsSeat } from '../seats.ts'
import { abstain } from './abstain.ts'
import { createFinding } from './create-finding.ts'
import { type FindingContext, type Rule, type RuleResult, single } from './finding-context.ts'
import { originEvidence } from './origin-evidence.ts'
import { NOTHING, overLicenses } from './over-licenses.ts'

const RULE = 'unassigned-seats'

/** Why it is unknown how many seats are free; absent if it is known. */
const gapOf = ({ metric, purchased, available }: LicenseRow): string | undefined => {
  if (purchased.kind === 'unknown') return `purchased seats: ${purchased.reason}`
  if (!holderIsSeat(metric)) return `the license is ${metric}: what is free now may be needed in the next hour`
  return available.kind === 'unknown' ? `seats in use: ${available.reason}` : undefined
}

/** What is mapped to no license has no seats that a user could be given. */
const concerns = (row: LicenseRow): boolean => !row.boughtOnly && !isIgnored(row)

/** Purchased seats that are known to be not in use, without those that a limit keeps free. */
export const unassignedOf = (row: LicenseRow): number => {
  const { available, limits } = row
  if (available.kind !== 'known' || gapOf(row) !== undefined || !concerns(row)) return 0
  return Math.max(0, available.value - (limits?.keepFree ?? 0))
}

const judge = (row: LicenseRow, { costs, labels }: FindingContext): RuleResult => {
  const { provider, id: licenseId, purchased, available } = row
  if (purchased.kind === 'notApplicable' || purchased.kind === 'unlimited') return NOTHING
  const gap = gapOf(row)
  if (gap !== undefined) return { groups: [], abstentions: abstain(RULE, { provider, licenseId }, gap) }
  const keepFree = row.limits?.keepFree ?? 0
  // What is to be kept free is no waste.
  if (purchased.kind !== 'known' || available.kind !== 'known' || available.value <= keepFree) {
    return NOTHING
  }
  const inUse = purchased.value - available.value
  const kept = keepFree === 0 ? '' : `, and ${keepFree} of them are to be kept free`
  const finding = createFinding({
    rule: RULE,
    message: `${labels.labelOf(provider, licenseId)}: ${available.value} of ${purchased.value} purchased seats are not in use${kept}`,
    provider,
    licenseId,
    evidence: {
      purchased: purchased.value,
      inUse,
      ...(keepFree === 0 ? {} : { keepFree }),
      ...originEvidence(row),
    },
    seats: known(available.value - keepFree),
    cost: costs.ofDifference(row, purchased.value, inUse + keepFree),
  })
  return { groups: [single(finding)], abstentions: [] }
}

/** Purchased seats that are not in use, without those that a limit keeps free. */
export const unassignedSeats: Rule = overLicenses(RULE, ({ defined, row }) => defined && concerns(row), judge)
