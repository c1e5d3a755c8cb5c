import type { PlanHistory } from '../contract/plan-history.ts'
import { groupedBy } from '../model/grouped-by.ts'
import type { MovedSeats } from './diff/attribution.ts'
import { knownPlans, type PlanChange, timeOf } from './diff/plan-changes.ts'

/** What a plan, or the undo of one, changed between two snapshots that follow each other, by its journal. */
export interface TrendPlan extends MovedSeats {
  /** What people call the plan. */
  readonly name: string
  /** The hash of the plan. */
  readonly plan: string
  /** Its changes were taken back. Absent: they were made. */
  readonly undo?: true | undefined
  readonly provider: string
  /** The place of the last snapshot before its changes. The next one is the first after them. */
  readonly after: number
  /** When the first and the last of these changes was made. ISO 8601 in UTC. */
  readonly from: string
  readonly to: string
  /** Each license that it changed, by its id. */
  readonly licenses: readonly (MovedSeats & { readonly id: string })[]
}

const movedBy = (changes: readonly PlanChange[]): MovedSeats => ({
  given: changes.filter(({ action }) => action === 'assign').length,
  givenBack: changes.filter(({ action }) => action === 'remove').length,
})

const iso = (time: number): string => new Date(time).toISOString()

/** The place of the last snapshot before a time, of those that another one follows. */
const placeOf = (time: number, times: readonly number[]): number | undefined => {
  const next = times.findIndex((one) => time < one)
  return next > 0 ? next - 1 : undefined
}

/**
 * Plans by the snapshots that they were applied between, in the order of time. `times`: of the snapshots, in milliseconds. What
 * was made before the first snapshot or after the last one, and what has no outcome, is left out.
 */
export const trendPlans = (histories: readonly PlanHistory[], times: readonly number[]): readonly TrendPlan[] => {
  const found = knownPlans(histories).flatMap(({ name, hash, provider, changes }) => {
    const placed = changes.flatMap((change) => {
      const after = change.state === 'unknown' ? undefined : placeOf(timeOf(change), times)
      return after === undefined ? [] : [{ change, after }]
    })
    const groups = groupedBy(placed, ({ change, after }) => JSON.stringify([after, change.undo === true]))
    return [...groups.values()].map((group): TrendPlan => {
      const own = group.map(({ change }) => change)
      const made = own.map(timeOf).sort((one, other) => one - other)
      const [{ after, change }] = group
      const byLicense = groupedBy(own, ({ licenseId }) => licenseId)
      return {
        name,
        plan: hash,
        ...(change.undo === true ? { undo: true } : {}),
        provider: provider.id,
        after,
        from: iso(made[0] ?? 0),
        to: iso(made.at(-1) ?? 0),
        ...movedBy(own),
        licenses: [...byLicense].map(([id, ofLicense]) => ({ id, ...movedBy(ofLicense) })),
      }
    })
  })
  return found.sort((one, other) => (one.from < other.from ? -1 : one.from > other.from ? 1 : 0))
}
