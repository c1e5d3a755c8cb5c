import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import * as E from 'fp-ts/lib/Either.js'
import { type FileFailure, openTemporaryFolder } from '../node/index.ts'
import { loadOptional } from './optional-package.ts'
import type { PackageMissing } from './query-failure.ts'

/** A database in memory, with a folder of its own for what does not fit there. */
export interface DuckDb {
  readonly connection: DuckDBConnection
  /** Only its owner can enter it. It is gone after `close`. */
  readonly folder: string
  readonly close: () => Promise<void>
}

/** DuckDB moves to its folder what is more. */
const MEMORY_LIMIT = '1GB'
const TEMPORARY_LIMIT = '10GB'

/** The package is optional: it is loaded with the first database, and not before. */
const loadDuckDb = () => loadOptional('DuckDB', '@duckdb/node-api', () => import('@duckdb/node-api'))

/** A text as SQL. */
export const sqlText = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** A name as SQL. */
export const sqlName = (name: string): string => `"${name.replaceAll('"', '""')}"`

export const openDuckDb = async (): Promise<E.Either<PackageMissing | FileFailure, DuckDb>> => {
  const duckDb = await loadDuckDb()
  if (E.isLeft(duckDb)) return duckDb
  const opened = await openTemporaryFolder('tables')()
  if (E.isLeft(opened)) return opened
  const { path: folder, remove } = opened.right
  try {
    const instance = await duckDb.right.DuckDBInstance.create(':memory:', {
      memory_limit: MEMORY_LIMIT,
      temp_directory: join(folder, 'spilled'),
      max_temp_directory_size: TEMPORARY_LIMIT,
      // Nothing is fetched, whatever is asked for.
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    })
    const connection = await instance.connect()
    await connection.run("SET TimeZone = 'UTC'")
    return E.right({
      connection,
      folder,
      close: async () => {
        connection.closeSync()
        instance.closeSync()
        await remove()
      },
    })
  } catch (error) {
    await remove()
    throw error
  }
}
