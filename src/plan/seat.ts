import type { PlannedChange } from './plan.ts'

type Seat = Pick<PlannedChange, 'userId' | 'licenseId'>

/** One license of one user, whatever becomes of it. */
export const keyOfSeat = ({ userId, licenseId }: Seat): string => JSON.stringify([userId, licenseId])

/** One license of one user, given or taken. */
export const keyOfChange = ({ action, userId, licenseId }: Seat & Pick<PlannedChange, 'action'>): string =>
  JSON.stringify([action, userId, licenseId])

/** Things by what they have in common, in the order in which that first occurs. */
export const groupedBy = <A>(items: Iterable<A>, keyOf: (item: A) => string): ReadonlyMap<string, readonly A[]> => {
  const groups = new Map<string, A[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}
