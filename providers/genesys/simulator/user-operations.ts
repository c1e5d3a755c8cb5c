import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import { type Answer, json, type Listing, type SimulatedRequest, sliceOf } from '../../../src/simulator-kit/index.ts'
import { type DirectoryOptions, type Expansions, expansionsIn, isDescending } from './directory-parameters.ts'
import { badRequest, notFound } from './errors.ts'
import type { Operation } from './guard.ts'
import type { GenesysOrganization, GenesysStateFilter } from './organization.ts'
import { pageCountOf, pagingOf } from './paging-parameters.ts'
import { directoryRecord } from './records.ts'
import { searchOperation } from './user-search.ts'

const isStateFilter = (value: string): value is GenesysStateFilter =>
  value === 'active' || value === 'inactive' || value === 'deleted' || value === 'any'

const stateOf = (request: SimulatedRequest): Either<string, GenesysStateFilter> => {
  const state = request.query.get('state') ?? 'active'
  return isStateFilter(state) ? E.right(state) : E.left(`The state must be active, inactive, deleted or any`)
}

/** Several values come repeated or joined by commas. */
const valuesOf = (request: SimulatedRequest, name: string): readonly string[] =>
  request.query.getAll(name).flatMap((value) => value.split(',').filter((part) => part !== ''))

const expansionsOf = (request: SimulatedRequest, options: DirectoryOptions): Expansions =>
  expansionsIn(valuesOf(request, 'expand'), options)

/** What a listing is asked for. */
interface Asked {
  readonly state: GenesysStateFilter
  readonly expand: ReadonlySet<string>
  readonly descending: boolean
}

const askedOf = (request: SimulatedRequest, options: DirectoryOptions): Either<string, Asked> => {
  const state = stateOf(request)
  if (E.isLeft(state)) return state
  const expand = expansionsOf(request, options)
  if (E.isLeft(expand)) return expand
  const order = isDescending(request.query.get('sortOrder') ?? 'ASC')
  return E.isLeft(order) ? order : E.right({ state: state.right, expand: expand.right, descending: order.right })
}

const rowsFrom = <A>(rows: Listing<A>, from: number, count: number, descending: boolean): readonly A[] => {
  if (!descending) return sliceOf(rows, from, count)
  const end = Math.max(0, rows.size - from)
  const start = Math.max(0, end - count)
  return [...sliceOf(rows, start, end - start)].reverse()
}

const uriOf = (request: SimulatedRequest, changes: Readonly<Record<string, string>>): string => {
  const query = new URLSearchParams(request.query)
  for (const [name, value] of Object.entries(changes)) query.set(name, value)
  return `${request.path}?${query}`
}

const listByIds = (
  organization: GenesysOrganization,
  request: SimulatedRequest,
  { state, expand, descending }: Asked,
): Answer => {
  const found = valuesOf(request, 'id')
    .map((id) => organization.record(id))
    .filter((record) => record !== undefined)
    .filter((record) => state === 'any' || (record.state ?? 'active') === state)
    .map(directoryRecord(organization, expand))
  const entities = descending ? found.reverse() : found
  const selfUri = uriOf(request, {})
  return json({ entities, pageSize: entities.length, pageNumber: 1, total: entities.length, pageCount: 1, selfUri })
}

const listPage = (
  organization: GenesysOrganization,
  request: SimulatedRequest,
  { state, expand, descending }: Asked,
  { rowLimit = 10_000, limitedStates = ['inactive'], maximumPageSize = 500 }: DirectoryOptions,
): Answer => {
  const paging = pagingOf(request, maximumPageSize)
  if (E.isLeft(paging)) return badRequest(request, paging.left, 'invalid.value')
  const { pageSize, pageNumber } = paging.right
  if (limitedStates.includes(state) && pageNumber * pageSize > rowLimit) {
    return badRequest(request, `The page is beyond the first ${rowLimit} results, which is the most that can be paged.`)
  }
  const rows = organization.directory(state)
  const pageCount = pageCountOf(rows.size, pageSize)
  const pageUri = (page: number) => uriOf(request, { pageSize: String(pageSize), pageNumber: String(page) })
  return json({
    entities: rowsFrom(rows, (pageNumber - 1) * pageSize, pageSize, descending).map(
      directoryRecord(organization, expand),
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

const queryPage = (organization: GenesysOrganization, request: SimulatedRequest, options: DirectoryOptions): Answer => {
  const paging = pagingOf(request, options.maximumPageSize ?? 500)
  if (E.isLeft(paging)) return badRequest(request, paging.left, 'invalid.value')
  const asked = askedOf(request, options)
  if (E.isLeft(asked)) return badRequest(request, asked.left, 'invalid.value')
  const { state, expand, descending } = asked.right
  const from = readCursor(request.query.get('cursor'))
  if (from === undefined) return badRequest(request, 'The cursor is not valid', 'invalid.value')
  const { pageSize } = paging.right
  const rows = organization.directory(state)
  const entities = rowsFrom(rows, from, pageSize, descending).map(directoryRecord(organization, expand))
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
      const asked = askedOf(request, options)
      if (E.isLeft(asked)) return badRequest(request, asked.left, 'invalid.value')
      return request.query.has('id')
        ? listByIds(organization, request, asked.right)
        : listPage(organization, request, asked.right, options)
    },
  },
  {
    method: 'GET',
    path: '/api/v2/users/query',
    anyOf: ['directory:user:view'],
    handle: (request) => queryPage(organization, request, options),
  },
  searchOperation(organization, options),
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
      const expand = expansionsOf(request, options)
      if (E.isLeft(expand)) return badRequest(request, expand.left, 'invalid.value')
      const record = organization.record(request.params.userId ?? '')
      return record === undefined || (record.state ?? 'active') !== state
        ? notFound(request, 'The requested user was not found.')
        : json(directoryRecord(organization, expand.right)(record))
    },
  },
]
