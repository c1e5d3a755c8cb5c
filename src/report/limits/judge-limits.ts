import type { Count, KnownCount } from '../../model/count.ts'
import type { LicenseLimits, LicenseRow } from '../license-report.ts'
import { seatsInUse } from '../seats.ts'
import { isAboveShare } from './allowed-seats.ts'

/** Whether a license keeps a limit; undefined where the limit does not apply to it. */
type Judgment =
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
  const { purchased } = row
  if (purchased.kind === 'unknown') {
    return { verdict: 'unknown', message: `purchased seats: ${purchased.reason}` }
  }
  const inUse = seatsInUse(row)
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
const judgeUtilization = (row: LicenseRow, limit: number): Judgment =>
  judge(row, (seats) => assessUtilization(seats, limit))

/** `limit` in seats. */
const judgeAvailable = (row: LicenseRow, limit: number): Judgment =>
  judge(row, (seats) => assessAvailable(seats, limit))

const judges: Readonly<Record<LimitKind, typeof judgeUtilization>> = {
  maxUtilization: judgeUtilization,
  keepFree: judgeAvailable,
}

/** What a license can be limited in. */
export type LimitKind = 'maxUtilization' | 'keepFree'

const isKind = (key: string): key is LimitKind => Object.hasOwn(judges, key)

/** All of them. */
export const limitKinds: readonly LimitKind[] = Object.keys(judges).filter(isKind)

/** Whether a license keeps one of its limits. */
export interface LimitJudgment {
  readonly kind: LimitKind
  /** In percent, or in seats. */
  readonly limit: number
  /** `unknown`: data is missing. Then it may be known that a limit is breached, never that it is kept. */
  readonly verdict: 'passed' | 'breached' | 'unknown'
  /** For people: `97 % in use, at most 95 % allowed (97 of 100 seats)`. */
  readonly message: string
  /** What the verdict rests on, where that is known. */
  readonly inUse?: Count | undefined
  readonly purchased?: KnownCount | undefined
}

/** Limits of licenses that have none of that kind. */
export type GeneralLimits = Pick<LicenseLimits, LimitKind>

/** The limit of that kind, if there is one. */
const limitOf = ({ limits = {} }: Pick<LicenseRow, 'limits'>, kind: LimitKind, general: GeneralLimits) =>
  limits[kind] ?? (limits.ignore ? undefined : general[kind])

/**
 * Whether a license of a report keeps its limits: what checks judge and reports mark. A limit does not apply, and is not
 * judged, where no number of seats was purchased. `general`: for what the license itself has no limit of. Default: none.
 */
export const judgeLimits = (row: LicenseRow, general: GeneralLimits = {}): readonly LimitJudgment[] =>
  limitKinds.flatMap((kind) => {
    const limit = limitOf(row, kind, general)
    const judgment = limit === undefined || row.declaredOnly ? undefined : judges[kind](row, limit)
    return limit === undefined || judgment === undefined ? [] : [{ kind, limit, ...judgment }]
  })

/** In no limit at all, so that rules do not compare its seats with those that were purchased. */
export const isIgnored = ({ limits }: Pick<LicenseRow, 'limits'>): boolean =>
  limits?.ignore === true && limitKinds.every((kind) => limits[kind] === undefined)
