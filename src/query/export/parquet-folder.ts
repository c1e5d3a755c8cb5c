import { chmod, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import pLimit from 'p-limit'
import { errorCodeOf, putInPlace } from '../../node/index.ts'
import type { Snapshot, SnapshotManifest } from '../../snapshot/index.ts'
import { openDuckDb, sqlText } from '../duck-db.ts'
import { tablesOf } from '../kept-tables.ts'
import { libraryVersion } from '../library-version.ts'
import { type ExportFailure, failureOfTables, interrupted, type TablesFailure } from '../query-failure.ts'
import { filledTables, TABLES_VERSION } from '../tables/all-tables.ts'
import { dayOf, snapshotIdOf, tableFile } from '../write-tables.ts'
import type { AddTablesOptions, TablesTarget } from './tables-target.ts'

/** A folder of Parquet files. */
export interface ParquetFolder extends TablesTarget {
  /**
   * Adds the files of a snapshot, each of which appears whole or not at all: those of the table `snapshots` are the last ones.
   * Resolves to all files of the snapshot, those that were there before too: their paths within the folder, with `/` between.
   */
  readonly add: (snapshot: Snapshot, options?: AddTablesOptions) => TaskEither<ExportFailure, readonly string[]>
}

/** How a path says that a column is NULL, in the words of Hive. */
const NULL_PARTITION = '__HIVE_DEFAULT_PARTITION__'

const SNAPSHOTS = 'snapshots'

/** A person may be in several providers, and has one file for all of them. */
const isByProvider = (table: string): boolean => table !== 'people'

/** Where the rows of a snapshot and a provider are. `provider`: null where the rows name none. */
const partitionOf = (table: string, day: string, provider: string | null): string =>
  isByProvider(table)
    ? `${table}/day=${day}/provider=${provider === null ? NULL_PARTITION : encodeURIComponent(provider)}`
    : `${table}/day=${day}`

const fileIn = (partition: string, { hash }: SnapshotManifest): string => `${partition}/${snapshotIdOf(hash)}.parquet`

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

/** Makes a folder that may be there, with those that it is in. */
const makeFolder = async (path: string): Promise<void> => {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw errorCodeOf(error) === 'EEXIST' ? new Error('expected a folder, found a file') : error
  }
}

/** Names that begin so are work in progress, and no table. */
const STAGE = '.seatlens-'

/** What a run that was killed has left is removed once no run can be at work there any more. */
const LEFT_AFTER_MS = 86_400_000

const removeLeftovers = async (folder: string): Promise<void> => {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(STAGE)) continue
    const left = join(folder, name)
    const found = await stat(left).catch(() => undefined)
    if (found !== undefined && Date.now() - found.mtimeMs > LEFT_AFTER_MS) {
      await rm(left, { recursive: true, force: true })
    }
  }
}

/** The providers that the rows of a table name. */
const providersIn = async (connection: DuckDBConnection, source: string): Promise<readonly (string | null)[]> => {
  const reader = await connection.runAndReadAll(`SELECT DISTINCT provider FROM ${source} ORDER BY provider`)
  return reader.getRows().map(([provider]) => (provider === null ? null : String(provider)))
}

const conditionOf = (provider: string | null): string =>
  provider === null ? 'provider IS NULL' : `provider = ${sqlText(provider)}`

/** What a file says of itself. */
const metadataOf = ({ hash }: SnapshotManifest): string =>
  `{seatlens: ${sqlText(libraryVersion())}, seatlens_tables: '${TABLES_VERSION}', snapshot: ${sqlText(hash)}}`

/**
 * Opens a folder for tables as Parquet; it is made with its parents, for its owner alone. Files are partitioned by day and
 * provider in the way of Hive: `users/day=2026-11-01/provider=genesys/<snapshot>.parquet`; `people` by day alone. A file that is
 * there is never written again. Fails where DuckDB (`@duckdb/node-api`) is not installed, and where the folder takes no files.
 */
export const openParquetFolder =
  (path: string): TaskEither<TablesFailure, ParquetFolder> =>
  async () => {
    const opened = await openDuckDb()
    if (E.isLeft(opened)) return opened
    const { connection, folder: temporary, close } = opened.right
    try {
      await makeFolder(path)
      await removeLeftovers(path)
      const stage = await mkdtemp(join(path, STAGE))
      // Files on the stage, and tables of the connection, are those of one snapshot at a time.
      const inTurn = pLimit(1)
      return E.right({
        has: (manifest) => async () => {
          const { generatedAt, providers } = manifest
          for (const { id } of providers) {
            const file = fileIn(partitionOf(SNAPSHOTS, dayOf(generatedAt), id), manifest)
            if (!(await isThere(join(path, file)))) return E.right(false)
          }
          return E.right(true)
        },
        add: (snapshot, options) => async () => {
          try {
            return await inTurn(addTo, { connection, temporary, path, stage }, snapshot, options)
          } catch (error) {
            return E.left(failureOfTables(error, path, 'cannot be written'))
          }
        },
        close: async () => {
          await rm(stage, { recursive: true, force: true })
          await close()
        },
      })
    } catch (error) {
      await close()
      return E.left(failureOfTables(error, path, 'cannot be written'))
    }
  }

interface Place {
  readonly connection: DuckDBConnection
  readonly temporary: string
  /** The folder that the files are for. */
  readonly path: string
  /** A folder on the same file system, for files that are not whole yet. */
  readonly stage: string
}

const addTo = async (
  { connection, temporary, path, stage }: Place,
  snapshot: Snapshot,
  { path: from, signal }: AddTablesOptions = {},
): Promise<E.Either<ExportFailure, readonly string[]>> => {
  const { manifest } = snapshot
  const day = dayOf(manifest.generatedAt)
  const tables = await tablesOf(connection, snapshot, { path: from, temporary, keep: false })
  const made = join(stage, 'made.parquet')
  const files: string[] = []
  for (const { name } of filledTables) {
    const source = `read_parquet(${sqlText(join(tables, tableFile(name)))})`
    const providers = isByProvider(name) ? await providersIn(connection, source) : [null]
    for (const provider of providers) {
      if (signal?.aborted === true) return E.left(interrupted)
      const file = fileIn(partitionOf(name, day, provider), manifest)
      files.push(file)
      if (await isThere(join(path, file))) continue
      const where = isByProvider(name) ? `WHERE ${conditionOf(provider)}` : ''
      await connection.run(
        `COPY (SELECT * FROM ${source} ${where}) TO ${sqlText(made)} (FORMAT parquet, COMPRESSION snappy, KV_METADATA ${metadataOf(manifest)})`,
      )
      await chmod(made, 0o600)
      const put = await putInPlace(made, join(path, file))()
      if (E.isLeft(put)) return E.left(failureOfTables(put.left, path, 'cannot be written'))
    }
  }
  if (tables.startsWith(temporary)) await rm(tables, { recursive: true, force: true })
  return E.right(files)
}
