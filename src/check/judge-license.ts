import type { Count, KnownCount } from '../model/count.ts'
import type { LicenseRow } from '../report/license-report.ts'
import { seatsInUse } from '../report/seats.ts'
import { isAboveShare } from './allowed-seats.ts'

/** Whether a license keeps a limit; undefined where the limit does not apply to it. */
export type Judgment =
  | {
      readonly verdict: 'passed' | 'breached' | 'unknown'
      readonly message: string
      /** What the verdict rests on, where that is known. */
      readonly inUse?: Count
      readonly purchased?: KnownCount
    }
  | undefined

/** The numbers to compare; with a gap, `inUse` is the least that is certain. */
interface Counted {
  readonly purchased: number
  readonly inUse: number
  readonly gap: string | undefined
}

interface Assessment {
  readonly breached: boolean
  readonly message: string
}

/** In percent, with as many decimals as it takes to see on which side of the limit it is. */
const percentText = (inUse: number, purchased: number, limit: number): string => {
  const percent = (inUse / purchased) * 100
  const rounded = [1, 2, 4, 8].map((decimals) => Math.round(percent * 10 ** decimals) / 10 ** decimals)
  const isAbove = isAboveShare(inUse, purchased, limit)
  return String(rounded.find((value) => value > limit === isAbove) ?? percent)
}

const assessUtilization = ({ purchased, inUse, gap }: Counted, limit: number): Assessment => {
  const least = gap === undefined ? '' : 'at least '
  const used =
    purchased === 0
      ? `${least}${inUse} in use and none purchased, at most ${limit} % allowed`
      : `${least}${percentText(inUse, purchased, limit)} % in use, at most ${limit} % allowed (${least}${inUse} of ${purchased} seats)`
  return { breached: isAboveShare(inUse, purchased, limit), message: used }
}

const assessAvailable = ({ purchased, inUse, gap }: Counted, limit: number): Assessment => {
  const [least, most] = gap === undefined ? ['', ''] : ['at least ', 'at most ']
  const available = purchased - inUse
  return {
    breached: available < limit,
    message: `${most}${available} available, at least ${limit} expected (${least}${inUse} of ${purchased} seats in use)`,
  }
}

/** Compares a license with a limit. With a gap, it may be known that the limit is breached, never that it is kept. */
const judge = (row: LicenseRow, assess: (seats: Counted) => Assessment): Judgment => {
  const { metric, purchased, consumed, assigned } = row
  if (purchased.kind === 'unknown') {
    return { verdict: 'unknown', message: `purchased seats: ${purchased.reason}` }
  }
  const inUse = seatsInUse(metric, consumed, assigned)
  if (purchased.kind !== 'known' || inUse.kind === 'notApplicable') return undefined
  const gap = inUse.kind === 'known' ? undefined : inUse.reason
  const least = inUse.kind === 'known' ? inUse.value : (inUse.atLeast ?? 0)
  const unknown: Judgment =
    gap === undefined ? undefined : { verdict: 'unknown', message: `seats in use: ${gap}`, inUse, purchased }
  // No limit applies where nothing is purchased and nothing in use.
  if (purchased.value === 0 && least === 0) return unknown
  const { breached, message } = assess({ purchased: purchased.value, inUse: least, gap })
  if (breached) return { verdict: 'breached', message, inUse, purchased }
  return unknown ?? { verdict: 'passed', message, inUse, purchased }
}

/** `limit` in percent; if nothing is purchased, any seat in use is too many. */
export const judgeUtilization = (row: LicenseRow, limit: number): Judgment =>
  judge(row, (seats) => assessUtilization(seats, limit))

/** `limit` in seats. */
export const judgeAvailable = (row: LicenseRow, limit: number): Judgment =>
  judge(row, (seats) => assessAvailable(seats, limit))
