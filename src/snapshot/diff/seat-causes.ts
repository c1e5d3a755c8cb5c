import { groupedBy } from '../../model/grouped-by.ts'
import { type Between, isBetween, type PlanChange, timeOf } from './plan-changes.ts'

/** What changed one seat: a plan that its journal proves, or one that was sent for it and has no outcome. */
export interface SeatCause {
  readonly kind: 'plan' | 'unclear'
  readonly change: PlanChange
}

/** A change that was made between the snapshots and is no cause of what they show. */
export interface PassingChange {
  readonly change: PlanChange
  readonly fate: 'didNotLast' | 'undone' | 'replaced'
}

type Seat = Pick<PlanChange, 'userId' | 'licenseId'>

const seatKey = ({ userId, licenseId }: Seat): string => JSON.stringify([userId, licenseId])

const last = <A>(items: readonly A[]): A | undefined => items[items.length - 1]

const fateOf = (change: PlanChange, next: PlanChange): PassingChange['fate'] => {
  // The same once more: another hand had reversed the first one.
  if (next.action === change.action) return 'didNotLast'
  return next.undo === true && change.undo !== true && next.plan === change.plan ? 'undone' : 'replaced'
}

/** What plans changed between two snapshots, seat by seat. */
export interface SeatCauses {
  /** The cause of a change that the snapshots show; undefined where no journal explains it. */
  readonly causeOf: (seat: Seat, action: PlanChange['action']) => SeatCause | undefined
  /**
   * The changes that the snapshots do not show as such. `isHeld`: whether the later one shows the seat; undefined where it
   * cannot tell.
   */
  readonly passing: (isHeld: (seat: Seat) => boolean | undefined) => readonly PassingChange[]
}

export const seatCauses = (changes: readonly PlanChange[], between: Between): SeatCauses => {
  const inTime = changes.filter((change) => isBetween(change, between))
  const bySeat = groupedBy(
    [...inTime].sort((one, other) => timeOf(one) - timeOf(other)),
    seatKey,
  )
  const madeIn = (all: readonly PlanChange[]) => all.filter(({ state }) => state === 'made')
  return {
    causeOf: (seat, action) => {
      const all = bySeat.get(seatKey(seat)) ?? []
      // A pending change that is in force by now has come true.
      const settled = last(
        all.filter((one) => one.state === 'made' || (one.state === 'pending' && one.action === action)),
      )
      if (settled?.action === action) return { kind: 'plan', change: settled }
      const since = settled === undefined ? Number.NEGATIVE_INFINITY : timeOf(settled)
      const open = last(all.filter((one) => one.state === 'unknown' && one.action === action && one.from > since))
      return open === undefined ? undefined : { kind: 'unclear', change: open }
    },
    passing: (isHeld) =>
      [...bySeat.values()].flatMap((all) => {
        const made = madeIn(all)
        return made.flatMap((change, index): readonly PassingChange[] => {
          const next = made[index + 1]
          if (next !== undefined) return [{ change, fate: fateOf(change, next) }]
          // One that was seen to be made only after the later snapshot may have come after it.
          const held = change.to < between.end ? isHeld(change) : undefined
          return held === undefined || held === (change.action === 'assign') ? [] : [{ change, fate: 'didNotLast' }]
        })
      }),
  }
}
