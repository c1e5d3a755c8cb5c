import { pipe } from 'fp-ts/lib/function.js'
import type { Task } from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import {
  type Clock,
  createPaged,
  type DecodedRecords,
  type Drained,
  drain,
  gapsOf,
  type Ledger,
  type RequestScope,
  walkByPageNumber,
  walkByToken,
  within,
} from '../../src/provider-kit/index.ts'
import type { GenesysClient } from './client.ts'
import type { User } from './codecs.ts'
import { type Person, personOf } from './mapping.ts'

/** Everybody in the organisation, by user id, as far as it could be read. */
export interface Directory {
  readonly people: ReadonlyMap<string, Person>
  readonly ledger: Ledger
}

export interface DirectoryReader {
  readonly provider: string
  readonly client: GenesysClient
  readonly clock: Clock
  readonly readAhead: number
}

/** Works in practice; the vendor documents a default of 25 and no limit. */
const PAGE_SIZE = 500
const STATE = 'any'

const entriesOf = (page: DecodedRecords<User>, where: string) => ({
  items: page.records,
  undecodable: page.undecodable,
  gaps: gapsOf(page, where),
})

const intoMap = (people: Map<string, Person>) =>
  drain<User, Map<string, Person>>(
    () => people,
    (known, user) => known.set(user.id, personOf(user)),
  )

/** The listing by page number: one request for 500 people, read ahead. */
const byPageNumber = ({ provider, client, clock, readAhead }: DirectoryReader, scope: RequestScope) =>
  createPaged<User>(
    {
      provider,
      operation: 'GET /api/v2/users',
      clock,
      keyOf: ({ id }) => id,
      walk: (start) =>
        walkByPageNumber({
          from: { pageNumber: 1, pageSize: PAGE_SIZE },
          readAhead,
          fetch: ({ pageNumber, pageSize }) =>
            pipe(
              client.getUsers({ state: STATE, pageSize, pageNumber }, start.scope),
              TE.map((page) => ({
                ...entriesOf(page, `page ${pageNumber} of the directory`),
                rows: page.records.length + page.undecodable,
                pageSize: page.pageSize,
                pageCount: page.pageCount,
                ...(page.total === undefined ? {} : { total: page.total }),
              })),
            ),
        }),
    },
    within(scope, clock),
  )

/** The listing by cursor, from its start. It gives no total; the other listing's is what it is held against. */
const byCursor = ({ provider, client, clock }: DirectoryReader, scope: RequestScope, total: number | undefined) =>
  createPaged<User>(
    {
      provider,
      operation: 'GET /api/v2/users/query',
      clock,
      keyOf: ({ id }) => id,
      walk: (start) =>
        walkByToken({
          provider,
          operation: 'GET /api/v2/users/query',
          first: 'start',
          fetch: (token) =>
            pipe(
              client.getUsersQuery(
                { state: STATE, pageSize: PAGE_SIZE, cursor: token === 'start' ? undefined : token },
                start.scope,
              ),
              TE.map((page) => ({
                ...entriesOf(page, 'the directory'),
                next: page.cursor,
                ...(total === undefined ? {} : { total }),
              })),
            ),
        }),
    },
    within(scope, clock),
  )

/** The listing by page number refuses with 400 to go on after 10,000 rows in some organisations. */
const refusedToGoOn = ({ error, ledger }: Drained<unknown>): boolean =>
  error?._tag === 'RequestRejected' && error.status === 400 && ledger.pages > 0

/** The account of two ways neither of which led to the end: what is known is what both of them brought. */
const bothWays = (listed: Drained<unknown>, queried: Drained<unknown>, items: number): Ledger => ({
  ...listed.ledger,
  pages: listed.ledger.pages + queried.ledger.pages,
  items,
  gaps: [...listed.ledger.gaps, ...queried.ledger.gaps],
})

/** Reads the whole directory in bulk. Never fails: what could not be read is a gap in its ledger. */
export const readDirectory =
  (reader: DirectoryReader, scope: RequestScope): Task<Directory> =>
  async () => {
    const people = new Map<string, Person>()
    const listed = await intoMap(people)(byPageNumber(reader, scope))()
    if (!refusedToGoOn(listed)) return { people, ledger: listed.ledger }
    const queried = await intoMap(people)(byCursor(reader, scope, listed.ledger.total))()
    return { people, ledger: queried.error === undefined ? queried.ledger : bothWays(listed, queried, people.size) }
  }
