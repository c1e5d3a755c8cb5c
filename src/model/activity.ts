import type { LicensedUser } from './licensed-user.ts'

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

/** When a user was last active, by every source that tells. A provider that names no source has one, `lastActiveAt`. */
export const activityOf = ({
  activity,
  lastActiveAt,
}: Pick<LicensedUser, 'activity' | 'lastActiveAt'>): readonly Activity[] =>
  activity ?? (lastActiveAt === undefined ? [] : [{ at: lastActiveAt, source: 'lastActiveAt' }])

/** The newest of them. Absent: no source tells. */
export const lastActiveOf = (activity: readonly Activity[]): string | undefined =>
  activity.reduce<string | undefined>((last, { at }) => (last === undefined || at > last ? at : last), undefined)
