import { quantity } from '../model/quantity.ts'
import { brakeOf, brakeText, removalsOf } from './brake.ts'
import type { Plan } from './plan.ts'
import type { PlanFailure } from './plan-failure.ts'
import { invalidProtections, type ProtectedSeat } from './protected-seat.ts'

/** What whoever has a plan carried out says of it. */
export interface ApplyPermissions {
  /**
   * So many seats may be taken away. Without it a plan that takes away more than 10 seats and more than a fifth of the
   * holders of any license is not carried out, see {@link brakeOf}; a swap takes one seat away.
   */
  readonly maxRemovals?: number | undefined
  /** Seats that must not be changed: a plan that would is not carried out. Default: none. */
  readonly protected?: readonly ProtectedSeat[] | undefined
}

const brakeFailures = (plan: Plan, maxRemovals: number | undefined): readonly PlanFailure[] => {
  const removals = removalsOf(plan)
  const brake = brakeOf(plan)
  const isAllowed = maxRemovals === undefined ? brake === undefined : removals <= maxRemovals
  if (isAllowed) return []
  const what = brake === undefined ? `the plan takes away ${quantity(removals, 'seat')}` : brakeText(brake)
  const limit =
    maxRemovals === undefined ? 'to carry it out, allow that many with maxRemovals' : `${maxRemovals} are allowed`
  return [
    {
      _tag: 'Brake',
      removals,
      ...(maxRemovals === undefined ? {} : { maxRemovals }),
      ...(brake === undefined ? {} : { brake }),
      message: `${what}; ${limit}`,
    },
  ]
}

/** Why a plan may not be carried out, whatever its provider says. */
export const refusalsOf = (
  plan: Plan,
  { maxRemovals, protected: guards = [] }: ApplyPermissions,
): readonly PlanFailure[] => [...invalidProtections(guards), ...brakeFailures(plan, maxRemovals)]
