import * as E from 'fp-ts/lib/Either.js'
import pLimit from 'p-limit'
import { Changes, type LicenseError, Lookups } from '../../src/provider-kit/index.ts'
import { MAX_PEOPLE_PER_PAGE, type WebexClient } from './client.ts'
import { idsIn, type Person, showsLicenses } from './codecs.ts'
import { isAboutCredential } from './failures.ts'
import { idKey } from './hydra-id.ts'
import type { LicenseSpellings } from './license-spellings.ts'

/** Not shown to these credentials, or of an external user, who is not among the people. Then the answer to the change decides. */
const HIDDEN: Changes.HoldingsReading = E.right(undefined)

/**
 * Reads what users hold. The vendor shows licenses in the list of all people, and of a single person, and documents that
 * it does not where several are asked for by their ids. So many users are picked out of the list, for as long as its
 * pages take no longer than reading them one by one, and the others are read one by one.
 */
export const createHoldingsReader = (
  client: WebexClient,
  concurrency: number,
  { spelled }: Pick<LicenseSpellings, 'spelled'>,
): Changes.VendorChanges['readHoldings'] => {
  /** How many pages all people take, as far as was seen. */
  let pagesSeen = 1

  const heldBy = (person: Person): Changes.HoldingsReading =>
    showsLicenses(person) ? E.right(spelled(Changes.internalHoldings(idsIn(person.licenses ?? [])))) : HIDDEN

  return async (userIds, scope) => {
    const found = new Map<string, Changes.HoldingsReading>()
    /** The answer for all who were not found, after a failure that would be the same for each. */
    let end: Changes.HoldingsReading | undefined
    const heed = (error: LicenseError): void => {
      if (isAboutCredential(error)) end ??= HIDDEN
      else if (Lookups.endsTheCall(error)) end ??= E.left(error)
    }

    const pickOutOfTheList = async (mostPages: number): Promise<void> => {
      const wanted = new Map(userIds.map((id) => [idKey(id), id]))
      let cursor: string | undefined
      for (let page = 1; page <= mostPages && wanted.size > 0; page++) {
        const read = await client.listPeople({ max: MAX_PEOPLE_PER_PAGE, cursor }, scope)()
        if (E.isLeft(read)) {
          heed(read.left)
          // It names no user that it could be about.
          if (read.left._tag === 'PermissionDenied') end = HIDDEN
          return
        }
        for (const person of read.right.records) {
          const userId = wanted.get(idKey(person.id))
          if (userId !== undefined) found.set(userId, heldBy(person))
          wanted.delete(idKey(person.id))
        }
        cursor = read.right.next
        if (cursor === undefined) return
        pagesSeen = Math.max(pagesSeen, page + 1)
      }
    }

    const readOne = async (userId: string): Promise<void> => {
      if (end !== undefined) return
      const person = await client.getPersonDetails(userId, scope)()
      if (E.isRight(person)) {
        found.set(userId, heldBy(person.right))
        return
      }
      heed(person.left)
      const isHidden = person.left._tag === 'NotFound' || person.left._tag === 'PermissionDenied'
      found.set(userId, isHidden ? HIDDEN : person)
    }

    const mostPages = Math.floor(userIds.length / concurrency)
    if (pagesSeen <= mostPages) await pickOutOfTheList(mostPages)
    const limit = pLimit(concurrency)
    await Promise.all(userIds.map((id) => (found.has(id) ? undefined : limit(readOne, id))))
    return new Map(userIds.map((id) => [id, found.get(id) ?? end ?? HIDDEN]))
  }
}
