import type { LicenseRow } from '../../../report/license-report.ts'

/** Seats over all licenses of which it is known how many were purchased and how many are available. */
export interface SeatTotals {
  readonly purchased: number
  readonly used: number
  readonly free: number
  /** In use beyond what was purchased of their license: `purchased + over = used + free`. */
  readonly over: number
  /** How many licenses they are of. */
  readonly licenses: number
}

/** Free seats of one license do not make up for too few of another. What is mapped to no license has no seats that are held. */
export const seatTotals = (rows: readonly LicenseRow[]): SeatTotals => {
  const totals = { purchased: 0, used: 0, free: 0, over: 0, licenses: 0 }
  for (const { purchased, available, boughtOnly } of rows) {
    if (boughtOnly || purchased.kind !== 'known' || available.kind !== 'known') continue
    totals.licenses += 1
    totals.purchased += purchased.value
    totals.used += purchased.value - available.value
    totals.free += Math.max(0, available.value)
    totals.over += Math.max(0, -available.value)
  }
  return totals
}
