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

/** A place for one job of a credential. */
export interface Place {
  readonly release: () => Promise<void>
}

/** A session, and what it has locked: it could have the same lock twice. */
interface Holding extends Session {
  readonly mine: Set<string>
  readonly places: Map<string, Set<number>>
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
    return { ...session, mine: new Set(), places: new Map() }
  }
  function forget() {
    holding = undefined
  }
  const held = (): Promise<Holding> => {
    holding ??= open().catch((error: unknown) => {
      forget()
      throw error
    })
    return holding
  }

  return {
    /** The right to work on an organization, or undefined where another worker, or another job, has it. */
    take: async (organization: string): Promise<Held | undefined> => {
      const { lost, use, mine } = await held()
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
    /** One of so many places for the jobs of a credential, over all workers; undefined where none is free. */
    takePlace: async (credential: string, many: number): Promise<Place | undefined> => {
      const { use, places } = await held()
      const mine = places.get(credential) ?? new Set()
      places.set(credential, mine)
      const place = await use(async (client) => {
        // The limit ends it at the first lock that it gets.
        const { rows } = await client.query<{ place: number }>(
          `select place from generate_series(1, $2::integer) place
           where case when place = any($3::integer[]) then false
             else pg_try_advisory_lock(hashtextextended($1 || ' ' || place, ${lockKey.place})) end
           limit 1`,
          [credential, many, [...mine]],
        )
        const [found] = rows
        if (found !== undefined) mine.add(found.place)
        return found?.place
      })
      if (place === undefined) return undefined
      return {
        release: async () => {
          await use((client) =>
            client.query(`select pg_advisory_unlock(hashtextextended($1 || ' ' || $2::integer, ${lockKey.place}))`, [
              credential,
              place,
            ]),
          ).catch(() => {})
          mine.delete(place)
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
