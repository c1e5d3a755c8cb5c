import * as E from 'fp-ts/lib/Either.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import type { Task } from 'fp-ts/lib/Task.js'
import * as t from 'io-ts'
import { Answers, Calls, type LicenseError, type RequestScope, Values } from '../../src/provider-kit/index.ts'
import { Amount } from './billing/codecs.ts'
import { toldNumber } from './billing/told.ts'
import type { UserAggregateQuery } from './client.ts'
import type { UserAggregate } from './codecs.ts'
import type { GenesysConfig } from './config.ts'
import { type Directory, type DirectoryReader, remarked } from './directory.ts'
import { activityFields, type DirectoryEntry } from './mapping.ts'
import { recordsAs } from './records-as.ts'

const SOURCE = 'presence'
const OPERATION = 'POST /api/v2/analytics/users/aggregates/query'
/** The vendor allows so many predicates in a query. */
const USERS_PER_QUERY = 100
/** A month, as the vendor documents for other queries of users; it documents no limit for this one. */
const WINDOW_DAYS = 31
/** So far back users are looked for, of whom nothing newer was found: about a year. */
const WINDOWS = 12
const DAY_MS = 24 * 60 * 60 * 1_000

interface Window {
  readonly from: number
  readonly to: number
}

/** The windows before a time, the newest first. They begin at midnight UTC, so that the days in them are days. */
const windowsBefore = (now: number): readonly Window[] => {
  const midnight = Math.floor(now / DAY_MS) * DAY_MS
  const fromOf = (place: number) => midnight - ((place + 1) * WINDOW_DAYS - 1) * DAY_MS
  return Array.from({ length: WINDOWS }, (_, place) => ({
    from: fromOf(place),
    to: place === 0 ? now : fromOf(place - 1),
  }))
}

const intervalOf = ({ from, to }: Window): UserAggregateQuery['interval'] => [
  new Date(from).toISOString(),
  new Date(to).toISOString(),
]

const wasOnline = ({
  metric,
  qualifier,
  stats,
}: {
  metric?: unknown
  qualifier?: unknown
  stats?: unknown
}): boolean => {
  const sum = t.UnknownRecord.is(stats) && Amount.is(stats.sum) ? toldNumber(stats.sum) : undefined
  return (
    (metric === undefined || metric === 'tSystemPresence') &&
    typeof qualifier === 'string' &&
    qualifier.toUpperCase() !== 'OFFLINE' &&
    sum !== undefined &&
    sum > 0
  )
}

/**
 * The end of the last interval in which a user was online. The vendor tells how long that was, not when: the end may be later
 * than the user was seen, by at most the interval, and is never earlier. So no user is taken for longer away than is true.
 */
const lastOnlineIn = ({ data }: UserAggregate, { from, to }: Window): number | undefined => {
  let last: number | undefined
  for (const { interval, metrics } of data ?? []) {
    if (!(metrics ?? []).some(wasOnline)) continue
    const told = Values.toldMomentOf(typeof interval === 'string' ? interval.split('/')[1] : undefined)
    const end = told === undefined ? to : Date.parse(told)
    last = Math.max(last ?? from, Math.min(end, to))
  }
  return last
}

/** Adds to what is known of users when they were last online. */
export interface Presence {
  /** The same users; those who are active with one more source of activity. Never fails. */
  readonly addTo: (
    people: Values.ReadonlyRecordMap<DirectoryEntry>,
  ) => Promise<Values.ReadonlyRecordMap<DirectoryEntry>>
  /** What could not be read so far, for people. */
  readonly remarks: () => readonly string[]
}

const NO_PRESENCE: Presence = { addTo: async (people) => people, remarks: () => [] }

/**
 * For one reading. The last month of all users is read, and then, month by month, that of those of whom nothing was found. It
 * ends with the first failure, and nothing more is asked for in the same reading.
 */
export const openPresence = (
  { client, provider, clock, activity }: DirectoryReader & Pick<GenesysConfig, 'activity'>,
  scope: RequestScope,
): Presence => {
  if (activity !== 'presence') return NO_PRESENCE
  let asked = 0
  let missing = 0
  /** Of all that is asked for in this reading. */
  let bounds: RequestScope | undefined
  let failure: LicenseError | undefined

  const readWindow = async (userIds: readonly string[], window: Window, lastOnline: Map<string, number>) => {
    bounds ??= Calls.spareTime(scope, clock)
    const spare = bounds
    const ask = (ids: readonly string[]) =>
      client.postAnalyticsUsersAggregatesQuery({ userIds: ids, interval: intervalOf(window) }, spare)()
    const [first = [], ...others] = RA.chunksOf(USERS_PER_QUERY)([...userIds])
    // Alone: what the vendor refuses once it would refuse for all users.
    const probe = await ask(first)
    const answers = E.isLeft(probe) ? [probe] : [probe, ...(await Promise.all(others.map(ask)))]
    for (const answer of answers) {
      if (E.isLeft(answer)) {
        failure ??= answer.left
        continue
      }
      const { records, undecodable, issues } = answer.right
      // Whom it is about is not known. Older times of theirs would make them look longer away than they are.
      if (undecodable > 0) failure ??= Answers.invalidResponse(provider, OPERATION, issues)
      for (const aggregate of records) {
        const last = lastOnlineIn(aggregate, window)
        const { userId } = aggregate.group
        if (last !== undefined) lastOnline.set(userId, Math.max(lastOnline.get(userId) ?? last, last))
      }
    }
  }

  /** In milliseconds since 1970, by user id. */
  const readLastOnline = async (userIds: readonly string[]): Promise<ReadonlyMap<string, number>> => {
    const lastOnline = new Map<string, number>()
    let remaining = userIds
    for (const window of windowsBefore(clock.now())) {
      if (failure !== undefined || remaining.length === 0) break
      await readWindow(remaining, window, lastOnline)
      remaining = remaining.filter((id) => !lastOnline.has(id))
    }
    asked += userIds.length
    if (failure !== undefined) missing += remaining.length
    return lastOnline
  }

  return {
    addTo: async (people) => {
      const active: string[] = []
      for (const [id, { status }] of people) if (status === 'active') active.push(id)
      const lastOnline = await readLastOnline(active)
      // After a failure, that there is no time of a user shows nothing.
      const covers = failure === undefined ? {} : ({ covers: 'some' } as const)
      const withLast = (id: string, person: DirectoryEntry): DirectoryEntry => {
        const last = lastOnline.get(id)
        if (last === undefined) return person
        const seen = { at: new Date(last).toISOString(), source: SOURCE, ...covers }
        return { ...person, ...activityFields([...(person.activity ?? []), seen]) }
      }
      return recordsAs(people, withLast)
    },
    remarks: () =>
      failure === undefined
        ? []
        : [
            `When ${Values.numberText(missing)} of ${Values.quantity(asked, 'user')} were last online could not be read from ` +
              `\`${failure.operation}\`: ${failure._tag === 'DeadlineExceeded' ? Calls.NO_SPARE_TIME : failure.message}. Their last activity is known by sign-ins only.`,
          ],
  }
}

/** A directory with it. */
export const withPresence =
  (presence: Presence, directory: Task<Directory>): Task<Directory> =>
  async () => {
    const { people, ledger } = await directory()
    const added = await presence.addTo(people)
    return { people: added, ledger: remarked(ledger, presence.remarks()) }
  }
