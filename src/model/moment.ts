/** A date and time by the calendar, in UTC. */
export interface CalendarTime {
  readonly year: number
  /** 1 for January. */
  readonly month: number
  readonly day: number
  readonly hour?: number
  readonly minute?: number
  readonly second?: number
}

/** Milliseconds since 1970; undefined where there is no such time: 30 February, 24:00, 10:60. */
export const utcOf = ({ year, month, day, hour = 0, minute = 0, second = 0 }: CalendarTime): number | undefined => {
  if (hour > 23 || minute > 59 || second > 59) return undefined
  const date = new Date(0)
  // `Date.UTC` takes the year 26 for 1926.
  date.setUTCFullYear(year, month - 1, day)
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined
  return date.setUTCHours(hour, minute, second)
}

const MOMENT = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(\.\d{1,9})?)?(?:Z|([+-])(\d\d):?(\d\d))$/
/** A day as text: `2026-01-31`. */
export const DAY = /^(\d{4})-(\d\d)-(\d\d)$/
const MINUTE_MS = 60_000

/**
 * The time that a text names, in milliseconds since 1970: ISO 8601 with date, time and zone, as both vendors document it.
 * Undefined for anything else. `Date.parse` would read `n/a 3` as a day of 2001, and a time without a zone as local time,
 * which is another time on another machine.
 */
export const momentOf = (text: unknown): number | undefined => {
  const found = typeof text === 'string' ? MOMENT.exec(text) : null
  if (found === null) return undefined
  const [, year, month, day, hour, minute, second = '0', fraction = '0', sign, hours = '0', minutes = '0'] = found
  const local = utcOf({
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
  })
  if (local === undefined || Number(hours) > 23 || Number(minutes) > 59) return undefined
  const offset = (Number(hours) * 60 + Number(minutes)) * MINUTE_MS * (sign === '-' ? -1 : 1)
  return local + Math.floor(Number(fraction) * 1_000) - offset
}

/** A time as `Date` writes it. Of two that are so, the later one is later as text, too. */
export const AS_WRITTEN = '2026-01-31T00:00:00.000Z'

/** Most times come so, and are taken as they are: from the year 2000 on, on a day that the month has in every year. */
const WRITTEN =
  /^[2-9]\d{3}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/

/**
 * A vendor's time as ISO 8601 in UTC. Undefined where the text names none, or one in 1970 or before: programs write the
 * zero of their clock for "never".
 */
export const toldMomentOf = (text: unknown): string | undefined => {
  if (typeof text === 'string' && WRITTEN.test(text)) return text
  const moment = momentOf(text)
  return moment === undefined || moment <= 0 ? undefined : new Date(moment).toISOString()
}

const midnightOf = (text: string): number | undefined => {
  const found = DAY.exec(text)
  if (found === null) return undefined
  const [, year, month, day] = found
  return utcOf({ year: Number(year), month: Number(month), day: Number(day) })
}

/** Whether a text is a day of the calendar, such as `2026-01-31`. */
export const isDay = (text: string): boolean => midnightOf(text) !== undefined

const DAY_MS = 86_400_000
const LONGEST = '2026-01-31'.length

/** The day that comes so many days before another one. Undefined where the text is not a day, or the calendar has no such day. */
export const dayBefore = (text: string, days: number): string | undefined => {
  const midnight = midnightOf(text)
  if (midnight === undefined) return undefined
  const date = new Date(midnight - days * DAY_MS)
  const day = Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, LONGEST)
  return isDay(day) ? day : undefined
}

/** How many days the second day is after the first one; negative where it is before. Undefined where one is not a day. */
export const daysBetween = (from: string, to: string): number | undefined => {
  const [first, second] = [midnightOf(from), midnightOf(to)]
  return first === undefined || second === undefined ? undefined : Math.round((second - first) / DAY_MS)
}
