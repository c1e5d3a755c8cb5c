import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import {
  type Answer,
  isRawRecord,
  json,
  jsonBodyOf,
  type SimulatedRequest,
  sliceOf,
} from '../../../src/simulator-kit/index.ts'
import { type DirectoryOptions, expansionsIn, isDescending } from './directory-parameters.ts'
import { badRequest } from './errors.ts'
import type { Operation } from './guard.ts'
import type { GenesysOrganization } from './organization.ts'
import { pageCountOf } from './paging-parameters.ts'
import { directoryRecord } from './records.ts'
import type { GenesysDirectoryRecord } from './world.ts'

const Criterion = t.intersection(
  [
    t.type({ type: t.string }),
    t.partial({ fields: t.array(t.string), value: t.string, values: t.array(t.string), operator: t.string }),
  ],
  'Criterion',
)
type Criterion = t.TypeOf<typeof Criterion>

const SearchRequest = t.partial(
  {
    pageSize: t.number,
    pageNumber: t.number,
    expand: t.array(t.string),
    sortOrder: t.string,
    sortBy: t.string,
    query: t.array(Criterion),
  },
  'SearchRequest',
)

type Test = (field: string, wanted: string) => boolean

const tests: ReadonlyMap<string, Test> = new Map<string, Test>([
  ['EXACT', (field, wanted) => field === wanted],
  ['TERM', (field, wanted) => field === wanted],
  ['TERMS', (field, wanted) => field === wanted],
  ['CONTAINS', (field, wanted) => field.includes(wanted)],
  ['STARTS_WITH', (field, wanted) => field.startsWith(wanted)],
])

const FIELDS = ['id', 'name', 'email', 'username', 'state']

const fieldOf = (record: GenesysDirectoryRecord, field: string): string => {
  switch (field) {
    case 'id':
      return record.id
    case 'name':
      return record.name
    case 'state':
      return record.state ?? 'active'
    default:
      return record.email ?? ''
  }
}

const wantedBy = ({ value, values = [] }: Criterion): readonly string[] =>
  (value === undefined ? values : [value, ...values]).map((text) => text.toLowerCase())

const fits =
  (criterion: Criterion) =>
  (record: GenesysDirectoryRecord): boolean =>
    (criterion.fields ?? []).some((field) =>
      wantedBy(criterion).some((wanted) => tests.get(criterion.type)?.(fieldOf(record, field).toLowerCase(), wanted)),
    )

/** Says so rather than finding something else. */
const notSimulated = (query: readonly Criterion[]): string | undefined => {
  for (const { type, operator = 'AND', fields = [] } of query) {
    if (!tests.has(type)) return `the simulator does not know the search type ${type}`
    if (operator !== 'AND') return `the simulator does not know the operator ${operator}`
    if (fields.length === 0 || !fields.every((field) => FIELDS.includes(field))) {
      return `the simulator searches the fields ${FIELDS.join(', ')} only`
    }
  }
  return undefined
}

/** Whom to look at: those with an id or address where one is asked for, else the whole directory. */
const candidates = (
  organization: GenesysOrganization,
  query: readonly Criterion[],
): readonly GenesysDirectoryRecord[] => {
  const exact = (field: string) =>
    query.find(({ type, fields }) => type === 'EXACT' && fields?.length === 1 && fields[0] === field)?.value
  const [id, email] = [exact('id'), exact('email')]
  if (id !== undefined) return [organization.record(id)].filter((record) => record !== undefined)
  if (email !== undefined) return organization.recordsByEmail(email)
  const rows = organization.directory('any')
  return sliceOf(rows, 0, rows.size).flatMap((record) => (isRawRecord(record) ? [] : [record]))
}

/** By a field, and where none is named, in the order of the directory. */
const sorted = (
  records: readonly GenesysDirectoryRecord[],
  sortBy: string | undefined,
  descending: boolean,
): readonly GenesysDirectoryRecord[] => {
  const inOrder =
    sortBy === undefined
      ? [...records]
      : [...records].sort((one, other) => {
          const [first, second] = [fieldOf(one, sortBy).toLowerCase(), fieldOf(other, sortBy).toLowerCase()]
          if (first === second) return 0
          return first < second ? -1 : 1
        })
  return descending ? inOrder.reverse() : inOrder
}

const search = (organization: GenesysOrganization, options: DirectoryOptions, request: SimulatedRequest): Answer => {
  const body = jsonBodyOf(request)
  if (E.isLeft(body) || !SearchRequest.is(body.right)) {
    return badRequest(request, 'The request could not be understood by the server due to malformed syntax.')
  }
  const { query = [], pageNumber = 1, expand = [], sortOrder = 'ASC', sortBy } = body.right
  const pageSize = Math.min(body.right.pageSize ?? 25, 100)
  const problem = notSimulated(query)
  if (problem !== undefined || pageSize < 1 || pageNumber < 1) {
    return badRequest(request, problem ?? 'The page must be a positive number', 'invalid.value')
  }
  const fields = expansionsIn(expand, options)
  if (E.isLeft(fields)) return badRequest(request, fields.left, 'invalid.value')
  const order = isDescending(sortOrder)
  if (E.isLeft(order)) return badRequest(request, order.left, 'invalid.value')
  if (sortBy !== undefined && !FIELDS.includes(sortBy)) {
    return badRequest(request, `the simulator sorts by the fields ${FIELDS.join(', ')} only`, 'invalid.value')
  }
  const asksState = query.some(({ fields }) => fields?.includes('state'))
  const found = candidates(organization, query)
    .filter((record) => asksState || (record.state ?? 'active') === 'active')
    .filter((record) => query.every((criterion) => fits(criterion)(record)))
  const results = sorted(found, sortBy, order.right)
  return json({
    total: results.length,
    pageCount: pageCountOf(results.length, pageSize),
    pageSize,
    pageNumber,
    types: ['users'],
    results: results
      .slice((pageNumber - 1) * pageSize, pageNumber * pageSize)
      .map(directoryRecord(organization, fields.right)),
  })
}

/** Finds people by what they are: only active ones, unless the query names a state. Compares without regard to case. */
export const searchOperation = (organization: GenesysOrganization, options: DirectoryOptions): Operation => ({
  method: 'POST',
  path: '/api/v2/users/search',
  anyOf: ['directory:user:view'],
  handle: (request) => search(organization, options, request),
})
