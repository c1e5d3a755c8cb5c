import { momentOf } from '../../index.ts'

/** What a cell says about a time. */
export type ToldTime =
  /** ISO 8601 in UTC. A day is its first moment, and a time without a zone is one of UTC. */
  | { readonly kind: 'time'; readonly at: string }
  /** A word for "never", or a day before 2000: programs write the zero of their calendar. */
  | { readonly kind: 'none' }
  /** Two days could be meant: 3 April and 4 March. */
  | { readonly kind: 'ambiguous' }
  | { readonly kind: 'unreadable' }

const CLOCK = String.raw`(?:(?:T| *,? +)(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)? *([ap]m)? *(?:utc|gmt|z)?)?`
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})([-/])(\d{1,2})\2(\d{1,2})${CLOCK}$`, 'i')
const DAY_MONTH_NAME = new RegExp(String.raw`^(\d{1,2})[- ]([a-z]{3,9})\.?[-, ] ?(\d{4})${CLOCK}$`, 'i')
const MONTH_NAME_DAY = new RegExp(String.raw`^([a-z]{3,9})\.? (\d{1,2}),? (\d{4})${CLOCK}$`, 'i')
const NUMBERS = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})${CLOCK}$`, 'i')

const NONE = /^(?:never|none|null|n\/?a|-+|–|—|no activity)$/i

const MONTHS = 'january february march april may june july august september october november december'.split(' ')

/** 1 for January; 0 where it is no month. */
const monthNamed = (name: string): number => {
  const wanted = name.toLowerCase()
  return (
    MONTHS.findIndex(
      (month) => month === wanted || month.slice(0, 3) === wanted || (wanted === 'sept' && month === 'september'),
    ) + 1
  )
}

const FIRST_YEAR = 2000

const two = (text: string | number): string => String(text).padStart(2, '0')

type Clock = readonly (string | undefined)[]

/** Hours of a clock of twelve; undefined where there is no such hour. */
const hourOf = (text: string, half: string | undefined): number | undefined => {
  const hour = Number(text)
  if (half === undefined) return hour
  if (hour < 1 || hour > 12) return undefined
  return (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0)
}

const timeOf = (year: string, month: string | number, day: string, clock: Clock): ToldTime => {
  const [hours = '0', minutes = '00', seconds = '00', half] = clock
  const hour = hourOf(hours, half)
  const moment = momentOf(`${year}-${two(month)}-${two(day)}T${two(hour ?? 99)}:${minutes}:${seconds}Z`)
  return moment === undefined ? { kind: 'unreadable' } : timeAt(moment)
}

const timeAt = (moment: number): ToldTime => {
  const at = new Date(moment)
  return at.getUTCFullYear() < FIRST_YEAR ? { kind: 'none' } : { kind: 'time', at: at.toISOString() }
}

/** Whether days come before months in all dates of a column; undefined where no date of it tells, or they contradict each other. */
const isDayFirst = (column: readonly string[]): boolean | undefined => {
  const pairs = column.flatMap((text) => {
    const [, one, , other] = NUMBERS.exec(text.trim()) ?? []
    return one === undefined || other === undefined ? [] : [{ one: Number(one), other: Number(other) }]
  })
  const dayFirst = pairs.some(({ one }) => one > 12)
  const monthFirst = pairs.some(({ other }) => other > 12)
  return dayFirst === monthFirst ? undefined : dayFirst
}

/**
 * Reads the times of one column: ISO 8601, with the year first, or with the name of the month. Of `03/04/2026` the column
 * must tell by another date which number is the day: one program writes all of its dates in one way.
 */
export const timesIn = (column: readonly string[]): ((text: string) => ToldTime) => {
  const dayFirst = isDayFirst(column)
  return (cell) => {
    const text = cell.trim()
    if (NONE.test(text)) return { kind: 'none' }
    const moment = momentOf(text)
    if (moment !== undefined) return timeAt(moment)
    const [, year = '', , month = '', day = '', ...clock] = YEAR_FIRST.exec(text) ?? []
    if (year !== '') return timeOf(year, month, day, clock)
    const named = DAY_MONTH_NAME.exec(text)
    if (named !== null) return timeOf(named[3] ?? '', monthNamed(named[2] ?? ''), named[1] ?? '', named.slice(4))
    const american = MONTH_NAME_DAY.exec(text)
    if (american !== null)
      return timeOf(american[3] ?? '', monthNamed(american[1] ?? ''), american[2] ?? '', american.slice(4))
    const [, one = '', , other = '', lastYear = '', ...rest] = NUMBERS.exec(text) ?? []
    if (lastYear === '') return { kind: 'unreadable' }
    if (one === other) return timeOf(lastYear, one, other, rest)
    if (dayFirst === undefined) return { kind: 'ambiguous' }
    return dayFirst ? timeOf(lastYear, other, one, rest) : timeOf(lastYear, one, other, rest)
  }
}
