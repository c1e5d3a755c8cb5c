import * as E from 'fp-ts/lib/Either.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import { type Ledger, type RequestScope, Values } from '../../src/provider-kit/index.ts'
import type { GenesysClient } from './client.ts'
import type { Expansion } from './expansion.ts'
import { createFailureTally } from './failure-tally.ts'
import { type DirectoryEntry, directoryEntryOf } from './mapping.ts'

/** Ids go into the address of a request. The vendor documents no limit; what is too much for it is halved. */
const IDS_PER_REQUEST = 50

/** Whether it is about what was asked for, so that asking for less of it may go well. */
const isAboutTheRequest = (tag: string): boolean => tag === 'RequestRejected' || tag === 'NotFound'

/** Records of the directory, asked for by the ids of their users. */
export interface PeopleByIds {
  /** Whom of them the directory has in a state. Never fails: what cannot be read is in the account. */
  readonly read: (ids: readonly string[], state: 'any' | 'deleted') => Promise<ReadonlyMap<string, DirectoryEntry>>
  /** The gaps so far. `nameOf`: what so many people are called. */
  readonly gaps: (nameOf: (people: number) => string) => Ledger['gaps']
  /** The account so far, of a directory of which no more was asked for. */
  readonly ledger: () => Ledger
}

const peopleWho = (people: number): string => Values.quantity(people, 'person', 'people')

export const readPeopleByIds = (client: GenesysClient, scope: RequestScope, expansion: Expansion): PeopleByIds => {
  const failures = createFailureTally()
  let requests = 0
  let items = 0
  let unreadable = 0

  const readSome = async (
    ids: readonly string[],
    state: 'any' | 'deleted',
  ): Promise<readonly (readonly [string, DirectoryEntry])[]> => {
    const query = { id: ids, state, pageSize: IDS_PER_REQUEST, pageNumber: 1 } as const
    const listed = await expansion.ask((fields) => client.getUsers({ ...query, ...fields }, scope))()
    if (E.isRight(listed)) {
      const { records, undecodable, issues } = listed.right
      requests++
      items += records.length
      unreadable += undecodable
      if (undecodable > 0) failures.add(undecodable, issues.join('; '))
      return records.map((user) => [user.id, directoryEntryOf(user)] as const)
    }
    const error = listed.left
    if (isAboutTheRequest(error._tag)) {
      // One id that the vendor refuses must not hide the others.
      if (ids.length === 1) return []
      const [first, second] = RA.splitAt(Math.ceil(ids.length / 2))(ids)
      return [...(await readSome(first, state)), ...(await readSome(second, state))]
    }
    failures.add(ids.length, error.message, error)
    return []
  }

  return {
    read: async (ids, state) => {
      // An id with a comma would be two.
      const askable = ids.filter((id) => !id.includes(','))
      const chunks = RA.chunksOf(IDS_PER_REQUEST)(askable)
      return new Map((await Promise.all(chunks.map((chunk) => readSome(chunk, state)))).flat())
    },
    gaps: (nameOf) => failures.gaps(nameOf),
    ledger: () => {
      const gaps = failures.gaps(peopleWho)
      const remarks = expansion.remarks()
      return {
        pages: requests,
        items,
        repeated: 0,
        undecodable: unreadable,
        gaps,
        omits: [],
        ...(remarks.length === 0 ? {} : { remarks }),
        verdict: gaps.length === 0 ? 'unverifiable' : 'partial',
      }
    },
  }
}
