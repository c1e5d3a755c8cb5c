import * as E from 'fp-ts/lib/Either.js'
import { identity, pipe } from 'fp-ts/lib/function.js'
import type { Task } from 'fp-ts/lib/Task.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import {
  type Http,
  type Ledger,
  type LicenseError,
  Lists,
  type RequestScope,
  Values,
} from '../../src/provider-kit/index.ts'
import type { GenesysClient } from './client.ts'
import type { User } from './codecs.ts'
import type { GenesysConfig } from './config.ts'
import { type Expansion, openExpansion } from './expansion.ts'
import { type DirectoryEntry, entryOf, type KeptEntry, keptEntryOf } from './mapping.ts'
import { recordsAs } from './records-as.ts'

/** All users of the organization by user id, as far as the directory could be read. */
export interface Directory {
  readonly people: Values.ReadonlyRecordMap<DirectoryEntry>
  readonly ledger: Ledger
}

/** `pageSize`: by default 500. */
export interface DirectoryReader
  extends Pick<Http.ApiAccess, 'provider' | 'clock' | 'events' | 'budget'>,
    Pick<GenesysConfig, 'pageSize' | 'directory'> {
  readonly client: GenesysClient
}

/** Works in practice; the vendor documents a default of 25 and no limit. */
export const MAX_PAGE_SIZE = 500
const STATE = 'any'

type People = ReturnType<typeof Values.createRecordMap<KeptEntry>>

const intoMap = (people: People) =>
  Lists.collectNumbered<User, People>(
    () => people,
    (known, user, number) => {
      known.setAt(number, keptEntryOf(user))
      return known
    },
  )

/** Some organizations are refused to go on by page number after so many rows. */
const ROW_LIMIT = 10_000

const isRefusal = (error: LicenseError | undefined): boolean =>
  error?._tag === 'RequestRejected' && error.status === 400

type FetchPage = (ask: Lists.NumberedPageAsk) => TaskEither<LicenseError, Lists.NumberedPage<User>>

/**
 * Pages by number, but for a longer list the first page beyond the limit comes before those in between: where it is
 * refused, they would be read for nothing, as the cursor starts again from the first row.
 */
const limitFirst = (fetch: FetchPage): FetchPage => {
  let beyond:
    | { readonly ask: Lists.NumberedPageAsk; readonly page: Promise<E.Either<LicenseError, Lists.NumberedPage<User>>> }
    | undefined
  const isBeyond = ({ pageNumber, pageSize }: Lists.NumberedPageAsk) =>
    beyond?.ask.pageNumber === pageNumber && beyond.ask.pageSize === pageSize
  return (ask) => async () => {
    const probed = await beyond?.page
    if (probed !== undefined && E.isLeft(probed) && isRefusal(probed.left)) return probed
    if (probed !== undefined && isBeyond(ask)) return probed
    const page = await fetch(ask)()
    if (ask.pageNumber === 1 && E.isRight(page)) {
      const firstBeyond = Math.floor(ROW_LIMIT / (page.right.pageSize || ask.pageSize)) + 1
      if ((page.right.pageCount ?? 1) >= firstBeyond) {
        const first = { ...ask, pageNumber: firstBeyond }
        beyond = { ask: first, page: fetch(first)() }
      }
    }
    return page
  }
}

/** Ids of users, numbered: those of the list that the directory is read for, too. */
type KeptIds = Parameters<typeof Values.createRecordMap>[0]

/** One reading of the directory. */
interface DirectoryReading {
  readonly reader: DirectoryReader
  readonly scope: RequestScope
  readonly expansion: Expansion
  readonly ids: KeptIds
}

/** The listing by page number: one request for 500 people, read ahead. */
const byPageNumber = ({ reader, scope, expansion, ids }: DirectoryReading, inOrder: typeof limitFirst) =>
  Lists.byPageNumber<User>(
    reader,
    {
      operation: 'GET /api/v2/users',
      keyOf: ({ id }) => id,
      pageSize: { configured: reader.pageSize, most: MAX_PAGE_SIZE },
      fetch: (start) =>
        inOrder((ask) =>
          pipe(
            expansion.ask((fields) => reader.client.getUsers({ state: STATE, ...fields, ...ask }, start.scope)),
            TE.map((page) => ({
              ...Lists.pageOf(page, `page ${ask.pageNumber} of the directory`, identity),
              pageSize: page.pageSize,
              pageCount: page.pageCount,
              total: page.total,
            })),
          ),
        ),
    },
    { ...scope, ids },
  )

/** The listing by cursor, from its start. It gives no total; the other listing's is what it is held against. */
const byCursor = ({ reader, scope, expansion, ids }: DirectoryReading, total: number | undefined) =>
  Lists.byToken<User>(
    reader,
    {
      operation: 'GET /api/v2/users/query',
      keyOf: ({ id }) => id,
      pageSize: { configured: reader.pageSize, most: MAX_PAGE_SIZE },
      fetch: (start) => (ask) =>
        pipe(
          expansion.ask((fields) => reader.client.getUsersQuery({ state: STATE, ...fields, ...ask }, start.scope)),
          TE.map((page) => ({ ...Lists.pageOf(page, 'the directory', identity), next: page.cursor, total })),
        ),
    },
    { ...scope, ids },
  )

const refusedToGoOn = ({ error, ledger }: Lists.Collected<unknown>): boolean => isRefusal(error) && ledger.pages > 0

/** The account of two ways neither of which led to the end: what is known is what both of them brought. */
const bothWays = (listed: Lists.Collected<unknown>, queried: Lists.Collected<unknown>, items: number): Ledger => ({
  ...listed.ledger,
  pages: listed.ledger.pages + queried.ledger.pages,
  items,
  gaps: [...listed.ledger.gaps, ...queried.ledger.gaps],
})

/** The same account, in which more is said. */
export const remarked = (ledger: Ledger, remarks: readonly string[]): Ledger =>
  remarks.length === 0 ? ledger : { ...ledger, remarks: [...(ledger.remarks ?? []), ...remarks] }

/**
 * Reads the whole directory in bulk. Never fails: what could not be read is a gap in its ledger. `ids`: default, its own.
 */
export const readDirectory = (
  reader: DirectoryReader,
  scope: RequestScope,
  expansion: Expansion = openExpansion(reader),
  ids?: KeptIds,
): Task<Directory> => {
  const read: Task<Directory> = async () => {
    const kept = Values.createRecordMap<KeptEntry>(ids)
    const people = recordsAs(kept, (_, entry) => entryOf(entry))
    const reading = { reader, scope, expansion, ids: kept.ids }
    const listed = await intoMap(kept)(byPageNumber(reading, limitFirst))()
    if (!refusedToGoOn(listed)) return { people, ledger: listed.ledger }
    const queried = await intoMap(kept)(byCursor(reading, listed.ledger.total))()
    if (queried.error === undefined) return { people, ledger: queried.ledger }
    const asFarAsItGoes = await intoMap(kept)(byPageNumber(reading, identity))()
    return { people, ledger: bothWays(asFarAsItGoes, queried, people.size) }
  }
  return async () => {
    const { people, ledger } = await read()
    return { people, ledger: remarked(ledger, expansion.remarks()) }
  }
}
