import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { LicenseProvider } from '../../contract/license-provider.ts'
import { invalidInput } from '../../model/invalid-input.ts'
import { type License, omittedUsers } from '../../model/license.ts'
import type { LicensedUser } from '../../model/licensed-user.ts'
import { momentOf } from '../../model/moment.ts'
import { collectOnce } from '../../paging/collect.ts'
import { problemsInSnapshot } from '../caller-input.ts'
import { keyIdIn } from '../diff/comparable.ts'
import type { Snapshot } from '../read-snapshot.ts'
import { invalidIn, type SnapshotFailure, unreadable } from '../snapshot-failure.ts'
import { type SeatsSince, seatsAfter } from './seats-since.ts'

/** Since when users have been seen with their licenses, in the snapshots that were read. */
export interface SeatHistory {
  /**
   * When the first snapshot was made since which the user has held the license without a break, in ISO 8601: the user has
   * held it since then or longer. Undefined: no snapshot shows it, or a later one shows that the user had it no longer.
   */
  readonly firstSeenAt: (provider: string, userId: string, licenseId: string) => string | undefined
}

/** Whose seats the history is about: users of now, or those of a snapshot. */
export interface FirstSeenOptions {
  /**
   * The snapshot whose users it is for: it must have the same pseudonyms, and later snapshots are ignored. Default: it is for
   * users of now, with their real ids.
   */
  readonly of?: Snapshot | undefined
}

const OTHER_PSEUDONYMS = 'users cannot be matched, as it is pseudonymized'
const NO_PSEUDONYMS = 'users cannot be matched, as it is not pseudonymized with the same key'

/** How one snapshot lists the users of a provider. What is in memory is what they hold, and not the users. */
const readUsers = (provider: LicenseProvider) => {
  const ids = new Map<string, string>()
  const shared = (id: string): string => {
    const same = ids.get(id)
    if (same === undefined) ids.set(id, id)
    return same ?? id
  }
  return collectOnce<LicensedUser, Map<string, readonly string[]>>(
    () => new Map(),
    (users, { id, licenseIds }) => users.set(id, licenseIds.map(shared)),
  )(provider.listUsers({ allowPartial: true }))()
}

/** The licenses with users whom no list of a provider names. */
const readOmitting = async (provider: LicenseProvider): Promise<ReadonlySet<string>> => {
  const { value } = await collectOnce<License, Set<string>>(
    () => new Set(),
    (omitting, license) => (omittedUsers(license) === undefined ? omitting : omitting.add(license.id)),
  )(provider.listLicenses({ allowPartial: true }))()
  return value
}

const isSequence = (snapshots: unknown): boolean =>
  typeof snapshots === 'object' &&
  snapshots !== null &&
  (Symbol.iterator in snapshots || Symbol.asyncIterator in snapshots)

const invalidSnapshots = (expected: string): SnapshotFailure => ({
  ...invalidInput('snapshots', expected),
  _tag: 'SnapshotInputInvalid',
})

/** Adds up snapshots one after the other. */
const openHistory = async (of: Snapshot | undefined) => {
  const key = of && (await keyIdIn(of))
  const until = of === undefined ? Number.POSITIVE_INFINITY : (momentOf(of.manifest.generatedAt) ?? 0)
  const seats = new Map<string, SeatsSince>()
  let last = Number.NEGATIVE_INFINITY
  return {
    seats,
    /** The failure that ends it, if there is one. */
    add: async (snapshot: Snapshot): Promise<SnapshotFailure | undefined> => {
      const problem = invalidIn(problemsInSnapshot('snapshots', snapshot))
      if (problem !== undefined) return problem
      const at = snapshot.manifest.generatedAt
      const moment = momentOf(at) ?? Number.NaN
      if (moment > until) return undefined
      if ((await keyIdIn(snapshot)) !== key) {
        const message = `the snapshot of ${at}: ${key === undefined ? OTHER_PSEUDONYMS : NO_PSEUDONYMS}`
        return { _tag: 'SnapshotsIncomparable', message }
      }
      if (!(moment >= last)) return invalidSnapshots('snapshots, oldest first')
      last = moment
      for (const provider of snapshot.providers) {
        const before = seats.get(provider.id) ?? new Map()
        const { value: users, ledger } = await readUsers(provider)
        const omitting = await readOmitting(provider)
        seats.set(provider.id, seatsAfter(before, { at, users, ledger, omitting }))
      }
      return undefined
    },
  }
}

/**
 * Reads snapshots, oldest first, for since when users have had their licenses. They are read one after the other, and none is
 * kept: give them as they are opened (`async function*`), so that there is never more than one in memory. A list with a gap
 * proves that a user has what it shows, and nothing else.
 *
 * Fails where a snapshot has other pseudonyms, is older than the one before it, or cannot be had.
 */
export const firstSeenIn =
  (
    snapshots: Iterable<Snapshot> | AsyncIterable<Snapshot>,
    { of }: FirstSeenOptions = {},
  ): TaskEither<SnapshotFailure, SeatHistory> =>
  async () => {
    if (!isSequence(snapshots)) return E.left(invalidSnapshots('a list of snapshots'))
    const invalid = of === undefined ? undefined : invalidIn(problemsInSnapshot('of', of))
    if (invalid !== undefined) return E.left(invalid)
    const { seats, add } = await openHistory(of)
    try {
      for await (const snapshot of snapshots) {
        const failure = await add(snapshot)
        if (failure !== undefined) return E.left(failure)
      }
    } catch (error) {
      return E.left(unreadable('.', error))
    }
    return E.right({
      firstSeenAt: (provider, userId, licenseId) =>
        seats
          .get(provider)
          ?.get(userId)
          ?.find((seat) => seat.licenseId === licenseId)?.at,
    })
  }
