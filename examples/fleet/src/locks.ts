import type pg from 'pg'
import { lockKey } from './database.ts'
import { openSession, type Session } from './session.ts'

/** The right to work on one organization. */
export interface Held {
  /** Fires when the right may be lost: the connection to the database broke. */
  readonly lost: AbortSignal
  /** All or nothing, over the connection that holds the right: a worker that lost it writes nothing. */
  readonly transaction: <A>(work: (client: pg.Client) => Promise<A>) => Promise<A>
  readonly release: () => Promise<void>
}

/** A session, and the organizations whose locks it has: it could have the same lock twice. */
interface Holding extends Session {
  readonly mine: Set<string>
}

/**
 * One worker at a time works on an organization: the one that has the advisory lock of its name. All locks of a worker are held by
 * one connection, and end with it, so that nothing has to be cleaned up after a worker that was killed.
 */
export const createLocks = (url: string) => {
  let holding: Promise<Holding> | undefined

  const open = async (): Promise<Holding> => {
    const session = await openSession(url, 'fleet locks')
    session.lost.addEventListener('abort', forget)
    return { ...session, mine: new Set() }
  }
  function forget() {
    holding = undefined
  }

  return {
    /** The right to work on an organization, or undefined where another worker, or another job, has it. */
    take: async (organization: string): Promise<Held | undefined> => {
      holding ??= open()
      const { lost, use, mine } = await holding.catch((error: unknown) => {
        forget()
        throw error
      })
      if (mine.has(organization)) return undefined
      mine.add(organization)
      const { rows } = await use((client) =>
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
          use(async (client) => {
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
          await use((client) =>
            client.query(`select pg_advisory_unlock(hashtextextended($1, ${lockKey.organization}))`, [organization]),
          ).catch(() => {})
          mine.delete(organization)
        },
      }
    },
    close: async (): Promise<void> => {
      await (await holding?.catch(() => undefined))?.close()
    },
  }
}

export type Locks = ReturnType<typeof createLocks>

/** SQL that has a row where the right to work on an organization is held. `organization`: an expression. */
export const heldBy = (organization: string): string => `
  select 1 from pg_locks l join pg_database d on d.oid = l.database and d.datname = current_database()
  where l.locktype = 'advisory' and l.objsubid = 1 and l.granted
    and ((l.classid::bigint << 32) | l.objid::bigint) = hashtextextended(${organization}, ${lockKey.organization})`
