import { createClient, type InValue, type ResultSet } from '@libsql/client'
import type { Database, Row, Statement, Value } from './database.ts'

/** How long a writer waits for another process that writes. */
const BUSY_MS = 10_000

const plain = (value: unknown): Value =>
  value instanceof ArrayBuffer ? new Uint8Array(value) : typeof value === 'bigint' ? Number(value) : (value as Value)

const rowsOf = ({ rows, columns }: ResultSet): readonly Row[] =>
  rows.map((row) => Object.fromEntries(columns.map((name, place) => [name, plain(row[place])])))

const given = ([sql, ...args]: Statement) => ({ sql, args: args as InValue[] })

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
