import type { Client } from '@libsql/client'
import { createJournal, type JournalLease, type Plan, readJournal, toPromise } from 'seatlens'

/** How long a run may write nothing until another one may take over. */
const LEASE_MS = 300_000

const TABLES = [
  'create table if not exists plans (id text primary key, tenant text not null, plan text not null)',
  'create table if not exists leases (plan text primary key, run text not null, expires integer not null)',
  // Two runs cannot write the same line: the slower one fails, and sends nothing more.
  'create table if not exists journal (plan text, line integer, text text not null, primary key (plan, line))',
]

export type PlanStore = Awaited<ReturnType<typeof openPlanStore>>

/** Plans and journals in SQLite. */
export const openPlanStore = async (database: Client) => {
  await database.batch(TABLES, 'write')
  return {
    keep: async (tenant: string, plan: Plan): Promise<void> => {
      await database.execute('insert or ignore into plans values (?, ?, ?)', [plan.hash, tenant, JSON.stringify(plan)])
    },
    find: async (tenant: string, id: string): Promise<Plan | undefined> => {
      const { rows } = await database.execute('select plan from plans where id = ? and tenant = ?', [id, tenant])
      return rows[0] === undefined ? undefined : JSON.parse(String(rows[0].plan))
    },
    openJournal: async (id: string) => {
      const { rows } = await database.execute('select text from journal where plan = ? order by line', [id])
      const text = rows.map((row) => String(row.text)).join('')
      const run = crypto.randomUUID()
      let line = rows.length
      const append = async (lines: string): Promise<void> => {
        const added = { sql: 'insert into journal values (?, ?, ?)', args: [id, line, lines] }
        const renewed = { sql: 'update leases set expires = ? where run = ?', args: [Date.now() + LEASE_MS, run] }
        await database.batch([added, renewed], 'write')
        line += 1
      }
      const acquire = async (plan: string): Promise<JournalLease> => {
        const { rowsAffected } = await database.execute(
          `insert into leases values (?, ?, ?) on conflict (plan) do update
           set run = excluded.run, expires = excluded.expires where leases.expires < ?`,
          [plan, run, Date.now() + LEASE_MS, Date.now()],
        )
        if (rowsAffected === 0) return { kind: 'held', by: 'another run is at work on this plan; try again later' }
        const release = async () => {
          await database.execute('delete from leases where run = ?', [run])
        }
        return { kind: 'taken', release }
      }
      return { journal: createJournal(append, { text, acquire }), state: await toPromise(readJournal(text)) }
    },
  }
}
