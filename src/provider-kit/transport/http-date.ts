import { utcOf } from '../../model/moment.ts'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
/** The present form and that of RFC 850. Some servers leave out the comma, or the zone, which is always GMT. */
const HTTP_DATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? (\d\d)[ -]([A-Z][a-z]{2})[ -](\d{4}|\d\d) (\d\d):(\d\d):(\d\d)(?: GMT)?$/

/** The time of an HTTP date, in milliseconds since 1970; undefined where it is not one, or there is no such day. */
export const momentOfHttpDate = (text: string): number | undefined => {
  const [, day, month = '', year = '', hour, minute, second] = HTTP_DATE.exec(text) ?? []
  if (!MONTHS.includes(month)) return undefined
  return utcOf({
    year: year.length === 2 ? 2000 + Number(year) : Number(year),
    month: MONTHS.indexOf(month) + 1,
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
  })
}
