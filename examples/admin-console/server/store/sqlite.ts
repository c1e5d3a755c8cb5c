import { createClient, type Value as LibsqlValue, type ResultSet } from '@libsql/client'
import type { Database, Row, Statement, Value } from './database.ts'

/** How long a writer waits for another process that writes. */
const BUSY_MS = 10_000

const plain = (value: LibsqlValue = null): Value => {
  if (value instanceof ArrayBuffer) return new Uint8Array(value)
  return typeof value === 'bigint' ? Number(value) : value
}

const rowsOf = ({ rows, columns }: ResultSet): readonly Row[] =>
  rows.map((row) => Object.fromEntries(columns.map((name, place) => [name, plain(row[place])])))

const given = ([sql, ...args]: Statement) => ({ sql, args: [...args] })

/** A database in one file, for one machine. Several processes may open it. */
export const openSqlite = async (path: string): Promise<Database> => {
  const client = createClient({ url: `file:${path}`, timeout: BUSY_MS })
  // With a write-ahead log, readers do not wait for writers; what is committed is on the disk, as `synchronous` is FULL.
  await client.execute('pragma journal_mode = wal')
  return {
    now: "cast(unixepoch('subsec') * 1000 as integer)",
    bytes: 'blob',
    rows: async (...statement) => rowsOf(await client.execute(given(statement))),
    transaction: async (statements) => (await client.batch(statements.map(given), 'write')).map(rowsOf),
    close: async () => client.close(),
  }
}
