import { createCostTally } from '../../report/cost/cost-tally.ts'
import type { Cost } from '../../report/license-report.ts'
import { addChanges, costChanges } from './cost-change.ts'
import { differenceOfCosts, type LicenseCost } from './license-cost.ts'
import type { CostComparison, CostDiff, ProviderCostDiff, UnknownCostChange } from './snapshot-diff.ts'

export interface CostedLicense {
  readonly id: string
  readonly name: string
  readonly before: LicenseCost
  readonly after: LicenseCost
}

/** What the licenses of one provider cost in both snapshots. */
export interface ProviderCosts {
  readonly provider: string
  readonly licenses: readonly CostedLicense[]
  /** The gaps of the lists of licenses: why a snapshot may lack some. */
  readonly gaps: { readonly before?: string | undefined; readonly after?: string | undefined }
  /** Why nothing of the provider can be compared. */
  readonly incomparable?: string
}

type Side = 'before' | 'after'

const isUnknown = ({ before, after }: CostedLicense): boolean =>
  before.cost.kind === 'unknown' || after.cost.kind === 'unknown'

const isFree = ({ before, after }: CostedLicense): boolean =>
  before.cost.kind === 'notApplicable' && after.cost.kind === 'notApplicable'

/** Where any license may be missing from the list, that is said once, and not of each that the other snapshot has. */
const costsOn = (side: Side, { licenses, gaps }: ProviderCosts): readonly Cost[] =>
  licenses
    .map((license) => license[side])
    .filter(({ isListed }) => isListed || gaps[side] === undefined)
    .map(({ cost }) => cost)

const sumOf = (costs: readonly Cost[], gaps: readonly string[]): Cost => {
  const tally = createCostTally('licenses')
  for (const cost of costs) tally.add(cost)
  for (const gap of gaps) tally.addGap(gap)
  return tally.total()
}

const providerSum = (side: Side, costs: ProviderCosts): Cost => {
  const gap = costs.gaps[side]
  return sumOf(costsOn(side, costs), gap === undefined ? [] : [gap])
}

const totalSum = (side: Side, all: readonly ProviderCosts[]): Cost => {
  const partial = all.filter(({ gaps }) => gaps[side] !== undefined).map(({ provider }) => provider)
  return sumOf(
    all.flatMap((costs) => costsOn(side, costs)),
    partial.length === 0 ? [] : [`not all licenses of ${partial.join(', ')} are known`],
  )
}

const compared = (before: Cost, after: Cost, licenses: readonly CostedLicense[]): CostComparison => {
  const notCompared = licenses.filter(isUnknown).length
  return {
    before,
    after,
    difference: differenceOfCosts(before, after),
    compared: licenses.length - notCompared - licenses.filter(isFree).length,
    notCompared,
  }
}

const changesOf = (licenses: readonly CostedLicense[]): ProviderCostDiff['changes'] =>
  costChanges(
    licenses
      .filter((license) => !isUnknown(license))
      .map(({ before, after }) => ({ before: before.priced, after: after.priced })),
  )

const providerDiff = (costs: ProviderCosts): ProviderCostDiff => ({
  provider: costs.provider,
  ...compared(providerSum('before', costs), providerSum('after', costs), costs.licenses),
  changes: changesOf(costs.licenses),
})

const reasonsOf = ({ before, after }: CostedLicense): string => {
  const reasons = [before.cost, after.cost].flatMap((cost) => (cost.kind === 'unknown' ? [cost.reason] : []))
  return [...new Set(reasons)].join('; ')
}

const unknownOf = ({ provider, licenses, incomparable }: ProviderCosts): readonly UnknownCostChange[] =>
  incomparable === undefined
    ? licenses
        .filter(isUnknown)
        .map((license) => ({ provider, id: license.id, name: license.name, reason: reasonsOf(license) }))
    : [{ provider, reason: incomparable }]

/** What everything costs in each snapshot, and what the licenses that are known in both cost more or less. */
export const compareCosts = (all: readonly ProviderCosts[]): CostDiff => {
  const providers = all.map(providerDiff)
  return {
    ...compared(
      totalSum('before', all),
      totalSum('after', all),
      all.flatMap(({ licenses }) => licenses),
    ),
    total: addChanges(providers.flatMap(({ changes }) => changes)),
    providers,
    unknown: all.flatMap(unknownOf),
  }
}
