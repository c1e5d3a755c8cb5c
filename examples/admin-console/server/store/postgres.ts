import pg from 'pg'
import type { Database, Row, Statement, Value } from './database.ts'

const INT8 = 20

/** Numbers of 64 bits as numbers, as times are far below 2^53. The parsers of others stay as they are. */
const types = new pg.TypeOverrides()
types.setTypeParser(INT8, Number)

/** `?` as `$1`, `$2` and so on. The console's own SQL has no `?` in a text. */
const given = ([sql, ...values]: Statement) => {
  let place = 0
  return { text: sql.replaceAll('?', () => `$${++place}`), values: [...values] }
}

/** Only one transaction of the console at a time writes, as in SQLite: they are short, and the order is easy to reason about. */
const ONE_WRITER = 'select pg_advisory_xact_lock(5247110)'

const LIMITS = {
  /** For a new connection, or a free one. */
  connectionTimeoutMillis: 10_000,
  /** A statement, with its wait for the one writer. */
  statement_timeout: 10_000,
  /** Less than a lease lasts: a server that was suspended within a transaction must not keep all others from writing. */
  idle_in_transaction_session_timeout: 2_000,
}

/** A database on a server, for several machines. `url`: `postgres://user:password@host/name`. */
export const openPostgres = async (url: string): Promise<Database> => {
  const pool = new pg.Pool({ connectionString: url, types, max: 10, ...LIMITS })
  // A connection that breaks while it is idle is replaced; the next statement tells if that fails.
  pool.on('error', () => {})
  const transaction = async (statements: readonly Statement[]) => {
    const client = await pool.connect()
    let broken: Error | undefined
    try {
      await client.query(`begin; ${ONE_WRITER}`)
      const results: (readonly Row[])[] = []
      for (const statement of statements)
        results.push((await client.query<Record<string, Value>>(given(statement))).rows)
      await client.query('commit')
      return results
    } catch (error) {
      await client.query('rollback').catch((failure: Error) => {
        broken = failure
      })
      throw error
    } finally {
      client.release(broken)
    }
  }
  return {
    now: 'cast(extract(epoch from clock_timestamp()) * 1000 as bigint)',
    bytes: 'bytea',
    rows: async (...statement) => (await pool.query<Record<string, Value>>(given(statement))).rows,
    transaction,
    close: () => pool.end(),
  }
}
