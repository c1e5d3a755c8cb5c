import { type Count, known, unknown } from '../model/count.ts'
import { isWhole, type Ledger } from '../model/ledger.ts'

/** The ledger has all of them; a reason must stay readable. */
const MAX_GAPS_NAMED = 3

const MOVED = 'the list moved while it was read'

/**
 * Why a number counted from a list is not the whole number, or undefined where it is. With a license id, only what
 * can change that license's number counts.
 */
export const doubtOf = (ledger: Ledger, licenseId?: string): string | undefined => {
  const gaps = ledger.gaps.filter(
    (gap) => licenseId === undefined || gap.licenseId === undefined || gap.licenseId === licenseId,
  )
  const reasons = gaps.slice(0, MAX_GAPS_NAMED).map(({ what, reason }) => `${what}: ${reason}`)
  if (gaps.length > MAX_GAPS_NAMED) reasons.push(`and ${gaps.length - MAX_GAPS_NAMED} more gaps`)
  if (ledger.verdict === 'mismatch') reasons.push(MOVED)
  if (!isWhole(ledger) && ledger.gaps.length === 0 && reasons.length === 0) reasons.push('the list is not whole')
  return [...reasons, ...ledger.omits].join('; ') || undefined
}

/** A number counted from a list about which there may be a doubt. */
export const counted = (value: number, doubt: string | undefined): Count => {
  if (doubt === undefined) return known(value)
  return value > 0 ? unknown(doubt, value) : unknown(doubt)
}
