import pg from 'pg'
import { lockKey } from './database.ts'

/** The database ends a session that says nothing for so long: that of a machine that is gone, or of a worker that was suspended. */
const SILENCE_SECONDS = 30
const SIGN_OF_LIFE_MS = 10_000

/** The right to work on one organization. */
export interface Held {
  /** Fires when the right may be lost: the connection to the database broke. */
  readonly lost: AbortSignal
  /** All or nothing, over the connection that holds the right: a worker that lost it writes nothing. */
  readonly transaction: <A>(work: (client: pg.Client) => Promise<A>) => Promise<A>
  readonly release: () => Promise<void>
}

/**
 * One worker at a time works on an organization: the one that has the advisory lock of its name. All locks of a worker are held by
 * one connection, and end with it, so that nothing has to be cleaned up after a worker that was killed.
 */
export const createLocks = (url: string) => {
  let session: Promise<Session> | undefined

  const open = async (): Promise<Session> => {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, statement_timeout: 30_000 })
    const lost = new AbortController()
    let last: Promise<unknown> = Promise.resolve()
    const alone = <A>(work: (client: pg.Client) => Promise<A>): Promise<A> => {
      const next = last.then(() => work(client))
      last = next.catch(() => {})
      return next
    }
    const beat = setInterval(() => void alone((one) => one.query('select 1')).catch(() => {}), SIGN_OF_LIFE_MS)
    const over = () => {
      clearInterval(beat)
      session = undefined
      lost.abort(new Error('the connection to the database was lost'))
    }
    client.on('error', over)
    client.on('end', over)
    try {
      await client.connect()
      await client.query(`set idle_session_timeout = '${SILENCE_SECONDS}s'; set application_name = 'fleet locks'`)
    } catch (error) {
      over()
      await client.end().catch(() => {})
      throw error
    }
    return { lost: lost.signal, alone, mine: new Set(), close: () => client.end() }
  }

  return {
    /** The right to work on an organization, or undefined where another worker, or another job, has it. */
    take: async (organization: string): Promise<Held | undefined> => {
      session ??= open()
      const { lost, alone, mine } = await session
      // A session could have the same lock twice.
      if (mine.has(organization)) return undefined
      mine.add(organization)
      const { rows } = await alone((client) =>
        client.query<{ taken: boolean }>(
          `select pg_try_advisory_lock(hashtextextended($1, ${lockKey.organization})) as taken`,
          [organization],
        ),
      ).catch((error: unknown) => {
        mine.delete(organization)
        throw error
      })
      if (rows[0]?.taken !== true) {
        mine.delete(organization)
        return undefined
      }
      return {
        lost,
        transaction: (work) =>
          alone(async (client) => {
            await client.query('begin')
            try {
              const result = await work(client)
              await client.query('commit')
              return result
            } catch (error) {
              await client.query('rollback').catch(() => {})
              throw error
            }
          }),
        release: async () => {
          await alone((client) =>
            client.query(`select pg_advisory_unlock(hashtextextended($1, ${lockKey.organization}))`, [organization]),
          ).catch(() => {})
          mine.delete(organization)
        },
      }
    },
    close: async (): Promise<void> => {
      await (await session?.catch(() => undefined))?.close()
    },
  }
}

export type Locks = ReturnType<typeof createLocks>

interface Session {
  readonly lost: AbortSignal
  readonly alone: <A>(work: (client: pg.Client) => Promise<A>) => Promise<A>
  readonly mine: Set<string>
  readonly close: () => Promise<void>
}

/** SQL that has a row where the right to work on an organization is held. `organization`: an expression. */
export const heldBy = (organization: string): string => `
  select 1 from pg_locks l join pg_database d on d.oid = l.database and d.datname = current_database()
  where l.locktype = 'advisory' and l.objsubid = 1 and l.granted
    and ((l.classid::bigint << 32) | l.objid::bigint) = hashtextextended(${organization}, ${lockKey.organization})`
