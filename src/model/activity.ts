import type { LicensedUser } from './licensed-user.ts'
import { AS_WRITTEN, momentOf } from './moment.ts'

/** When a user was last seen to be active, by one source. */
export interface Activity {
  /** ISO 8601 in UTC. */
  readonly at: string
  /** Which source: the vendor's field (`dateLastLogin`), or the name of a file. */
  readonly source: string
  /**
   * `some`: the source sees only some of what users do, such as logins with a password. A new time shows that a user is
   * active, an old one shows nothing. Absent: it sees all of it, as far as is known.
   */
  readonly covers?: 'some' | undefined
}

/** The name of a vendor's field: one word. Any other source is a file. */
const FIELD = /^[A-Za-z]{1,40}$/

/** The source of times from a file whose name is not kept, as it may name a person. */
export const UNNAMED_FILE = 'file'

/** Whether a source is a field of the vendor's. A file may have some of the users only. */
export const isVendorsField = (source: string): boolean => source !== UNNAMED_FILE && FIELD.test(source)

/** When a user was last active, by every source that tells. A provider that names no source has one, `lastActiveAt`. */
export const activityOf = ({
  activity,
  lastActiveAt,
}: Pick<LicensedUser, 'activity' | 'lastActiveAt'>): readonly Activity[] =>
  activity ?? (lastActiveAt === undefined ? [] : [{ at: lastActiveAt, source: 'lastActiveAt' }])

const isUtc = (text: string): boolean => text.endsWith('Z')

/** By the time and not by the text, as one with a fraction of a second comes before one without as text. */
const isLater = (one: string, other: string): boolean => {
  if (one.length === AS_WRITTEN.length && other.length === AS_WRITTEN.length && isUtc(one) && isUtc(other)) {
    return one > other
  }
  const [moment, before] = [momentOf(one), momentOf(other)]
  return moment === undefined || before === undefined ? one > other : moment > before
}

/** The newest of them. Absent: no source tells. */
export const lastActiveOf = (activity: readonly Activity[]): string | undefined =>
  activity.reduce<string | undefined>(
    (last, { at }) => (last === undefined || isLater(at, last) ? at : last),
    undefined,
  )
