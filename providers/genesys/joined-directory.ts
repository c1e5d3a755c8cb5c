import * as E from 'fp-ts/lib/Either.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import { isWhole, type Ledger, quantity, type RequestScope } from '../../src/provider-kit/index.ts'
import type { GenesysClient } from './client.ts'
import { type Directory, LAST_LOGIN } from './directory.ts'
import { createFailureTally } from './failure-tally.ts'
import { type Person, personOf } from './mapping.ts'

/** What is known of users, by user id. */
export type KnownPeople = (userId: string) => Person | undefined

/** The directory, and whom it leaves out. */
export interface JoinedDirectory {
  /** Who these users are: from the directory and, where that does not know them, among the deleted. Never fails. */
  readonly peopleOf: (userIds: readonly string[]) => Promise<KnownPeople>
  /** The account so far; undefined while the directory is being read. */
  readonly ledger: () => Ledger | undefined
}

/** Ids go into the address of a request. The vendor documents no limit; what is too much for it is halved. */
const IDS_PER_REQUEST = 50

/** Whether it is about what was asked for, so that asking for less of it may go well. */
const isAboutTheRequest = (tag: string): boolean => tag === 'RequestRejected' || tag === 'NotFound'

/** Whether users whom the directory does not know may be deleted ones. */
const mayLackDeleted = ({ people, ledger }: Directory): boolean => {
  // Where it has a gap, they may be in that.
  if (!isWhole(ledger)) return false
  for (const { status } of people.values()) if (status === 'deleted') return false
  return true
}

/**
 * The vendor does not say whether `state=any` names deleted users. Where a whole directory has none, the users whom it
 * does not know are looked up among the deleted: one request for 50 of those on one page.
 */
export const joinDirectory = (
  client: GenesysClient,
  scope: RequestScope,
  directory: Promise<Directory>,
): JoinedDirectory => {
  let read: Directory | undefined
  let looksUp = false
  const failures = createFailureTally()

  const readDeleted = async (ids: readonly string[]): Promise<readonly (readonly [string, Person])[]> => {
    const query = { id: ids, state: 'deleted', pageSize: IDS_PER_REQUEST, pageNumber: 1, ...LAST_LOGIN } as const
    const listed = await client.getUsers(query, scope)()
    if (E.isRight(listed)) {
      const { undecodable, issues } = listed.right
      if (undecodable > 0) failures.add(undecodable, issues.join('; '))
      return listed.right.records.map((user) => [user.id, personOf(user)] as const)
    }
    const error = listed.left
    if (isAboutTheRequest(error._tag)) {
      // One id that the vendor takes offence at must not hide who the others are.
      if (ids.length === 1) return []
      const [first, second] = RA.splitAt(Math.ceil(ids.length / 2))(ids)
      return [...(await readDeleted(first)), ...(await readDeleted(second))]
    }
    failures.add(ids.length, error.message, error)
    return []
  }

  return {
    peopleOf: async (userIds) => {
      if (read === undefined) {
        read = await directory
        looksUp = mayLackDeleted(read)
      }
      const { people } = read
      // An id with a comma would be two.
      const missing = looksUp ? userIds.filter((id) => !people.has(id) && !id.includes(',')) : []
      const found = await Promise.all(RA.chunksOf(IDS_PER_REQUEST)(missing).map(readDeleted))
      const deleted = new Map(found.flat())
      return (userId) => people.get(userId) ?? deleted.get(userId)
    },
    ledger: () => {
      const gaps = failures.gaps((people) => `${quantity(people, 'person', 'people')} who may be deleted`)
      return read === undefined || gaps.length === 0
        ? read?.ledger
        : { ...read.ledger, gaps: [...read.ledger.gaps, ...gaps], verdict: 'partial' }
    },
  }
}
