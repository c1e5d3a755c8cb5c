import { randomUUID } from 'node:crypto'
import * as t from 'io-ts'
import { Plan, type PlanFailure, removalsOf } from 'seatlens'
import { PlanState, type PlanSummary, ToldFailure } from '../../shared/api.ts'
import type { Database, Row } from './database.ts'

const Failures = t.readonlyArray(ToldFailure)

/** A plan without its changes. What became of them is in its journal. */
export type KeptPlan = Omit<PlanSummary, 'counts'>

export interface StoredPlan extends KeptPlan {
  readonly plan: Plan
}

const parsed = <A>(codec: { readonly is: (value: unknown) => value is A }, text: unknown): A => {
  const value: unknown = JSON.parse(String(text))
  if (!codec.is(value)) throw new Error('the database has something else than this server writes')
  return value
}

/** A server that was killed has left its state behind, and its lease runs out. */
const presentState = (kept: unknown, isHeld: boolean): PlanState => {
  if (!PlanState.is(kept)) throw new Error('the database has a state that this server does not know')
  if (isHeld) return kept
  return kept === 'applying' ? 'interrupted' : kept === 'undoing' ? 'undo interrupted' : kept
}

const summaryOf = (row: Row): KeptPlan => ({
  id: String(row.id),
  provider: String(row.provider),
  createdAt: new Date(Number(row.created_at)).toISOString(),
  createdBy: String(row.created_by),
  changes: Number(row.changes),
  seatsRemoved: Number(row.removals),
  state: presentState(row.state, row.held === 1),
  failures: parsed(Failures, row.failures),
})

/** Plans and their states, by tenant. */
export const createPlans = (database: Database) => {
  const { now } = database
  const held = `case when exists (select 1 from leases where leases.plan = plans.hash and expires_at > ${now}) then 1 else 0 end as held`
  const columns = `id, provider, created_at, created_by, changes, removals, state, failures, ${held}`
  return {
    add: async (tenant: string, plan: Plan, name: string): Promise<string> => {
      const id = randomUUID()
      await database.rows(
        `insert into plans (id, tenant, provider, hash, plan, created_at, created_by, changes, removals, state, failures)
         values (?, ?, ?, ?, ?, ${now}, ?, ?, ?, 'planned', '[]')`,
        ...[id, tenant, plan.provider.id, plan.hash, JSON.stringify(plan), name],
        ...[plan.changes.length, removalsOf(plan)],
      )
      return id
    },
    /** The newest ones first. */
    list: async (tenant: string): Promise<readonly KeptPlan[]> =>
      (
        await database.rows(`select ${columns} from plans where tenant = ? order by created_at desc limit 100`, tenant)
      ).map(summaryOf),
    find: async (tenant: string, id: string): Promise<StoredPlan | undefined> => {
      const [row] = await database.rows(`select ${columns}, plan from plans where tenant = ? and id = ?`, tenant, id)
      return row === undefined ? undefined : { ...summaryOf(row), plan: parsed(Plan, row.plan) }
    },
    summary: async (id: string): Promise<KeptPlan | undefined> => {
      const [row] = await database.rows(`select ${columns} from plans where id = ?`, id)
      return row === undefined ? undefined : summaryOf(row)
    },
    /** The state for who has taken the lease: an earlier run that has not ended was interrupted. */
    stateUnderLease: async (id: string): Promise<PlanState> => {
      const [row] = await database.rows('select state from plans where id = ?', id)
      return presentState(row?.state, false)
    },
    begin: async (id: string, state: 'applying' | 'undoing'): Promise<void> => {
      await database.rows(`update plans set state = ?, failures = '[]' where id = ?`, state, id)
    },
    /** Changes nothing where the lease was lost meanwhile. */
    end: async (id: string, state: PlanState, token: string, failures: readonly ToldFailure[]): Promise<void> => {
      await database.rows(
        `update plans set state = ?, failures = ?
         where id = ? and exists (select 1 from leases where token = ? and expires_at > ${now})`,
        ...[state, JSON.stringify(failures), id, token],
      )
    },
  }
}

export type Plans = ReturnType<typeof createPlans>

export const toldOf = ({ _tag, message }: PlanFailure): ToldFailure => ({ code: _tag, message })
