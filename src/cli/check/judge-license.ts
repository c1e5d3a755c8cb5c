import type { Count } from '../../model/count.ts'
import type { LicenseRow } from '../../report/license-report.ts'
import { seatsInUse } from '../../report/seats.ts'

/** How a license stands to a limit; undefined where the limit means nothing for it. */
export type Judgement = { readonly verdict: 'passed' | 'breached' | 'unknown'; readonly message: string } | undefined

/** Seats in use, also of those that are shared: there, what the counter does not tell is not known rather than no question. */
const inUseOf = ({ metric, consumed, assigned }: LicenseRow): Count => {
  const inUse = seatsInUse(metric, consumed, assigned)
  return inUse.kind === 'notApplicable' && consumed.kind === 'unknown' ? consumed : inUse
}

/** What there is to judge. */
type Seats =
  | { readonly kind: 'counted'; readonly bought: number; readonly inUse: number; readonly doubt: string | undefined }
  | { readonly kind: 'unknown'; readonly reason: string }
  /** Limits mean nothing here. */
  | { readonly kind: 'notApplicable' }

const seatsOf = (row: LicenseRow): Seats => {
  const { purchased } = row
  if (purchased.kind === 'unknown') {
    return { kind: 'unknown', reason: `how many were bought is not known: ${purchased.reason}` }
  }
  const inUse = inUseOf(row)
  if (purchased.kind !== 'known' || inUse.kind === 'notApplicable') return { kind: 'notApplicable' }
  const bought = purchased.value
  return inUse.kind === 'known'
    ? { kind: 'counted', bought, inUse: inUse.value, doubt: undefined }
    : { kind: 'counted', bought, inUse: inUse.atLeast ?? 0, doubt: inUse.reason }
}

/** What could be read may be enough to know that a limit is breached, never that it is kept. */
const verdictOf = (breached: boolean, doubt: string | undefined, message: string): Judgement => {
  if (breached) return { verdict: 'breached', message: doubt === undefined ? message : `at least ${message}` }
  if (doubt === undefined) return { verdict: 'passed', message }
  return { verdict: 'unknown', message: `how many are in use is not known: ${doubt}` }
}

/** In percent; of nothing bought, any seat in use is too many. */
export const judgeUtilization = (row: LicenseRow, maxUtilization: number): Judgement => {
  const seats = seatsOf(row)
  if (seats.kind === 'notApplicable') return undefined
  if (seats.kind === 'unknown') return { verdict: 'unknown', message: seats.reason }
  const { bought, inUse, doubt } = seats
  if (bought === 0 && inUse === 0 && doubt === undefined) return undefined
  const share = bought === 0 ? '' : ` (${Math.round((inUse / bought) * 1_000) / 10} %)`
  // Not by dividing: 7 of 100 are 7 %, and no more.
  return verdictOf(inUse * 100 > maxUtilization * bought, doubt, `${inUse} of ${bought} in use${share}`)
}

export const judgeAvailable = (row: LicenseRow, minAvailable: number): Judgement => {
  const seats = seatsOf(row)
  if (seats.kind === 'notApplicable') return undefined
  if (seats.kind === 'unknown') return { verdict: 'unknown', message: seats.reason }
  const { bought, inUse, doubt } = seats
  return verdictOf(bought - inUse < minAvailable, doubt, `${inUse} of ${bought} in use`)
}
