import type { PlanHistory, SeatChange } from '../../contract/plan-history.ts'
import { groupedBy } from '../../model/grouped-by.ts'
import { momentOf } from '../../model/moment.ts'

/** A plan and the changes of it that its journals tell; of copies of a journal, each change once. */
export interface KnownPlan extends Pick<PlanHistory, 'name' | 'hash' | 'createdAt' | 'provider'> {
  readonly changes: readonly PlanChange[]
}

/** A change of a plan, with its times in milliseconds since 1970. */
export interface PlanChange extends Omit<SeatChange, 'from' | 'to'> {
  readonly plan: string
  readonly from: number
  /** It was made by then. Infinity: it was not seen to be made. */
  readonly to: number
}

/** The time that a change counts as made. */
export const timeOf = ({ state, from, to }: PlanChange): number => (state === 'made' ? to : from)

const timed = (plan: string, { from, to, ...change }: SeatChange): PlanChange => ({
  ...change,
  plan,
  from: momentOf(from) ?? 0,
  to: momentOf(to) ?? Number.POSITIVE_INFINITY,
})

const keyOf = ({ userId, licenseId, action, state, from, to, undo }: PlanChange): string =>
  JSON.stringify([userId, licenseId, action, state, from, to, undo === true])

/** Plans by their hashes: a copy of a journal adds nothing to it. */
export const knownPlans = (histories: readonly PlanHistory[]): readonly KnownPlan[] =>
  [...groupedBy(histories, ({ hash }) => hash).values()].map((copies) => {
    const [{ name, hash, createdAt, provider }] = copies
    const all = copies.flatMap(({ changes }) => changes.map((change) => timed(hash, change)))
    return { name, hash, createdAt, provider, changes: [...new Map(all.map((one) => [keyOf(one), one])).values()] }
  })

/** Between two readings, in milliseconds since 1970. */
export interface Between {
  readonly start: number
  readonly end: number
}

/**
 * Whether a change was made after the earlier reading and before the later one, or may have been: the vendor was asked in time,
 * and it was not seen to be made before. A change that is pending may come into force at any later time.
 */
export const isBetween = ({ state, from, to }: PlanChange, { start, end }: Between): boolean =>
  state === 'unknown' ? from > start && from < end : from < end && to > start
