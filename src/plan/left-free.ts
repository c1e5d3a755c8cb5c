import type { PlannedChange, PlannedLicense } from './plan.ts'

/** Changes that leave no more seats free than are wanted, and those that were left out. */
export interface LeftFree {
  readonly changes: readonly PlannedChange[]
  /** So many seats of their licenses are free without them. */
  readonly notNeeded: number
  /** It is not known how many seats of their licenses are free. */
  readonly untold: number
}

/**
 * Takes seats because of findings, in their order, until `keepFree` seats of the license are free. Where that is not known,
 * none is taken. `seats`: the licenses before and after all of these changes.
 */
export const leftFree = (
  changes: readonly PlannedChange[],
  seats: readonly PlannedLicense[],
  keepFree: number,
): LeftFree => {
  const freed = new Map<string, number>()
  for (const { finding, licenseId, action } of changes) {
    if (finding === undefined) freed.set(licenseId, (freed.get(licenseId) ?? 0) + (action === 'assign' ? -1 : 1))
  }
  /** How many seats are to be taken; undefined where that is not known. */
  const left = new Map(
    seats.map(({ id, available: { before } }) => [
      id,
      // What the other changes do is done in any case.
      before.kind === 'known' ? keepFree - (before.value + (freed.get(id) ?? 0)) : undefined,
    ]),
  )
  const counts = { notNeeded: 0, untold: 0 }
  const kept = changes.filter(({ finding, licenseId }) => {
    if (finding === undefined) return true
    const more = left.get(licenseId)
    if (more === undefined) counts.untold++
    else if (more <= 0) counts.notNeeded++
    else left.set(licenseId, more - 1)
    return more !== undefined && more > 0
  })
  return { changes: kept, ...counts }
}
