import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { momentOf } from '../model/moment.ts'
import { type FileFailure, readSnapshotFolder, type SnapshotFolderFailure } from '../node/index.ts'
import type { Snapshot } from '../snapshot/index.ts'
import { checkQuery, mistakeOf } from './check-query.ts'
import { type DuckDb, openDuckDb, sqlName, sqlText } from './duck-db.ts'
import { tablesOf } from './kept-tables.ts'
import {
  failureOfTables,
  interrupted,
  type PackageMissing,
  type QueryFailure,
  type TablesFailure,
} from './query-failure.ts'
import { type QueryValue, valueReader } from './query-value.ts'
import { type SnapshotLeftOut, snapshotPaths } from './snapshot-paths.ts'
import { createEmptyViews, createViews, filesOfViews, sqlList } from './views.ts'
import { snapshotIdOf } from './write-tables.ts'

/** A snapshot whose tables are there. */
export interface TabledSnapshot {
  /** As in the column `snapshot`. */
  readonly id: string
  /** Its folder, as it was found. */
  readonly path: string
  /** ISO 8601 in UTC. */
  readonly generatedAt: string
  /** Every provider is. */
  readonly complete: boolean
  /** The ids of its providers, also of those of which nothing could be read. */
  readonly providers: readonly string[]
  /** Where its files of Parquet are. */
  readonly tables: string
}

/** How tables are made. */
export interface SnapshotTablesOptions {
  /** Stops it between two snapshots. Default: it is not stopped. */
  readonly signal?: AbortSignal | undefined
  /**
   * Whether the tables of a snapshot are kept in a folder within its own (`.seatlens-tables`), so that they need not be made
   * again. Default: true. A folder that takes no files is left as it is.
   */
  readonly keep?: boolean | undefined
  /** Called for each snapshot whose tables are not there yet: how many there are in all, and how many came before it. */
  readonly onMake?:
    | ((progress: { readonly path: string; readonly done: number; readonly all: number }) => void)
    | undefined
}

/** What a query gives, while it is read. */
export interface QueryResult {
  /** In their order. Each name is there once: a second `count` is `count:1`. */
  readonly columns: readonly { readonly name: string /** In the words of SQL. */; readonly type: string }[]
  /** Some rows at a time, each with a value for each column. To be read once. Ends with a `Left` where it fails on the way. */
  readonly rows: AsyncIterable<E.Either<QueryFailure, readonly (readonly QueryValue[])[]>>
}

/** The tables of snapshots in a database of its own, that reads nothing else. */
export interface SnapshotTables {
  /** Those that the tables have, each once, the oldest first. */
  readonly snapshots: readonly TabledSnapshot[]
  /** Those that cannot be used. */
  readonly leftOut: readonly SnapshotLeftOut[]
  /**
   * Asks something in the SQL of DuckDB: one SELECT, over the views {@link tableDescriptions} and nothing else. `newest.users` has
   * the rows of the newest snapshot of each provider alone, `daily.users` those of the newest one of each provider and day; so it
   * is with each view. One query at a time.
   */
  readonly query: (
    sql: string,
    options?: { readonly signal?: AbortSignal | undefined },
  ) => TaskEither<QueryFailure, QueryResult>
  /**
   * Writes what a query gives to a file of Parquet in a temporary folder, and resolves to its path. The next call replaces it,
   * and `close` removes it. Whole numbers of more than 64 bits become decimal ones, as Parquet has no exact type for them.
   */
  readonly queryToParquet: (
    sql: string,
    options?: { readonly signal?: AbortSignal | undefined },
  ) => TaskEither<QueryFailure, string>
  /** Ends all queries, and removes what was temporary. */
  readonly close: () => Promise<void>
}

const timeOf = ({ generatedAt }: TabledSnapshot): number => momentOf(generatedAt) ?? 0

/** Those of one time are in the order of their ids, which are the same wherever the snapshots are. */
const byTime = (one: TabledSnapshot, other: TabledSnapshot): number =>
  timeOf(one) - timeOf(other) || (one.id < other.id ? -1 : 1)

/** Makes the tables of the snapshots in some folders, one after the other, so that there is never more than one in memory. */
export const collectTables = async (
  { connection, folder: temporary }: DuckDb,
  folders: readonly string[],
  { signal, keep = true, onMake }: SnapshotTablesOptions,
): Promise<E.Either<TablesFailure, Pick<SnapshotTables, 'snapshots' | 'leftOut'>>> => {
  const paths = await snapshotPaths(folders)
  if (E.isLeft(paths)) return paths
  const snapshots = new Map<string, TabledSnapshot>()
  const leftOut: SnapshotLeftOut[] = []
  for (const [done, path] of paths.right.entries()) {
    if (signal?.aborted === true) return E.left(interrupted)
    const snapshot: E.Either<SnapshotFolderFailure, Snapshot> = await readSnapshotFolder(path)()
    if (E.isLeft(snapshot)) {
      leftOut.push({ path, problem: snapshot.left.problem })
      continue
    }
    const { hash, generatedAt, complete, providers } = snapshot.right.manifest
    // A copy adds nothing to the first one.
    if (snapshots.has(hash)) continue
    const tables = await tablesOf(connection, snapshot.right, {
      path,
      temporary,
      keep,
      onMake: () => onMake?.({ path, done, all: paths.right.length }),
    })
    snapshots.set(hash, {
      id: snapshotIdOf(hash),
      path,
      generatedAt,
      complete,
      providers: providers.map(({ id }) => id),
      tables,
    })
  }
  return E.right({ snapshots: [...snapshots.values()].sort(byTime), leftOut })
}

/** Lets the database read the files of the tables alone, write those that are named, and change no setting any more. */
const lock = async (connection: DuckDBConnection, files: readonly string[]): Promise<void> => {
  await connection.run(`SET allowed_paths = ${sqlList(files)}`)
  await connection.run('SET enable_external_access = false')
  await connection.run('SET lock_configuration = true')
}

const MEMORY = /^Out of Memory Error: |max_temp_directory_size/
const INTERRUPTED = /^(?:INTERRUPT|Interrupted)/i

/** What DuckDB threw while it prepared or answered a query. */
const failureOf = (sql: string, error: unknown, signal: AbortSignal | undefined): QueryFailure => {
  const message = error instanceof Error ? error.message : String(error)
  if (signal?.aborted === true || INTERRUPTED.test(message)) return interrupted
  if (MEMORY.test(message)) {
    return {
      _tag: 'QueryUnfinished',
      message: 'it needs more memory than a query may have; ask for less at a time, such as fewer days or columns',
    }
  }
  if (message.startsWith('Permission Error: ')) {
    return { _tag: 'QueryRefused', message: 'a query reads no files' }
  }
  return mistakeOf(sql, message)
}

/**
 * Whether a query can be asked, before tables are made: it is one SELECT over the views, and all that it names is there. It may
 * still fail when it is asked, such as by what is in a column.
 */
export const checkSql =
  (sql: string): TaskEither<PackageMissing | FileFailure | QueryFailure, void> =>
  async () => {
    const opened = await openDuckDb()
    if (E.isLeft(opened)) return opened
    const { connection, close } = opened.right
    try {
      await createEmptyViews(connection)
      await lock(connection, [])
      const checked = await checkQuery(connection, sql)
      if (E.isRight(checked)) (await connection.prepare(sql)).destroySync()
      return checked
    } catch (error) {
      return E.left(failureOf(sql, error, undefined))
    } finally {
      await close()
    }
  }

/** Ends what the database is doing once the signal says so. */
const interruptedBy = (connection: DuckDBConnection, signal: AbortSignal | undefined) => {
  const interrupt = () => connection.interrupt()
  signal?.addEventListener('abort', interrupt)
  return () => signal?.removeEventListener('abort', interrupt)
}

async function* chunksOf(
  result: Awaited<ReturnType<DuckDBConnection['stream']>>,
  connection: DuckDBConnection,
  sql: string,
  signal: AbortSignal | undefined,
): QueryResult['rows'] extends AsyncIterable<infer Chunk> ? AsyncGenerator<Chunk> : never {
  const read = valueReader(await import('@duckdb/node-api'))
  const release = interruptedBy(connection, signal)
  try {
    for (;;) {
      if (signal?.aborted === true) return yield E.left(interrupted)
      const chunk = await result.fetchChunk()
      if (chunk === null || chunk.rowCount === 0) return
      yield E.right(chunk.getRows().map((row) => row.map(read)))
    }
  } catch (error) {
    yield E.left(failureOf(sql, error, signal))
  } finally {
    release()
  }
}

const querying =
  (connection: DuckDBConnection): SnapshotTables['query'] =>
  (sql, { signal } = {}) =>
  async () => {
    if (signal?.aborted === true) return E.left(interrupted)
    const release = interruptedBy(connection, signal)
    try {
      const checked = await checkQuery(connection, sql)
      if (E.isLeft(checked)) return checked
      const result = await connection.stream(sql)
      const types = result.columnTypes()
      const columns = result.deduplicatedColumnNames().map((name, place) => ({ name, type: String(types[place]) }))
      return E.right({ columns, rows: chunksOf(result, connection, sql, signal) })
    } catch (error) {
      return E.left(failureOf(sql, error, signal))
    } finally {
      release()
    }
  }

/** A query as the whole of a FROM clause, in DuckDB's own words: without what may stand behind it in the text. */
const asSource = async (connection: DuckDBConnection, sql: string): Promise<string> => {
  const reader = await connection.runAndReadAll('SELECT json_deserialize_sql(json_serialize_sql($1::VARCHAR))', [sql])
  return `(${String(reader.getRows()[0]?.[0])})`
}

const HUGE: ReadonlySet<string> = new Set(['HUGEINT', 'UHUGEINT'])

const queryingToParquet =
  (connection: DuckDBConnection, file: string): SnapshotTables['queryToParquet'] =>
  (sql, { signal } = {}) =>
  async () => {
    if (signal?.aborted === true) return E.left(interrupted)
    const release = interruptedBy(connection, signal)
    try {
      const checked = await checkQuery(connection, sql)
      if (E.isLeft(checked)) return checked
      const { columns } = await connection.prepare(sql).then((prepared) => ({
        columns: Array.from({ length: prepared.columnCount }, (_, place) => ({
          name: prepared.columnName(place),
          type: String(prepared.columnType(place)),
        })),
      }))
      const names = uniqueNames(columns.map(({ name }) => name))
      const places = columns.map((_, place) => `c${place}`)
      const list = columns.map(({ type }, place) => {
        const value = HUGE.has(type) ? `CAST(c${place} AS DECIMAL(38, 0))` : `c${place}`
        return `${value} AS ${sqlName(names[place] ?? '')}`
      })
      const source = await asSource(connection, sql)
      await connection.run(
        `COPY (SELECT ${list.join(', ')} FROM ${source} AS result (${places.join(', ')})) TO ${sqlText(file)} (FORMAT parquet, COMPRESSION zstd)`,
      )
      return E.right(file)
    } catch (error) {
      return E.left(failureOf(sql, error, signal))
    } finally {
      release()
    }
  }

/** A name that was there already gets a number behind it, as DuckDB itself does it for results. */
const uniqueNames = (names: readonly string[]): readonly string[] => {
  const times = new Map<string, number>()
  return names.map((name) => {
    const before = times.get(name) ?? 0
    times.set(name, before + 1)
    return before === 0 ? name : `${name}:${before}`
  })
}

const RESULT_FILE = 'result.parquet'

/**
 * Opens the snapshots in some folders as tables. A folder is that of a snapshot, or one of snapshots. Only snapshots that are as
 * they were written are in the tables; the others are in `leftOut`. Fails where DuckDB (`@duckdb/node-api`) is not installed, and
 * where none can be used.
 */
export const openSnapshotTables =
  (folders: readonly string[], options: SnapshotTablesOptions = {}): TaskEither<TablesFailure, SnapshotTables> =>
  async () => {
    const opened = await openDuckDb()
    if (E.isLeft(opened)) return opened
    const { connection, folder, close } = opened.right
    const [first = '.'] = folders
    try {
      const collected = await collectTables(opened.right, folders, options)
      if (E.isLeft(collected)) {
        await close()
        return collected
      }
      const { snapshots, leftOut } = collected.right
      if (snapshots.length === 0) {
        await close()
        return E.left(noneUsable(first, leftOut))
      }
      const result = join(folder, RESULT_FILE)
      await createViews(connection, snapshots)
      await lock(connection, [...filesOfViews(snapshots), result])
      return E.right({
        snapshots,
        leftOut,
        query: querying(connection),
        queryToParquet: queryingToParquet(connection, result),
        close,
      })
    } catch (error) {
      await close()
      return E.left(failureOfTables(error, first, 'cannot be made'))
    }
  }

/** The first that is damaged stands for all, of which the message has each. */
export const noneUsable = (folder: string, leftOut: readonly SnapshotLeftOut[]): TablesFailure => {
  const problem =
    leftOut.length === 0
      ? 'there is no snapshot in it'
      : `none of its snapshots can be used: ${leftOut.map(({ path, problem }) => `${path}: ${problem}`).join('; ')}`
  return { _tag: 'NoSnapshots', message: `${folder}: ${problem}`, path: folder, problem }
}
