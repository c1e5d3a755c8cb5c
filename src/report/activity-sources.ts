import { type Activity, activityOf } from '../model/activity.ts'
import { momentOf } from '../model/moment.ts'
import type { StaleSource, UserRow } from './license-report.ts'

const DAY_MS = 24 * 60 * 60 * 1_000
/** No vendor's time of an activity is older: programs write the zero of some clock for "never". */
const EARLIEST = Date.UTC(2000, 0, 1)
/** The clocks of vendors and of this machine differ a little. */
const CLOCK_DIFFERENCE_MS = 5 * 60 * 1_000

/** A source is judged by so many holders: fewer may all have been on leave. */
export const MIN_HOLDERS = 20
/** Some holder of so many is active within so many days: a source that shows none has stopped. */
const STOPPED_AFTER_DAYS = 3

/** A time of a source, in milliseconds since 1970. */
export interface ToldTime extends Activity {
  readonly moment: number
}

/** The times that sources tell of a user. A text that names no time tells nothing. */
export const toldTimes = (user: Pick<UserRow, 'activity' | 'lastActiveAt'>): readonly ToldTime[] =>
  activityOf(user).flatMap((told) => {
    const moment = momentOf(told.at)
    return moment === undefined ? [] : [{ ...told, moment }]
  })

/** Whether a time is after the reading: the source tells of this user, and it is not known what. */
export const isAhead = ({ moment }: ToldTime, now: number): boolean => moment > now + CLOCK_DIFFERENCE_MS

/** Whether a time can be true: from 2000 on, and not after the reading. */
export const isCredible = (told: ToldTime, now: number): boolean => told.moment >= EARLIEST && !isAhead(told, now)

/**
 * The sources of one provider that have stopped: they have credible times of at least 20 holders, and the newest of these is
 * more than 3 days before the reading. `now`: the time of the reading, in milliseconds since 1970.
 */
export const staleSourcesOf = (provider: string, holders: readonly UserRow[], now: number): readonly StaleSource[] => {
  const sources = new Map<string, { holders: number; newest: ToldTime; last: UserRow }>()
  for (const holder of holders) {
    for (const told of toldTimes(holder)) {
      if (!isCredible(told, now)) continue
      const known = sources.get(told.source)
      if (known === undefined) {
        sources.set(told.source, { holders: 1, newest: told, last: holder })
        continue
      }
      // A source may have several times of one holder.
      if (known.last !== holder) known.holders++
      known.last = holder
      if (told.moment > known.newest.moment) known.newest = told
    }
  }
  return [...sources].flatMap(([source, { holders, newest }]) =>
    holders >= MIN_HOLDERS && now - newest.moment > STOPPED_AFTER_DAYS * DAY_MS
      ? [{ provider, source, newest: newest.at, holders }]
      : [],
  )
}
