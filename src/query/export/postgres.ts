import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import pLimit from 'p-limit'
import type { Client } from 'pg'
import type { Snapshot } from '../../snapshot/index.ts'
import { type DuckDb, openDuckDb, sqlName, sqlText } from '../duck-db.ts'
import { tablesOf } from '../kept-tables.ts'
import { libraryVersion } from '../library-version.ts'
import { type ExportFailure, failureOfTables, interrupted } from '../query-failure.ts'
import { filledTables } from '../tables/all-tables.ts'
import { SNAPSHOT_COLUMNS } from '../tables/table.ts'
import { snapshotIdOf, tableFile } from '../write-tables.ts'
import { loadPostgres, type PostgresClient } from './load-postgres.ts'
import { migrate } from './migrate-postgres.ts'
import { failureOfPostgres } from './postgres-failure.ts'
import type { AddTablesOptions, TablesTarget } from './tables-target.ts'

/** A database, and who asks it. */
export interface PostgresOptions {
  /** `postgres://user@host:5432/database`, with what else the client takes, as `?sslmode=verify-full`. */
  readonly address: string
  /** Default: that of the address, of `PGPASSWORD`, or of the password file (`PGPASSFILE`). */
  readonly password?: string | undefined
}

/** Tables in a database. */
export interface PostgresTables extends TablesTarget {
  /** The database for people, by its host and name. */
  readonly name: string
}

/** So long the server may take to accept a connection. */
const CONNECT_MS = 30_000

/** What the database is called for people: nothing of an address that may be a secret. */
const nameOf = ({ host, database }: Client): string => `PostgreSQL at ${host}, database ${database}`

/** The client takes an address before anything that stands beside it. */
const withPassword = (address: string, password: string | undefined): string => {
  const url = new URL(address)
  if (password === undefined || url.password !== '' || url.searchParams.has('password')) return address
  url.searchParams.set('password', password)
  return url.href
}

const NO_ADDRESS = 'expected an address such as postgres://user@host/database'

/**
 * Opens a database of PostgreSQL for tables, and makes them in the schema `seatlens`, or brings them to the version of this
 * library. Each snapshot is added in one transaction, and once: `seatlens.exports` has those that are there. Fails where DuckDB
 * (`@duckdb/node-api`) or the client (`pg`, `pg-copy-streams`) is not installed, and where the database cannot be used.
 */
export const openPostgres =
  ({ address, password }: PostgresOptions): TaskEither<ExportFailure, PostgresTables> =>
  async () => {
    if (!URL.canParse(address)) return E.left({ _tag: 'DatabaseRefused', message: NO_ADDRESS, problem: NO_ADDRESS })
    const loaded = await loadPostgres()
    if (E.isLeft(loaded)) return loaded
    const duckDb = await openDuckDb()
    if (E.isLeft(duckDb)) return duckDb
    const { Client, copyFrom } = loaded.right
    const client = new Client({
      connectionString: withPassword(address, password),
      application_name: 'seatlens',
      connectionTimeoutMillis: CONNECT_MS,
      keepAlive: true,
    })
    // What ends the connection between two queries is told by the next one.
    client.on('error', () => {})
    const name = nameOf(client)
    const close = async () => {
      await client.end().catch(() => {})
      await duckDb.right.close()
    }
    try {
      await client.connect()
      await client.query("set time zone 'UTC'")
      await migrate(client)
    } catch (error) {
      await close()
      return E.left(failureOfPostgres(error, name))
    }
    // The connection has one transaction at a time.
    const inTurn = pLimit(1)
    return E.right({
      name,
      has: (manifest) => async () => {
        try {
          const { rowCount } = await client.query('select from seatlens.exports where snapshot = $1', [
            snapshotIdOf(manifest.hash),
          ])
          return E.right(rowCount === 1)
        } catch (error) {
          return E.left(failureOfPostgres(error, name))
        }
      },
      add: (snapshot, options) => () =>
        inTurn(addTo, { client, copyFrom, name, duckDb: duckDb.right }, snapshot, options),
      close,
    })
  }

interface Place extends Pick<PostgresClient, 'copyFrom'> {
  readonly client: Client
  readonly name: string
  readonly duckDb: DuckDb
}

/** PostgreSQL has no text with a NUL character. */
const valueIn = ({ name, type }: { readonly name: string; readonly type: string }): string =>
  type === 'VARCHAR' ? `replace(${sqlName(name)}, chr(0), '\uFFFD')` : sqlName(name)

/** Every value is quoted, and what is not is NULL: an empty text is another thing. */
const CSV = "FORMAT csv, HEADER false, NULLSTR '', FORCE_QUOTE *"

/** One table as a file, which PostgreSQL takes as it is. */
const writeCsv = async (
  { connection, folder }: DuckDb,
  tables: string,
  { name, columns }: (typeof filledTables)[number],
): Promise<string> => {
  const file = join(folder, `${name}.csv`)
  const values = [...SNAPSHOT_COLUMNS, ...columns].map(valueIn).join(', ')
  const source = `read_parquet(${sqlText(join(tables, tableFile(name)))})`
  await connection.run(`COPY (SELECT ${values} FROM ${source}) TO ${sqlText(file)} (${CSV})`)
  return file
}

const copy = async ({ client, copyFrom, duckDb }: Place, tables: string, signal: AbortSignal | undefined) => {
  for (const table of filledTables) {
    const file = await writeCsv(duckDb, tables, table)
    const columns = [...SNAPSHOT_COLUMNS, ...table.columns].map(({ name }) => sqlName(name)).join(', ')
    const into = client.query(copyFrom(`copy seatlens.${table.name} (${columns}) from stdin (format csv)`))
    await pipeline(createReadStream(file), into, signal === undefined ? {} : { signal })
    await rm(file)
  }
}

/** Resolves to whether it was added: another run may have been faster. */
const addTo = async (
  place: Place,
  snapshot: Snapshot,
  { path, signal }: AddTablesOptions = {},
): Promise<E.Either<ExportFailure, boolean>> => {
  const { client, name, duckDb } = place
  const { connection, folder: temporary } = duckDb
  const { hash } = snapshot.manifest
  let tables: string
  try {
    tables = await tablesOf(connection, snapshot, { path, temporary, keep: false })
  } catch (error) {
    return E.left(failureOfTables(error, path ?? temporary, 'cannot be made'))
  }
  try {
    await client.query('begin')
    // Another run that adds the same snapshot is waited for.
    const { rowCount } = await client.query(
      'insert into seatlens.exports (snapshot, seal, made_by) values ($1, $2, $3) on conflict do nothing',
      [snapshotIdOf(hash), hash, libraryVersion()],
    )
    if (rowCount === 1) await copy(place, tables, signal)
    await client.query('commit')
    return E.right(rowCount === 1)
  } catch (error) {
    if (signal?.aborted === true) {
      // What the server has of it is gone with the connection.
      await client.end().catch(() => {})
      return E.left(interrupted)
    }
    await client.query('rollback').catch(() => {})
    return E.left(failureOfPostgres(error, name))
  } finally {
    if (tables.startsWith(temporary)) await rm(tables, { recursive: true, force: true })
  }
}
