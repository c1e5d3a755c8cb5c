import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import { type Answer, json, type Listing, type SimulatedRequest, sliceOf } from '../../../src/simulator-kit/index.ts'
import { badRequest, notFound } from './errors.ts'
import type { Operation } from './guard.ts'
import type { GenesysOrganization, GenesysStateFilter } from './organization.ts'
import { pageCountOf, pagingOf } from './paging-parameters.ts'
import { directoryRecord } from './records.ts'
import { searchOperation } from './user-search.ts'

export interface DirectoryOptions {
  /** The paged listing refuses to go further, with a 400. Default 10,000 rows; `Infinity` lifts it. */
  readonly rowLimit?: number | undefined
  /** What larger page sizes are silently cut to. Default 500. */
  readonly maximumPageSize?: number | undefined
}

const isStateFilter = (value: string): value is GenesysStateFilter =>
  value === 'active' || value === 'inactive' || value === 'deleted' || value === 'any'

const stateOf = (request: SimulatedRequest): Either<string, GenesysStateFilter> => {
  const state = request.query.get('state') ?? 'active'
  return isStateFilter(state) ? E.right(state) : E.left(`The state must be active, inactive, deleted or any`)
}

/** Several values come repeated or joined by commas. */
const valuesOf = (request: SimulatedRequest, name: string): readonly string[] =>
  request.query.getAll(name).flatMap((value) => value.split(',').filter((part) => part !== ''))

const expansionsOf = (request: SimulatedRequest): ReadonlySet<string> => new Set(valuesOf(request, 'expand'))

/** What records can be expanded with here. */
const EXPANSIONS: ReadonlySet<string> = new Set(['dateLastLogin'])

/** Why a listing is refused: ignoring a parameter would answer another question than the one that was asked. */
const unknownParameter = (request: SimulatedRequest): string | undefined => {
  const expansion = [...expansionsOf(request)].find((name) => !EXPANSIONS.has(name))
  if (expansion !== undefined) return `The simulator does not know the expansion ${expansion}.`
  const order = request.query.get('sortOrder')?.toLowerCase() ?? 'asc'
  return order === 'asc' || order === 'desc' ? undefined : 'The sortOrder must be asc or desc'
}

/** Rows in the order that is asked for. */
const inOrder = <A>(request: SimulatedRequest, rows: Listing<A>): Listing<A> =>
  request.query.get('sortOrder')?.toLowerCase() === 'desc'
    ? { size: rows.size, at: (position) => rows.at(rows.size - 1 - position) }
    : rows

const uriOf = (request: SimulatedRequest, changes: Readonly<Record<string, string>>): string => {
  const query = new URLSearchParams(request.query)
  for (const [name, value] of Object.entries(changes)) query.set(name, value)
  return `${request.path}?${query}`
}

const listByIds = (organization: GenesysOrganization, request: SimulatedRequest, state: GenesysStateFilter): Answer => {
  const entities = valuesOf(request, 'id')
    .map((id) => organization.record(id))
    .filter((record) => record !== undefined)
    .filter((record) => state === 'any' || (record.state ?? 'active') === state)
    .map(directoryRecord(organization, expansionsOf(request)))
  const selfUri = uriOf(request, {})
  return json({ entities, pageSize: entities.length, pageNumber: 1, total: entities.length, pageCount: 1, selfUri })
}

const listPage = (
  organization: GenesysOrganization,
  request: SimulatedRequest,
  state: GenesysStateFilter,
  { rowLimit = 10_000, maximumPageSize = 500 }: DirectoryOptions,
): Answer => {
  const paging = pagingOf(request, maximumPageSize)
  if (E.isLeft(paging)) return badRequest(request, paging.left, 'invalid.value')
  const { pageSize, pageNumber } = paging.right
  if (pageNumber * pageSize > rowLimit) {
    return badRequest(request, `The page is beyond the first ${rowLimit} results, which is the most that can be paged.`)
  }
  const rows = inOrder(request, organization.directory(state))
  const pageCount = pageCountOf(rows.size, pageSize)
  const pageUri = (page: number) => uriOf(request, { pageSize: String(pageSize), pageNumber: String(page) })
  return json({
    entities: sliceOf(rows, (pageNumber - 1) * pageSize, pageSize).map(
      directoryRecord(organization, expansionsOf(request)),
    ),
    pageSize,
    pageNumber,
    total: rows.size,
    pageCount,
    firstUri: pageUri(1),
    selfUri: pageUri(pageNumber),
    ...(pageNumber > 1 ? { previousUri: pageUri(pageNumber - 1) } : {}),
    ...(pageNumber < pageCount ? { nextUri: pageUri(pageNumber + 1) } : {}),
    lastUri: pageUri(Math.max(1, pageCount)),
  })
}

/** Cursors are opaque to clients; this is what ours hold. */
const cursorOf = (from: number): string => Buffer.from(`users:${from}`).toString('base64url')

const readCursor = (cursor: string | null): number | undefined => {
  if (cursor === null || cursor === '') return 0
  const from = /^users:(\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'))?.[1]
  return from === undefined ? undefined : Number(from)
}

const queryPage = (organization: GenesysOrganization, request: SimulatedRequest, maximumPageSize = 500): Answer => {
  const paging = pagingOf(request, maximumPageSize)
  if (E.isLeft(paging)) return badRequest(request, paging.left, 'invalid.value')
  const state = stateOf(request)
  if (E.isLeft(state)) return badRequest(request, state.left, 'invalid.value')
  const from = readCursor(request.query.get('cursor'))
  if (from === undefined) return badRequest(request, 'The cursor is not valid', 'invalid.value')
  const { pageSize } = paging.right
  const rows = inOrder(request, organization.directory(state.right))
  const entities = sliceOf(rows, from, pageSize).map(directoryRecord(organization, expansionsOf(request)))
  const next = from + pageSize < rows.size ? cursorOf(from + pageSize) : undefined
  return json({
    entities,
    results: entities.length,
    selfUri: uriOf(request, {}),
    ...(next === undefined ? {} : { cursor: next, nextUri: uriOf(request, { cursor: next }) }),
  })
}

/** The directory: by page number, by cursor, by search, one by one. */
export const userOperations = (organization: GenesysOrganization, options: DirectoryOptions): Operation[] => [
  {
    method: 'GET',
    path: '/api/v2/users',
    handle: (request) => {
      const state = stateOf(request)
      if (E.isLeft(state)) return badRequest(request, state.left, 'invalid.value')
      const unknown = unknownParameter(request)
      if (unknown !== undefined) return badRequest(request, unknown, 'invalid.value')
      return request.query.has('id')
        ? listByIds(organization, request, state.right)
        : listPage(organization, request, state.right, options)
    },
  },
  {
    method: 'GET',
    path: '/api/v2/users/query',
    anyOf: ['directory:user:view'],
    handle: (request) => {
      const unknown = unknownParameter(request)
      return unknown === undefined
        ? queryPage(organization, request, options.maximumPageSize)
        : badRequest(request, unknown, 'invalid.value')
    },
  },
  searchOperation(organization),
  {
    method: 'GET',
    path: '/api/v2/users/me',
    handle: (request) =>
      badRequest(request, 'Client credentials have no user: this request can only be made for one.', 'bad.request'),
  },
  {
    method: 'GET',
    path: '/api/v2/users/:userId',
    handle: (request) => {
      const state = request.query.get('state') ?? 'active'
      if (state !== 'active' && state !== 'deleted') {
        return badRequest(request, 'The state must be active or deleted', 'invalid.value')
      }
      const record = organization.record(request.params.userId ?? '')
      return record === undefined || (record.state === 'deleted') !== (state === 'deleted')
        ? notFound(request, 'The requested user was not found.')
        : json(directoryRecord(organization, expansionsOf(request))(record))
    },
  },
]
