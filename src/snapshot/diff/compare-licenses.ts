import { type Capacity, type Count, known, leastOf, notApplicable, unknown } from '../../model/count.ts'
import type { Pricing } from '../../report/cost/pricing.ts'
import type { Cost, LicenseRow } from '../../report/license-report.ts'
import type { SeatAttribution } from './attribute-seats.ts'
import type { LicenseAttribution, SeatsMoved } from './attribution.ts'
import { compareContracts } from './compare-contracts.ts'
import type { CostedLicense } from './compare-costs.ts'
import { compareHolders } from './compare-holders.ts'
import { compareLicenseCost, licenseCost } from './license-cost.ts'
import { gapOfLicense, type ProviderSide } from './provider-side.ts'
import type { CapacityDiff, LicenseCostDiff, LicenseDiff } from './snapshot-diff.ts'

const differenceOf = (before: Capacity, after: Capacity): Count => {
  const reasons = [before, after].flatMap((side) => (side.kind === 'unknown' ? [side.reason] : []))
  if (reasons.length > 0) return unknown([...new Set(reasons)].join('; '))
  if (before.kind === 'known' && after.kind === 'known') return known(after.value - before.value)
  return before.kind === after.kind && before.kind === 'unlimited' ? known(0) : notApplicable
}

/** A side without the license has no seats of it; if a gap may hide the license, the number is unknown. */
const compareCounts = (
  before: Capacity | undefined,
  after: Capacity | undefined,
  reason: string | undefined,
): CapacityDiff => {
  const absent = reason === undefined ? known(0) : unknown(reason)
  return {
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    difference: differenceOf(before ?? absent, after ?? absent),
  }
}

interface Sides {
  readonly before?: Capacity | Cost | undefined
  readonly after?: Capacity | Cost | undefined
}

/** Unknown before and unknown after is no change. */
const isSame = ({ before, after }: Sides): boolean =>
  (before?.kind === 'unknown' && after?.kind === 'unknown') || JSON.stringify(before) === JSON.stringify(after)

/** A license that is in one of the snapshots at least. */
interface ComparedLicense {
  readonly costed: CostedLicense
  /** Undefined where nothing changed. */
  readonly diff: LicenseDiff | undefined
  /** Undefined where nothing is to be attributed. */
  readonly attribution: LicenseAttribution | undefined
}

const changeOf = (
  old: LicenseRow | undefined,
  now: LicenseRow | undefined,
  gap: string | undefined,
): LicenseDiff['change'] => {
  if (gap !== undefined) return 'unknown'
  if (old === undefined) return 'added'
  return now === undefined ? 'removed' : 'changed'
}

/** A license in both snapshots, in one of which it may be missing. */
interface Versions {
  readonly old: LicenseRow | undefined
  readonly now: LicenseRow | undefined
  /** The one to name it by. */
  readonly row: LicenseRow
  /** Why it is unknown whether it came or went. */
  readonly gap: string | undefined
}

const costedOf = ({ old, now, row, gap }: Versions, before: Pricing, after: Pricing): CostedLicense => ({
  id: row.id,
  name: row.name,
  before: licenseCost(old, gap, before),
  after: licenseCost(now, gap, after),
})

const isNone = ({ given, givenBack }: SeatsMoved): boolean =>
  [given, givenBack].every(({ seats }) => (leastOf(seats) ?? 0) === 0)

/** Not so where as many seats came as went. */
const nothingMoved = ({ plans, others, cameAndLeft, unclear }: LicenseAttribution): boolean =>
  [...plans, others, cameAndLeft, unclear].every(isNone)

/** What there is to say of a license beside its numbers. */
interface Details {
  readonly holders: LicenseDiff['holders']
  readonly assigned: CapacityDiff
  /** Undefined where there are no prices. */
  readonly cost: LicenseCostDiff | undefined
  /** Undefined where nothing is to be attributed. */
  readonly attribution: LicenseAttribution | undefined
}

const diffOf = (
  { old, now, row, gap }: Versions,
  { holders, assigned, cost, attribution }: Details,
): LicenseDiff | undefined => {
  const { provider, id, name, siteUrl, subscriptionId } = row
  const change = changeOf(old, now, gap)
  const amounts = {
    purchased: compareCounts(old?.purchased, now?.purchased, gap),
    consumed: compareCounts(old?.consumed, now?.consumed, gap),
    assigned,
    ...(cost === undefined ? {} : { cost }),
  }
  const contract = compareContracts(old, now)
  const isUnchanged =
    change === 'changed' &&
    old?.name === name &&
    Object.values(amounts).every(isSame) &&
    Object.keys(contract).length === 0 &&
    [holders.in, holders.out, holders.undecided].every((people) => people.length === 0) &&
    (attribution === undefined || nothingMoved(attribution))
  if (isUnchanged) return undefined
  return {
    provider,
    id,
    name,
    change,
    ...(gap === undefined ? {} : { reason: gap }),
    ...(old === undefined || old.name === name ? {} : { formerName: old.name }),
    ...(siteUrl === undefined ? {} : { siteUrl }),
    ...(subscriptionId === undefined ? {} : { subscriptionId }),
    ...amounts,
    ...contract,
    holders,
    ...(attribution === undefined ? {} : { attribution }),
  }
}

/** Every license of one provider, as it was and as it is. `attributed`: whose changes they are, where plans are known. */
export const compareLicenses = (
  before: ProviderSide,
  after: ProviderSide,
  hasPrices: boolean,
  attributed: SeatAttribution | undefined,
): readonly ComparedLicense[] => {
  const holdersOf = compareHolders(before.holders, after.holders)
  return [...new Map([...after.rows, ...before.rows])].map(([id, row]) => {
    const [old, now] = [before.rows.get(id), after.rows.get(id)]
    const versions = { old, now, row: now ?? row, gap: gapOfLicense(id, before, after) }
    const costed = costedOf(versions, before.pricing, after.pricing)
    const cost = hasPrices ? compareLicenseCost(costed.before, costed.after) : undefined
    const holders = holdersOf(id)
    const assigned = compareCounts(old?.assigned, now?.assigned, versions.gap)
    const attribution = attributed?.ofLicense(id, holders, assigned)
    return { costed, diff: diffOf(versions, { holders, assigned, cost, attribution }), attribution }
  })
}
