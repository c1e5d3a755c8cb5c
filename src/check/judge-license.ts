import type { Count, KnownCount } from '../model/count.ts'
import type { LicenseRow } from '../report/license-report.ts'
import { seatsInUse } from '../report/seats.ts'
import { isAboveShare } from './allowed-seats.ts'

/** How a license stands to a limit; undefined where the limit means nothing for it. */
export type Judgment =
  | {
      readonly verdict: 'passed' | 'breached' | 'unknown'
      readonly message: string
      /** What the verdict rests on, as far as there was anything. */
      readonly inUse?: Count
      readonly purchased?: KnownCount
    }
  | undefined

/** Seats in use, also of those that are shared: there, what the counter does not tell is not known rather than no question. */
const inUseOf = ({ metric, consumed, assigned }: LicenseRow): Count => {
  const inUse = seatsInUse(metric, consumed, assigned)
  return inUse.kind === 'notApplicable' && consumed.kind === 'unknown' ? consumed : inUse
}

/** What there is to judge; `inUse` is the least that is certain where there is a doubt. */
interface Counted {
  readonly bought: number
  readonly inUse: number
  readonly doubt: string | undefined
}

interface Assessment {
  readonly breached: boolean
  readonly message: string
}

/** In percent, with as many decimals as it takes to see on which side of the limit it is. */
const percentText = (inUse: number, bought: number, limit: number): string => {
  const percent = (inUse / bought) * 100
  const rounded = [1, 2, 4, 8].map((decimals) => Math.round(percent * 10 ** decimals) / 10 ** decimals)
  const isAbove = isAboveShare(inUse, bought, limit)
  return String(rounded.find((value) => value > limit === isAbove) ?? percent)
}

const assessUtilization = ({ bought, inUse, doubt }: Counted, limit: number): Assessment => {
  const least = doubt === undefined ? '' : 'at least '
  const used =
    bought === 0
      ? `${least}${inUse} in use and none bought, at most ${limit} % allowed`
      : `${least}${percentText(inUse, bought, limit)} % in use, at most ${limit} % allowed (${least}${inUse} of ${bought} seats)`
  return { breached: isAboveShare(inUse, bought, limit), message: used }
}

const assessAvailable = ({ bought, inUse, doubt }: Counted, limit: number): Assessment => {
  const [least, most] = doubt === undefined ? ['', ''] : ['at least ', 'at most ']
  const available = bought - inUse
  return {
    breached: available < limit,
    message: `${most}${available} available, at least ${limit} expected (${least}${inUse} of ${bought} seats in use)`,
  }
}

/** Holds a license against a limit. What could be read may be enough to know that it is breached, never that it is kept. */
const judge = (row: LicenseRow, assess: (seats: Counted) => Assessment): Judgment => {
  const { purchased } = row
  if (purchased.kind === 'unknown') {
    return { verdict: 'unknown', message: `how many were bought is not known: ${purchased.reason}` }
  }
  const inUse = inUseOf(row)
  if (purchased.kind !== 'known' || inUse.kind === 'notApplicable') return undefined
  const doubt = inUse.kind === 'known' ? undefined : inUse.reason
  const least = inUse.kind === 'known' ? inUse.value : (inUse.atLeast ?? 0)
  const unknown: Judgment =
    doubt === undefined
      ? undefined
      : { verdict: 'unknown', message: `how many are in use is not known: ${doubt}`, inUse, purchased }
  // Of what nobody bought and nobody uses, no limit says anything.
  if (purchased.value === 0 && least === 0) return unknown
  const { breached, message } = assess({ bought: purchased.value, inUse: least, doubt })
  if (breached) return { verdict: 'breached', message, inUse, purchased }
  return unknown ?? { verdict: 'passed', message, inUse, purchased }
}

/** `limit` in percent; of nothing bought, any seat in use is too many. */
export const judgeUtilization = (row: LicenseRow, limit: number): Judgment =>
  judge(row, (seats) => assessUtilization(seats, limit))

/** `limit` in seats. */
export const judgeAvailable = (row: LicenseRow, limit: number): Judgment =>
  judge(row, (seats) => assessAvailable(seats, limit))
