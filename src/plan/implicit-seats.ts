import type { ImplicitLoss } from './journal.ts'
import type { ImplicitEffect } from './journal-entry.ts'
import type { Plan } from './plan.ts'
import type { ImplicitSeat } from './plan-result.ts'
import { keyOfSeat } from './seat.ts'

/**
 * What the vendor changed implicitly, each seat once: in this run, and what users lost in earlier runs and do not hold
 * again.
 */
export const implicitSeats = (
  { changes }: Plan,
  besides: readonly ImplicitEffect[],
  stillLost: readonly ImplicitLoss[],
): readonly ImplicitSeat[] => {
  if (besides.length === 0 && stillLost.length === 0) return []
  const people = new Map(changes.map(({ userId, user }) => [userId, user]))
  const seats = new Map<string, ImplicitSeat>()
  const add = (userId: string, seat: Omit<ImplicitSeat, 'userId' | 'user'>) =>
    seats.set(keyOfSeat({ userId, ...seat }), { userId, user: people.get(userId) ?? userId, ...seat })
  for (const { userId, licenseId, license } of stillLost) add(userId, { licenseId, license, effect: 'lost' })
  for (const { userId, lost, gained } of besides) {
    for (const license of lost) add(userId, { ...license, effect: 'lost' })
    for (const license of gained) add(userId, { ...license, effect: 'gained' })
  }
  return [...seats.values()]
}
