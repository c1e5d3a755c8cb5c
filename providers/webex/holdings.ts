import * as E from 'fp-ts/lib/Either.js'
import pLimit from 'p-limit'
import type { Holdings, HoldingsReading, LicenseError, RequestScope } from '../../src/provider-kit/index.ts'
import { MAX_PEOPLE_PER_PAGE, type WebexClient } from './client.ts'
import { idsIn, type Person, showsLicenses } from './codecs.ts'
import { isAboutCredential } from './failures.ts'
import { idKey } from './hydra-id.ts'
import type { LicenseSpellings } from './license-spellings.ts'

/** What each of some users holds, by user id; undefined where these credentials are not shown it. */
export type ReadHoldings = (
  userIds: readonly string[],
  scope: RequestScope,
) => Promise<ReadonlyMap<string, HoldingsReading>>

const HIDDEN: HoldingsReading = E.right(undefined)

/** What is said of everybody by a failure to read one; undefined where others may still be read. */
const endIn = (error: LicenseError): HoldingsReading | undefined => {
  if (isAboutCredential(error)) return HIDDEN
  const { _tag } = error
  const isForAll =
    _tag === 'AuthenticationFailed' || _tag === 'RateLimited' || _tag === 'Aborted' || _tag === 'DeadlineExceeded'
  return isForAll ? E.left(error) : undefined
}

/**
 * Reads what users hold. The vendor shows licenses in the list of all people, and of a single person, and documents that
 * it does not where several are asked for by their ids. So many users are picked out of the list, for as long as its
 * pages take no longer than reading them one by one, and the others are read one by one.
 */
export const createHoldingsReader = (
  client: WebexClient,
  concurrency: number,
  { spelled }: Pick<LicenseSpellings, 'spelled'>,
): ReadHoldings => {
  /** How many pages all people take, as far as was seen. */
  let pagesSeen = 1

  const heldBy = (person: Person): Holdings | undefined =>
    showsLicenses(person)
      ? spelled<Holdings>({ kind: 'internal', licenseIds: idsIn(person.licenses ?? []), pendingLicenseIds: [] })
      : undefined

  return async (userIds, scope) => {
    const found = new Map<string, HoldingsReading>()
    let end: HoldingsReading | undefined

    const pickOutOfTheList = async (mostPages: number): Promise<void> => {
      const wanted = new Map(userIds.map((id) => [idKey(id), id]))
      let cursor: string | undefined
      for (let page = 1; page <= mostPages && wanted.size > 0; page++) {
        const read = await client.listPeople({ max: MAX_PEOPLE_PER_PAGE, cursor }, scope)()
        if (E.isLeft(read)) {
          // It names no user that it could be about.
          end = read.left._tag === 'PermissionDenied' ? HIDDEN : endIn(read.left)
          return
        }
        for (const person of read.right.records) {
          const key = idKey(person.id)
          const userId = wanted.get(key)
          if (userId !== undefined) found.set(userId, E.right(heldBy(person)))
          wanted.delete(key)
        }
        cursor = read.right.next
        if (cursor === undefined) return
        pagesSeen = Math.max(pagesSeen, page + 1)
      }
    }

    const readOne = async (userId: string): Promise<void> => {
      if (end !== undefined) return
      const person = await client.getPersonDetails(userId, scope)()
      if (E.isRight(person)) found.set(userId, E.right(heldBy(person.right)))
      else {
        end ??= endIn(person.left)
        // No user from outside is among the people. Whether there is such a user, and whether these credentials may
        // change them, says the answer to the change.
        const { _tag } = person.left
        found.set(userId, _tag === 'NotFound' || _tag === 'PermissionDenied' ? HIDDEN : person)
      }
    }

    const mostPages = Math.floor(userIds.length / concurrency)
    if (pagesSeen <= mostPages) await pickOutOfTheList(mostPages)
    const limit = pLimit(concurrency)
    await Promise.all(userIds.map((id) => (found.has(id) ? undefined : limit(readOne, id))))
    return new Map(userIds.map((id) => [id, found.get(id) ?? end ?? HIDDEN]))
  }
}
