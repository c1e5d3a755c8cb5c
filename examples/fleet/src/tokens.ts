import type pg from 'pg'
import type { TokenStore } from 'seatlens/node'
import { lockKey } from './database.ts'
import type { Sealing } from './sealing.ts'

/**
 * The tokens of one credential, in the database for all workers. Before a refresh token is spent, it says by whom: a database
 * that takes no writes then keeps it from being spent, and a worker that is killed between the vendor's answer and the write is
 * known. New tokens are used only when they are in the database.
 */
export const createTokenStore = (pool: pg.Pool, credential: string, sealing: Sealing, worker: string): TokenStore => ({
  place: 'the database of the fleet',
  read: async () => {
    const { rows } = await pool.query<{ sealed: string | null }>(
      'select sealed from fleet.tokens where credential = $1',
      [credential],
    )
    const sealed = rows[0]?.sealed
    return typeof sealed === 'string' ? sealing.open(sealed, credential) : undefined
  },
  ready: async () => {
    await pool.query(
      `insert into fleet.tokens (credential, renewing_since, renewing_by) values ($1, now(), $2)
       on conflict (credential) do update set renewing_since = now(), renewing_by = excluded.renewing_by`,
      [credential, worker],
    )
  },
  release: async () => {
    await pool.query('update fleet.tokens set renewing_since = null where credential = $1', [credential])
  },
  write: async (text) => {
    await pool.query('update fleet.tokens set sealed = $2, renewing_since = null where credential = $1', [
      credential,
      sealing.seal(text, credential),
    ])
  },
  alone: async (renewal) => {
    const client = await pool.connect()
    let broken: Error | undefined
    client.on('error', noteBroken)
    function noteBroken(error: Error) {
      broken = error
    }
    try {
      await client.query('select pg_advisory_lock(hashtextextended($1, $2))', [credential, lockKey.token])
      return await renewal()
    } finally {
      await client
        .query('select pg_advisory_unlock(hashtextextended($1, $2))', [credential, lockKey.token])
        .catch(noteBroken)
      client.off('error', noteBroken)
      client.release(broken)
    }
  },
})

/** Says when a worker began to renew a token and did not come to the end of it, for people. */
export const interruptedRenewal = async (pool: pg.Pool, credential: string): Promise<string | undefined> => {
  const { rows } = await pool.query<{ since: Date; by: string }>(
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
