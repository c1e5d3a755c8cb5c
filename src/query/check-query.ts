import type { DuckDBConnection } from '@duckdb/node-api'
import * as E from 'fp-ts/lib/Either.js'
import { isRecord } from '../model/is-record.ts'
import type { QueryMistaken, QueryRefused } from './query-failure.ts'
import { SELECTION_NAMES } from './selections.ts'
import { tableDescriptions } from './tables/all-tables.ts'

const VIEWS: readonly string[] = tableDescriptions.map(({ name }) => name)

/** Functions that give rows out of nothing but what they are called with. */
const TABLE_FUNCTIONS = new Set(['range', 'generate_series', 'unnest', 'repeat', 'repeat_row'])

/** Functions that tell of the process, or write something. */
const REFUSED_FUNCTIONS = new Set(['current_setting', 'getvariable', 'nextval', 'currval', 'write_log'])

const refused = (message: string): E.Either<QueryRefused, never> => E.left({ _tag: 'QueryRefused', message })

/** A place in the SQL, from 1. `at`: in bytes, as DuckDB counts. */
const placeAt = (sql: string, at: number) => {
  const lines = Buffer.from(sql).subarray(0, at).toString().split('\n')
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
}

const mistaken = (problem: string, place?: { readonly line: number; readonly column: number }): QueryMistaken => ({
  _tag: 'QueryMistaken',
  message: place === undefined ? problem : `line ${place.line}, column ${place.column}: ${problem}`,
  ...place,
})

/** What DuckDB says of a mistake in several lines, the last of which mark the place: `LINE 1: select foo` and a `^`. */
const WITH_PLACE = /^([\s\S]*?)\n+LINE (\d+): (.*)\n( *)\^/
const KIND = /^(?:Parser|Binder|Catalog|Conversion|Invalid Input|Out of Range|Not implemented) Error: /
const CUT = '...'

/** A message of DuckDB in one line, with the place in the SQL. */
export const mistakeOf = (sql: string, message: string): QueryMistaken => {
  const [, problem = message, number, shown = '', before = ''] = WITH_PLACE.exec(message) ?? []
  const text = problem
    .replace(KIND, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ')
  if (number === undefined) return mistaken(text)
  const line = Number(number)
  const inLine = before.length - `LINE ${number}: `.length
  // Of a long line, DuckDB shows what is around the place.
  const isCut = shown.startsWith(CUT)
  const source = sql.split('\n')[line - 1] ?? ''
  const part = shown.slice(isCut ? CUT.length : 0, shown.endsWith(CUT) ? -CUT.length : undefined)
  const column = inLine + 1 + (isCut ? source.indexOf(part) - CUT.length : 0)
  return mistaken(text, { line, column })
}

/** All that a value consists of, without regard to how deep it is. */
function* nodesOf(root: unknown): Generator<Readonly<Record<string, unknown>>> {
  const open: unknown[] = [root]
  while (open.length > 0) {
    const node = open.pop()
    if (Array.isArray(node)) {
      for (const member of node) open.push(member)
    } else if (isRecord(node)) {
      yield node
      for (const member of Object.values(node)) open.push(member)
    }
  }
}

const wordOf = (value: unknown): string => (typeof value === 'string' ? value.toLowerCase() : '')

/**
 * The names that a query gives to parts of itself, wherever: a name of one part of it may mean something else in another. So
 * none may be the name of something that is in every database.
 */
const ownNames = (query: unknown): ReadonlySet<string> => {
  const names = new Set<string>()
  for (const { cte_map: parts } of nodesOf(query)) {
    const entries = isRecord(parts) && Array.isArray(parts.map) ? parts.map : []
    for (const entry of entries) if (isRecord(entry)) names.add(wordOf(entry.key))
  }
  return names
}

const SCHEMAS: readonly string[] = ['', 'main', ...SELECTION_NAMES]

const isView = (name: string, schema: string, catalog: string): boolean =>
  VIEWS.includes(name) && SCHEMAS.includes(schema) && ['', 'memory'].includes(catalog)

const placeOf = (sql: string, { query_location: at }: Readonly<Record<string, unknown>>) =>
  typeof at === 'number' && at <= Buffer.byteLength(sql) ? placeAt(sql, at) : undefined

/** Why a part of a query is not allowed; undefined where it is. */
const problemOf = (
  sql: string,
  node: Readonly<Record<string, unknown>>,
  own: ReadonlySet<string>,
): QueryMistaken | QueryRefused | undefined => {
  const { type, class: group } = node
  if (type === 'BASE_TABLE') {
    const [name, schema, catalog] = [node.table_name, node.schema_name, node.catalog_name].map(wordOf)
    if (name === undefined || isView(name, schema ?? '', catalog ?? '') || (schema === '' && own.has(name))) return
    return mistaken(
      `there is no view ${JSON.stringify([catalog, schema, node.table_name].filter(Boolean).join('.'))}; there are ${VIEWS.join(', ')}, and each also as ${SELECTION_NAMES.map((name) => `${name}.…`).join(' and ')}`,
      placeOf(sql, node),
    )
  }
  if (type === 'SHOW_REF') {
    const isAboutViews = node.query !== null || node.table_name === '"tables"'
    return isAboutViews ? undefined : { _tag: 'QueryRefused', message: ONLY_VIEWS }
  }
  if (type === 'TABLE_FUNCTION' && isRecord(node.function)) {
    const name = wordOf(node.function.function_name)
    if (!TABLE_FUNCTIONS.has(name)) return { _tag: 'QueryRefused', message: `${name}: ${ONLY_VIEWS}` }
  }
  if (group === 'FUNCTION') {
    const name = wordOf(node.function_name)
    if (REFUSED_FUNCTIONS.has(name)) return { _tag: 'QueryRefused', message: `${name}: ${ONLY_VIEWS}` }
  }
  return undefined
}

const ONLY_VIEWS = `a query reads the views ${VIEWS.join(', ')} and nothing else`
const ONE_SELECT = 'expected one SELECT (or WITH, FROM, VALUES, DESCRIBE, SUMMARIZE): a query only reads'
/** Without them, DuckDB makes several statements of it, one of which writes. */
const PIVOT_NEEDS_VALUES =
  "PIVOT needs its values named: FROM (PIVOT users ON status IN ('active', 'inactive') USING count(*))"

/** How DuckDB's own parser reads a text. */
const parsed = async (connection: DuckDBConnection, sql: string): Promise<Readonly<Record<string, unknown>>> => {
  const reader = await connection.runAndReadAll('SELECT json_serialize_sql($1::VARCHAR)', [sql])
  const value: unknown = JSON.parse(String(reader.getRows()[0]?.[0] ?? '{}'))
  return isRecord(value) ? value : {}
}

/**
 * What DuckDB has views of by itself, its catalog, as far as it finds them by their name alone. It finds those of
 * `information_schema`, such as `columns` and `tables`, with that before the name only.
 */
const builtInNames = async (connection: DuckDBConnection): Promise<readonly string[]> => {
  const reader = await connection.runAndReadAll(
    'SELECT DISTINCT view_name FROM duckdb_views() WHERE internal AND schema_name IN (SELECT unnest(current_schemas(true)))',
  )
  return reader.getRows().map(([name]) => wordOf(name))
}

/** Whether a text is one query that reads the views and nothing else, as DuckDB's own parser understands it. */
export const checkQuery = async (
  connection: DuckDBConnection,
  sql: string,
): Promise<E.Either<QueryMistaken | QueryRefused, void>> => {
  const { error, error_type: kind, error_message: message, position, statements } = await parsed(connection, sql)
  if (error === true) {
    if (kind !== 'parser') return refused(/\bpivot\b/i.test(sql) ? PIVOT_NEEDS_VALUES : ONE_SELECT)
    const at = Number(position)
    return E.left(mistaken(String(message), Number.isSafeInteger(at) ? placeAt(sql, at) : undefined))
  }
  if (!Array.isArray(statements) || statements.length !== 1) {
    const found =
      Array.isArray(statements) && statements.length > 0 ? `found ${statements.length} statements` : 'found nothing'
    return refused(`${ONE_SELECT}; ${found}`)
  }
  const own = ownNames(statements)
  const taken = (await builtInNames(connection)).find((name) => own.has(name))
  if (taken !== undefined) {
    return refused(`${taken} is the name of a view of DuckDB's own; give that part of the query another name`)
  }
  for (const node of nodesOf(statements)) {
    const problem = problemOf(sql, node, own)
    if (problem !== undefined) return E.left(problem)
  }
  return E.right(undefined)
}
