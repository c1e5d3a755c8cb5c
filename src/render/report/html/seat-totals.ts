import type { LicenseRow } from '../../../report/license-report.ts'

/** Seats over all licenses that tell how many were bought and how many are left. */
export interface SeatTotals {
  readonly bought: number
  readonly used: number
  readonly free: number
  /** In use beyond what was bought of their license: `bought + over = used + free`. */
  readonly over: number
  /** How many licenses tell it. */
  readonly licenses: number
}

/** Seats that are free in one license do not make up for those that are too many in another. */
export const seatTotals = (rows: readonly LicenseRow[]): SeatTotals => {
  const totals = { bought: 0, used: 0, free: 0, over: 0, licenses: 0 }
  for (const { purchased, available } of rows) {
    if (purchased.kind !== 'known' || available.kind !== 'known') continue
    totals.licenses += 1
    totals.bought += purchased.value
    totals.used += purchased.value - available.value
    totals.free += Math.max(0, available.value)
    totals.over += Math.max(0, -available.value)
  }
  return totals
}
