import { type Count, known, unknown } from '../model/count.ts'
import { type Ledger, shortfallsOf } from '../model/ledger.ts'

/**
 * Why a number counted from a list is not the whole number, or undefined where it is. With a license id, only what
 * can change that license's number counts.
 */
export const doubtOf = (ledger: Ledger, licenseId?: string): string | undefined =>
  [...shortfallsOf(ledger, licenseId), ...ledger.omits].join('; ') || undefined

/** A number counted from a list about which there may be a doubt. */
export const counted = (value: number, doubt: string | undefined): Count => {
  if (doubt === undefined) return known(value)
  return value > 0 ? unknown(doubt, value) : unknown(doubt)
}
