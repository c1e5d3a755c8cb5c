import type { PlanHistory } from '../../contract/plan-history.ts'
import { unknown } from '../../model/count.ts'
import { groupedBy } from '../../model/grouped-by.ts'
import { sumOfCounts } from '../../model/purchase.ts'
import { sumOfCosts, unknownCost } from '../../report/cost/cost-tally.ts'
import type { SeatsAndCost } from '../../report/license-report.ts'
import { journalRemarks, type KnownJournals } from '../journals.ts'
import type { Snapshot } from '../read-snapshot.ts'
import { causeKey } from './attribute-seats.ts'
import type {
  Attributed,
  DiffAttribution,
  LicenseAttribution,
  MovedSeats,
  PlanAttribution,
  PlanCause,
  SeatsMoved,
} from './attribution.ts'
import { type Between, isBetween, type KnownPlan, knownPlans, type PlanChange, timeOf } from './plan-changes.ts'
import type { PassingChange } from './seat-causes.ts'
import type { ProviderDiff } from './snapshot-diff.ts'

const together = (parts: readonly SeatsAndCost[]): SeatsAndCost => ({
  seats: sumOfCounts(parts.map(({ seats }) => seats)),
  cost: sumOfCosts(parts.map(({ cost }) => cost)),
})

const movedTogether = (parts: readonly SeatsMoved[]): SeatsMoved => ({
  given: together(parts.map(({ given }) => given)),
  givenBack: together(parts.map(({ givenBack }) => givenBack)),
})

/** Plans that may explain what changed between two snapshots. */
export interface PlansBetween {
  /** Why nothing can be attributed; undefined where it can. */
  readonly impossible: string | undefined
  readonly between: Between
  readonly plans: readonly KnownPlan[]
  readonly nameOf: (plan: string) => string
  readonly changesIn: (provider: ProviderDiff) => readonly PlanChange[]
}

const PSEUDONYMOUS =
  'the snapshots are pseudonymized, so their users cannot be matched with those of journals; compare snapshots with real users'
const OTHER_WAY_ROUND = 'the first snapshot is not the earlier one; name the earlier one first'

const reasonNotToAttribute = (before: Snapshot, after: Snapshot): string | undefined => {
  if ([before, after].some(({ manifest }) => manifest.pseudonyms !== undefined)) return PSEUDONYMOUS
  return before.clock.now() < after.clock.now() ? undefined : OTHER_WAY_ROUND
}

export const plansBetween = (histories: readonly PlanHistory[], before: Snapshot, after: Snapshot): PlansBetween => {
  const plans = knownPlans(histories)
  const names = new Map(plans.map(({ hash, name }) => [hash, name]))
  return {
    impossible: reasonNotToAttribute(before, after),
    between: { start: before.clock.now(), end: after.clock.now() },
    plans,
    nameOf: (plan) => names.get(plan) ?? plan,
    changesIn: ({ id, vendor }) =>
      plans.flatMap(({ provider, changes }) => (provider.id === id && provider.vendor === vendor ? changes : [])),
  }
}

/** Why the plans of a provider explain nothing of what the snapshots show. */
const strangeIn =
  (providers: readonly ProviderDiff[]) =>
  ({ id, vendor }: PlanHistory['provider']): string | undefined => {
    const found = providers.find((provider) => provider.id === id && provider.vendor === vendor)
    if (found === undefined) return `it is of ${id} (${vendor}), which the snapshots do not have`
    return found.before === undefined || found.after === undefined
      ? `it is of ${id}, which only one of the snapshots has`
      : undefined
  }

const countMoved = (changes: readonly PlanChange[]): MovedSeats => ({
  given: changes.filter(({ action }) => action === 'assign').length,
  givenBack: changes.filter(({ action }) => action === 'remove').length,
})

const passingOf = (passing: readonly PassingChange[], fate: PassingChange['fate']): MovedSeats =>
  countMoved(passing.filter((one) => one.fate === fate).map(({ change }) => change))

const hasSeats = ({ given, givenBack }: MovedSeats): boolean => given + givenBack > 0

/** What was attributed of one provider. */
export interface ProviderAttribution {
  readonly licenses: readonly LicenseAttribution[]
  readonly passing: readonly PassingChange[]
}

/** Plans, and the undo of plans, in the order of their first changes between the snapshots. */
const causesIn = ({ plans, between }: PlansBetween): readonly (PlanCause & { readonly of: KnownPlan })[] => {
  const causes = plans.flatMap((of) =>
    [
      ...groupedBy(
        of.changes.filter((change) => isBetween(change, between)),
        causeKey,
      ).values(),
    ].map((changes) => ({
      cause: {
        name: of.name,
        plan: of.hash,
        ...(changes[0].undo === true ? { undo: true as const } : {}),
        of,
      },
      first: timeOf(changes[0]),
    })),
  )
  return causes.sort((one, other) => one.first - other.first).map(({ cause }) => cause)
}

const isInTime = ({ changes }: KnownPlan, between: Between): boolean =>
  changes.some((change) => isBetween(change, between) && (change.state !== 'pending' || change.from > between.start))

const isWhole = ({ given, givenBack }: SeatsMoved): boolean =>
  [given, givenBack].every(({ seats }) => seats.kind === 'known')

const isNone = ({ given, givenBack }: SeatsMoved): boolean =>
  [given, givenBack].every(({ seats }) => seats.kind === 'known' && seats.value === 0)

const untold = (reason: string): SeatsMoved => {
  const part = { seats: unknown(reason), cost: unknownCost(reason) }
  return { given: part, givenBack: part }
}

/** What everything comes to, over all licenses that do not come free with the organization. */
export const attributionOf = (
  known: PlansBetween,
  journals: KnownJournals,
  providers: readonly ProviderDiff[],
  attributed: readonly ProviderAttribution[],
): DiffAttribution => {
  const { impossible, plans, between } = known
  const strange = strangeIn(providers)
  const remarks = journalRemarks(journals, strange)
  const isDamaged = remarks.some(({ kind }) => kind === 'damaged')
  if (impossible !== undefined) {
    const part = untold(impossible)
    const parts = { others: part, cameAndLeft: part, unclear: part }
    return { impossible, complete: false, plans: [], ...parts, plansOutside: 0, journals: remarks }
  }
  const licenses = attributed.flatMap((provider) => provider.licenses).filter(({ free }) => free !== true)
  const passing = groupedBy(
    attributed.flatMap((provider) => provider.passing),
    ({ change }) => causeKey(change),
  )
  const parts = groupedBy(
    licenses.flatMap((license) => license.plans),
    causeKey,
  )
  const ofPlans = causesIn(known).flatMap(({ of, ...cause }): readonly PlanAttribution[] => {
    const key = causeKey(cause)
    const own = passing.get(key) ?? []
    const [didNotLast, undone, replaced] = [
      passingOf(own, 'didNotLast'),
      passingOf(own, 'undone'),
      passingOf(own, 'replaced'),
    ]
    const moved = movedTogether(parts.get(key) ?? [])
    if (!parts.has(key) && ![didNotLast, undone, replaced].some(hasSeats)) return []
    const { provider, createdAt } = of
    return [{ ...cause, provider: provider.id, createdAt, ...moved, didNotLast, undone, replaced }]
  })
  const sum = (part: keyof Omit<Attributed, 'plans'>) => movedTogether(licenses.map((license) => license[part]))
  const [others, cameAndLeft, unclear] = [sum('others'), sum('cameAndLeft'), sum('unclear')]
  return {
    complete: !isDamaged && isNone(unclear) && [...ofPlans, others, cameAndLeft].every(isWhole),
    plans: ofPlans,
    others,
    cameAndLeft,
    unclear,
    plansOutside: plans.filter((plan) => strange(plan.provider) === undefined && !isInTime(plan, between)).length,
    journals: remarks,
  }
}
