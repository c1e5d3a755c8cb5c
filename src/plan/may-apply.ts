import { quantity } from '../model/quantity.ts'
import { brakeOf, brakeText, removalsOf } from './brake.ts'
import type { Plan } from './plan.ts'
import type { PlanFailure } from './plan-failure.ts'
import type { ProtectedSeat } from './protected-seat.ts'

/** What the caller who applies a plan allows and forbids. */
export interface ApplyPermissions {
  /**
   * The most seats that may be taken away; a swap takes one away. Default: a plan that takes away more than 10 seats, and
   * more than a fifth of the holders of any license, is not applied: see {@link brakeOf}.
   */
  readonly maxRemovals?: number | undefined
  /** Seats that must not be changed. A plan that would change one is not applied. Default: none. */
  readonly protected?: readonly ProtectedSeat[] | undefined
}

/** Why a plan may not be applied, whatever its provider says. */
export const refusalsOf = (plan: Plan, { maxRemovals }: ApplyPermissions): readonly PlanFailure[] => {
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
