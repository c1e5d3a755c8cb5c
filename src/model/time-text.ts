import { momentOf } from './moment.ts'

const UTC = 'UTC'
const DAY_LENGTH = '2026-01-31'.length

/** The calendar and the clock of a zone; those of UTC where the system does not know the zone. */
const formatIn = (timeZone: string): Intl.DateTimeFormat => {
  const date = { year: 'numeric', month: '2-digit', day: '2-digit' } as const
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'shortOffset' } as const
  try {
    return new Intl.DateTimeFormat('en-US', { ...date, ...time, timeZone })
  } catch {
    return formatIn(UTC)
  }
}

/** What that makes: month, day, year, the clock, and the zone. */
const WRITTEN = /^(\d+)\/(\d+)\/(\d+), (\d+:\d+) (.+)$/

/** Of UTC itself, systems have `GMT` or `GMT+0`. */
const offsetText = (zone: string): string => (zone === 'GMT+0' ? UTC : zone.replace('GMT', UTC))

/** {@link timeText} for many times of one zone. The format is made for the first one: many lists have no time. */
export const timeTextIn = (timeZone = UTC): ((iso: string) => string) => {
  let format: Intl.DateTimeFormat | undefined
  return (iso) => {
    const moment = momentOf(iso)
    if (moment === undefined) return iso
    format ??= formatIn(timeZone)
    // Twice as fast as the parts by themselves, and tables have very many times.
    const [, month, day, year, clock, zone = UTC] = WRITTEN.exec(format.format(moment)) ?? []
    return `${year?.padStart(4, '0')}-${month}-${day} ${clock} ${offsetText(zone)}`
  }
}

/** For all times, as making a format takes far longer than writing a time with it. */
const utcText = timeTextIn(UTC)

/**
 * A time for people, with the offset of its zone: `2026-11-20 10:00 UTC`, `2026-11-20 11:00 UTC+1`. A text that is not
 * a time stays as it is. `timeZone`: the reader's, such as `Europe/Berlin`. Default, and for a zone that the system
 * does not know: UTC.
 */
export const timeText = (iso: string, timeZone?: string): string =>
  (timeZone === undefined ? utcText : timeTextIn(timeZone))(iso)

/** The same, and in UTC beside it where the reader's zone is another one: `2026-11-20 11:00 UTC+1 (10:00 UTC)`. */
export const timeBesideUtc = (iso: string, timeZone?: string): string => {
  const [own, utc] = [timeText(iso, timeZone), utcText(iso)]
  if (own === utc) return own
  const day = utc.slice(0, DAY_LENGTH)
  return `${own} (${own.startsWith(day) ? utc.slice(DAY_LENGTH + 1) : utc})`
}
