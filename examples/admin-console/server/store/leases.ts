import { randomUUID } from 'node:crypto'
import type { Database, Statement } from './database.ts'

/** Who has the right to work on a plan, and since when (milliseconds since 1970). */
export interface Holder {
  readonly name: string
  readonly since: number
}

export interface Lease {
  readonly token: string
  /** Makes it last longer, as the first statement of a transaction. It has a row only where the lease is still held. */
  readonly renewal: Statement
  readonly release: () => Promise<void>
}

/**
 * The right to work on a plan, for one run of one server at a time. It must be renewed before `leaseMs` are over, by the
 * database's clock: that of a killed server runs out, and the next one takes it over.
 */
export const createLeases = (database: Database, leaseMs: number) => {
  const { now } = database
  return {
    /** `plan`: the hash of the plan. */
    take: async (plan: string, name: string): Promise<Lease | undefined> => {
      const token = randomUUID()
      const [taken] = await database.rows(
        `insert into leases (plan, token, holder, since, expires_at) values (?, ?, ?, ${now}, ${now} + ${leaseMs})
         on conflict (plan) do update set token = excluded.token, holder = excluded.holder, since = excluded.since,
           expires_at = excluded.expires_at
         where leases.expires_at <= ${now} returning token`,
        plan,
        token,
        name,
      )
      if (taken === undefined) return undefined
      return {
        token,
        renewal: [
          `update leases set expires_at = ${now} + ${leaseMs} where token = ? and expires_at > ${now} returning token`,
          token,
        ],
        release: async () => {
          await database.rows('delete from leases where token = ?', token)
        },
      }
    },
    holderOf: async (plan: string): Promise<Holder | undefined> => {
      const [held] = await database.rows(
        `select holder, since from leases where plan = ? and expires_at > ${now}`,
        plan,
      )
      return held === undefined ? undefined : { name: String(held.holder), since: Number(held.since) }
    },
  }
}

export type Leases = ReturnType<typeof createLeases>
