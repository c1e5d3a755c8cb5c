import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import type { TokenStore } from 'seatlens/node'
import { lockKey } from './database.ts'
import { messageOf } from './log.ts'
import type { Sealing } from './sealing.ts'
import { openSession, type Session } from './session.ts'

export interface TokenStoreOptions {
  readonly pool: pg.Pool
  /** Of the same database: each renewal has a connection of its own, so that renewals never wait for each other's. */
  readonly databaseUrl: string
  readonly credential: string
  readonly sealing: Sealing
  readonly worker: string
  /** Takes what an administrator has to know of new tokens that cannot be written. No token is in it. */
  readonly say: (event: string, about: Readonly<Record<string, unknown>>) => void
  /** How long another process that has begun a renewal, and not ended it, is waited for. Default: 90 seconds. */
  readonly patienceMs?: number | undefined
}

/** A store whose renewals are one at a time. */
export interface AloneStore extends TokenStore {
  readonly alone: NonNullable<TokenStore['alone']>
}

/** New tokens that could not be written are written again after so long, and then after twice that, up to the most. */
const FIRST_PAUSE_MS = 250
const MOST_PAUSE_MS = 5_000
/** Longer than the most, as the other process may write in that time, once the database is back. */
const PATIENCE_MS = 90_000
const LOOK_MS = 500

/**
 * The tokens of one credential, in the database for all workers. Before a refresh token is spent, it says by whom: a database
 * that takes no writes then keeps it from being spent, and a worker that ends between the vendor's answer and the write is
 * known. New tokens are used only when they are in the database, and while it is away, they are kept and written again and
 * again: this process has the only copy.
 */
export const createTokenStore = (options: TokenStoreOptions): AloneStore => {
  const { pool, databaseUrl, credential, sealing, worker, say, patienceMs = PATIENCE_MS } = options
  /** While a renewal is under way. What is to be written before a token is spent is written with the lock, or not at all. */
  let session: Session | undefined
  /** When the renewal of this process began, as the database tells it. Undefined: another one's is not ended yet. */
  let begun: string | undefined

  const query = <Row extends pg.QueryResultRow>(text: string, values: unknown[]) =>
    session === undefined ? pool.query<Row>(text, values) : session.use((client) => client.query<Row>(text, values))

  /**
   * Whether another process, which has the lock no longer, may still come with new tokens: the database was away, or it could
   * not be reached from there. It is missed from when it is first found to be so.
   */
  const mayCome = async (): Promise<boolean> => {
    if ((await interruptedRenewal({ query }, credential)) === undefined) return false
    const { rows } = await query<{ waits: boolean }>(
      `update fleet.tokens set missed_since = coalesce(missed_since, now())
       where credential = $1 and renewing_since is not null
       returning now() < missed_since + $2 * interval '1 millisecond' as waits`,
      [credential, patienceMs],
    )
    return rows[0]?.waits === true
  }

  return {
    place: 'the database of the fleet',
    read: async () => {
      const { rows } = await query<{ sealed: string | null }>('select sealed from fleet.tokens where credential = $1', [
        credential,
      ])
      const sealed = rows[0]?.sealed
      return typeof sealed === 'string' ? sealing.open(sealed, credential) : undefined
    },
    ready: async () => {
      // A renewal that was not ended stays as it is: it is why the vendor may refuse the token that is spent now.
      const { rows } = await query<{ since: string; mine: boolean }>(
        `insert into fleet.tokens as known (credential, renewing_since, renewing_by) values ($1, now(), $2)
         on conflict (credential) do update set
           renewing_since = coalesce(known.renewing_since, excluded.renewing_since),
           renewing_by = case when known.renewing_since is null then excluded.renewing_by else known.renewing_by end
         returning renewing_since::text as since, renewing_since = now() as mine`,
        [credential, worker],
      )
      begun = rows[0]?.mine === true ? rows[0].since : undefined
    },
    release: async () => {
      if (begun === undefined) return
      await pool.query(
        `update fleet.tokens set renewing_since = null, missed_since = null
         where credential = $1 and renewing_since = $2::timestamptz`,
        [credential, begun],
      )
    },
    write: async (text) => {
      const sealed = sealing.seal(text, credential)
      let isSaid = false
      for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, MOST_PAUSE_MS)) {
        try {
          // Where another renewal has ended since, its tokens are newer.
          await pool.query(
            `update fleet.tokens set sealed = $2, renewing_since = null, missed_since = null
             where credential = $1 and ($3::timestamptz is null or renewing_since = $3::timestamptz)`,
            [credential, sealed, begun ?? null],
          )
          if (isSaid) say('the new tokens are in the database', { credential })
          return
        } catch (error) {
          if (!isSaid) {
            const reason = messageOf(error)
            say('new tokens cannot be written, and this process has the only copy: it tries on', { credential, reason })
          }
          isSaid = true
          await pause(pauseMs)
        }
      }
    },
    alone: async (renewal) => {
      const own = await openSession(databaseUrl, 'fleet tokens')
      session = own
      try {
        while (true) {
          await query('select pg_advisory_lock(hashtextextended($1, $2))', [credential, lockKey.token])
          if (!(await mayCome())) return await renewal()
          await query('select pg_advisory_unlock(hashtextextended($1, $2))', [credential, lockKey.token])
          await pause(LOOK_MS)
        }
      } finally {
        session = undefined
        // The lock ends with the connection.
        await own.close().catch(() => {})
      }
    },
  }
}

/** Says when a worker began to renew a token and did not come to the end of it, for people. */
export const interruptedRenewal = async (
  queries: {
    readonly query: <Row extends pg.QueryResultRow>(text: string, values: unknown[]) => Promise<pg.QueryResult<Row>>
  },
  credential: string,
): Promise<string | undefined> => {
  const { rows } = await queries.query<{ since: Date; by: string }>(
    'select renewing_since as since, renewing_by as by from fleet.tokens where credential = $1 and renewing_since is not null',
    [credential],
  )
  const [found] = rows
  if (found === undefined) return undefined
  return `worker ${found.by} ended while it renewed the token at ${found.since.toISOString()}; if the vendor refuses the token, authorize again and configure the new refreshToken`
}

/** Seals all tokens anew, with the first of the keys. Resolves to their number. */
export const resealTokens = async (pool: pg.Pool, sealing: Sealing): Promise<number> => {
  const { rows } = await pool.query<{ credential: string; sealed: string }>(
    'select credential, sealed from fleet.tokens where sealed is not null',
  )
  for (const { credential, sealed } of rows) {
    // Not where a worker has renewed it meanwhile: then it has the first key already.
    await pool.query('update fleet.tokens set sealed = $3 where credential = $1 and sealed = $2', [
      credential,
      sealed,
      sealing.seal(sealing.open(sealed, credential), credential),
    ])
  }
  return rows.length
}
