import type pg from 'pg'

type Queries = Pick<pg.Pool, 'query'> | Pick<pg.Client, 'query'>

/**
 * What became of the snapshot of one organization and period. `good`: everything was read. `partial`: it is there, and says
 * what it lacks. `failed`: there is none, for a reason. `waiting`: there is none yet, for a reason, and it is tried again.
 */
export interface Outcome {
  readonly organization: string
  readonly period: string
  readonly state: 'good' | 'partial' | 'failed' | 'waiting'
  readonly reason?: string | undefined
  readonly place?: string | undefined
  /** Tries that came to an end; not those of workers that were killed. */
  readonly attempts: number
  /** When the snapshot was taken, in ISO 8601. Default: now. */
  readonly at?: string | undefined
}

export const recordOutcome = async (
  queries: Queries,
  { organization, period, state, reason, place, attempts, at }: Outcome,
): Promise<void> => {
  await queries.query(
    `insert into fleet.outcomes (organization, period, state, reason, place, attempts, at)
       values ($1, $2, $3, $4, $5, $6, coalesce($7::timestamptz, now()))
     on conflict (organization, period) do update set state = excluded.state, reason = excluded.reason,
       place = excluded.place, attempts = excluded.attempts, at = excluded.at
     where fleet.outcomes.state = 'waiting'`,
    [organization, period, state, reason ?? null, place ?? null, attempts, at ?? null],
  )
}

/** Whether there is a good snapshot of a period after this one. */
export const isGoodAfter = async (queries: Queries, organization: string, period: string): Promise<boolean> => {
  const { rows } = await queries.query(
    `select 1 from fleet.outcomes where organization = $1 and period > $2 and state = 'good' limit 1`,
    [organization, period],
  )
  return rows.length > 0
}

/** Organizations with nothing left to do in a period. */
export const settledIn = async (queries: Queries, period: string): Promise<ReadonlySet<string>> => {
  const { rows } = await queries.query<{ organization: string }>(
    `select organization from fleet.outcomes where period = $1 and state <> 'waiting'`,
    [period],
  )
  return new Set(rows.map(({ organization }) => organization))
}

type Known = Pick<Outcome, 'state' | 'attempts'> & { readonly reason: string | null }

/** What is known of one organization and period; undefined before the first try has ended. */
export const outcomeOf = async (queries: Queries, organization: string, period: string): Promise<Known | undefined> => {
  const { rows } = await queries.query<Known>(
    'select state, reason, attempts from fleet.outcomes where organization = $1 and period = $2',
    [organization, period],
  )
  return rows[0]
}

/** What the page and the metrics tell of an organization. */
export interface Standing {
  readonly organization: string
  readonly lastGood?: Date | undefined
  readonly lastGoodPeriod?: string | undefined
  /** The newest outcome, where it is not good: why there is no newer snapshot. */
  readonly state?: Outcome['state'] | undefined
  readonly reason?: string | undefined
  readonly nextRun?: Date | undefined
}

interface StandingRow {
  readonly organization: string
  readonly good_at: Date | null
  readonly good_period: string | null
  readonly state: Outcome['state'] | null
  readonly reason: string | null
  readonly next_run: Date | null
}

export const standings = async (pool: pg.Pool, queues: readonly string[]): Promise<ReadonlyMap<string, Standing>> => {
  const { rows } = await pool.query<StandingRow>(
    `with good as (
       select distinct on (organization) organization, at, period from fleet.outcomes where state = 'good'
       order by organization, period desc
     ), newest as (
       select distinct on (organization) organization, state, reason from fleet.outcomes order by organization, period desc
     ), jobs as (
       select singleton_key as organization, min(start_after) as next_run from pgboss.job
       where name = any($1) and state < 'active' group by singleton_key
     )
     select organization, good.at as good_at, good.period as good_period, state, reason, next_run
     from newest full join good using (organization) full join jobs using (organization)`,
    [queues],
  )
  return new Map(
    rows.map(({ organization, good_at, good_period, state, reason, next_run }) => [
      organization,
      {
        organization,
        lastGood: good_at ?? undefined,
        lastGoodPeriod: good_period ?? undefined,
        ...(state === null || state === 'good' ? {} : { state, reason: reason ?? undefined }),
        nextRun: next_run ?? undefined,
      },
    ]),
  )
}
