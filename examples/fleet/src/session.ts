import pg from 'pg'

/** The database ends a session that says nothing for so long: that of a machine that is gone, or of a worker that was suspended. */
const SILENCE_SECONDS = 30
const SIGN_OF_LIFE_MS = 10_000

/** How long a connection, a statement, and an answer to one may take, in milliseconds. */
export const TIME_LIMITS = {
  connectionTimeoutMillis: 10_000,
  statement_timeout: 30_000,
  // Of a machine that is gone, no answer comes, nor an error.
  query_timeout: 40_000,
} as const

/** A connection of its own, whose locks end with it. */
export interface Session {
  /** Fires when the locks may be lost: the connection broke. */
  readonly lost: AbortSignal
  /** One piece of work after the other. */
  readonly use: <A>(work: (client: pg.Client) => Promise<A>) => Promise<A>
  readonly close: () => Promise<void>
}

/** Opens a session that lives as long as its process does, however long the process works on something else. */
export const openSession = async (url: string, name: string): Promise<Session> => {
  const client = new pg.Client({ connectionString: url, ...TIME_LIMITS })
  const lost = new AbortController()
  let last: Promise<unknown> = Promise.resolve()
  const use = <A>(work: (client: pg.Client) => Promise<A>): Promise<A> => {
    const next = last.then(() => work(client))
    last = next.catch(() => {})
    return next
  }
  const over = () => {
    clearInterval(beat)
    lost.abort(new Error('the connection to the database was lost'))
  }
  // An answer that does not come in its time is a connection that is gone.
  const beat = setInterval(() => void use((one) => one.query('select 1')).catch(over), SIGN_OF_LIFE_MS)
  client.on('error', over)
  client.on('end', over)
  try {
    await client.connect()
    await client.query(`set idle_session_timeout = '${SILENCE_SECONDS}s'; set application_name = '${name}'`)
  } catch (error) {
    over()
    await client.end().catch(() => {})
    throw error
  }
  return { lost: lost.signal, use, close: () => client.end() }
}
