import { quantity } from '../../model/quantity.ts'
import { sumOfCosts, unknownCost } from '../cost/cost-tally.ts'
import type { Cost, LicenseRow } from '../license-report.ts'
import { abstain } from './abstain.ts'
import { createFinding } from './create-finding.ts'
import { type FindingContext, type KnownProvider, overProviders, type Rule, single } from './finding-context.ts'

const RULE = 'undefined-license'

/** What the seats of all holders of these licenses cost. */
const costsOf = (
  { id: provider, holders, holdersGap }: KnownProvider,
  rows: readonly LicenseRow[],
  { costs }: FindingContext,
): ReadonlyMap<string, Cost> => {
  const gaps = holdersGap === undefined ? [] : [unknownCost(holdersGap)]
  const seats = new Map<string, Cost[]>(rows.map(({ id }) => [id, [...gaps]]))
  for (const { id: userId, licenseIds } of seats.size === 0 ? [] : holders) {
    for (const licenseId of licenseIds) seats.get(licenseId)?.push(costs.ofHolder(provider, licenseId, userId))
  }
  return new Map([...seats].map(([id, all]) => [id, sumOfCosts(all)]))
}

const heldText = ({ assigned }: LicenseRow): string => {
  if (assigned.kind === 'known') return quantity(assigned.value, 'holder')
  return assigned.kind === 'unknown' && assigned.atLeast !== undefined
    ? `at least ${quantity(assigned.atLeast, 'holder')}`
    : 'an unknown number of holders'
}

const messageOf = (row: LicenseRow, label: string): string =>
  row.declaredOnly
    ? `${label}: it has overrides, but the vendor does not define it; check its id`
    : `${label}: held by ${heldText(row)}, but the vendor defines no such license`

/** Licenses that are held or have overrides, and that the vendor does not define. */
export const undefinedLicense: Rule = (context) =>
  overProviders(context, (provider) => {
    const { id, licenses, licensesGap, holdersGap } = provider
    const abstentions = abstain(RULE, { provider: id }, licensesGap, holdersGap)
    // It may be among the definitions that could not be read.
    if (licensesGap !== undefined) return { groups: [], abstentions }
    const rows = licenses.filter(({ defined }) => !defined).map(({ row }) => row)
    const costs = costsOf(provider, rows, context)
    return {
      groups: rows.map((row) =>
        single(
          createFinding({
            rule: RULE,
            message: messageOf(row, context.labels.labelOf(id, row.id)),
            provider: id,
            licenseId: row.id,
            evidence: row.assigned.kind === 'known' ? { holders: row.assigned.value } : {},
            seats: row.assigned,
            cost: costs.get(row.id) ?? { kind: 'notApplicable' },
          }),
        ),
      ),
      abstentions,
    }
  })
