import pg from 'pg'
import PgBoss from 'pg-boss'
import { lockKey, VERSION } from './database.ts'
import { heldBy } from './locks.ts'
import { settledIn } from './outcomes.ts'
import { jobIdOf, nextPeriod, type Period, periodAt, slotOf } from './schedule.ts'
import type { Organization, Settings } from './settings.ts'

/** What a job says. Its key, `singletonKey`, is the organization too. */
export interface SnapshotJob {
  readonly organization: string
  readonly period: string
}

export interface AlertJob {
  readonly organization: string
  readonly text: string
}

/** Jobs of each version have queues of their own: a worker never gets one that it does not understand. */
export const queueOf = (kind: 'snapshots' | 'alerts', version = VERSION): string => `${kind}-${version}`

const SNAPSHOTS = queueOf('snapshots')
export const ALERTS = queueOf('alerts')

/** The queues of snapshots, and in which of them the jobs of an organization are. */
export interface SnapshotQueues {
  readonly names: readonly string[]
  /** Those of one credential, whose rate bounds them: they leave places to other queues, if there are any. */
  readonly bounded: ReadonlySet<string>
  readonly of: (organization: Organization) => string
  /** The credential of a queue, where all of its jobs are of one. */
  readonly credentialOf: (queue: string) => string | undefined
}

/**
 * A credential that several organizations share has a queue of its own: the jobs of a slow one then keep no place from others.
 * All organizations with a credential of their own have one queue, as thousands of queues would be too many.
 */
export const snapshotQueues = ({ organizations }: Pick<Settings, 'organizations'>): SnapshotQueues => {
  const seen = new Set<string>()
  const shared = new Set<string>()
  for (const { credential } of organizations) (seen.has(credential) ? shared : seen).add(credential)
  const nameOf = (credential: string) => `${SNAPSHOTS}-${credential}`
  const own = new Map([...shared].map((credential) => [nameOf(credential), credential]))
  return {
    names: [SNAPSHOTS, ...own.keys()],
    bounded: new Set(seen.size === 1 ? [] : own.keys()),
    credentialOf: (queue) => own.get(queue),
    of: ({ credential }) => (shared.has(credential) ? nameOf(credential) : SNAPSHOTS),
  }
}

/** More tries than the two weeks have time for that pg-boss keeps a job. */
const ALERT_RETRIES = { retryLimit: 1_000, retryDelay: 10, retryBackoff: false }
const MOST_ALERT_PAUSE_SECONDS = 3_600
/** How often a job may come besides the tries of the configuration: as its worker ended, or another one has the organization. */
const MOST_ENDS = 12
export const PLAN_EVERY_SECONDS = 60
/** A job that was just fetched has not taken its organization yet. */
const TO_BEGIN_SECONDS = 5

/** Workers that make the same queues at once would end each other as deadlocks: one does it after the other. */
const alone = async (url: string, work: () => Promise<void>): Promise<void> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey.tables])
    await work()
  } finally {
    // The lock ends with the connection.
    await client.end()
  }
}

const makeQueues = async (boss: PgBoss, settings: Settings): Promise<void> => {
  await boss.createQueue(ALERTS, { name: ALERTS, policy: 'standard' })
  await boss.updateQueue(ALERTS, { name: ALERTS, ...ALERT_RETRIES })
  for (const name of snapshotQueues(settings).names) {
    await boss.createQueue(name, { name, policy: 'standard' })
    await boss.updateQueue(name, {
      name,
      retryLimit: settings.retries + MOST_ENDS,
      expireInSeconds: settings.deadlineMinutes * 60 + 600,
    })
  }
}

export const openQueue = async (url: string, settings: Settings, onError: (error: Error) => void): Promise<PgBoss> => {
  const boss = new PgBoss({ connectionString: url, max: 4, schedule: false })
  boss.on('error', onError)
  await boss.start()
  await alone(url, () => makeQueues(boss, settings))
  return boss
}

/**
 * Of the jobs that are due, those come first whose organization has waited longest for a good snapshot: where there is no time for
 * all of them in a period, it is not always the same ones that are left out. A job of higher priority comes first.
 */
const putInOrder = async (pool: pg.Pool, { names }: SnapshotQueues): Promise<void> => {
  await pool.query(
    `update pgboss.job job set priority = due.priority from (
       select name, id, coalesce((
         select -floor(extract(epoch from at) / 60)::integer from fleet.outcomes
         where organization = singleton_key and state = 'good' order by period desc limit 1), 0) as priority
       from pgboss.job where name = any($1) and state < 'active' and start_after < now() + $2 * interval '1 second'
       for update of job skip locked) due
     where job.name = due.name and job.id = due.id and job.priority <> due.priority`,
    [names, 2 * PLAN_EVERY_SECONDS],
  )
}

/** Jobs of this period and of the next one, for all organizations that still need one. Those that are there stay as they are. */
export const plan = async (boss: PgBoss, pool: pg.Pool, settings: Settings, now: number): Promise<Period> => {
  const present = periodAt(now, settings)
  const settled = await settledIn(pool, present.name)
  const queues = snapshotQueues(settings)
  const jobsOf = (period: Period) =>
    settings.organizations.flatMap((organization) => {
      const { id } = organization
      if (period === present && settled.has(id)) return []
      const data: SnapshotJob = { organization: id, period: period.name }
      const startAfter = slotOf(id, period, settings).toISOString()
      return [{ id: jobIdOf(id, period), name: queues.of(organization), data, singletonKey: id, startAfter }]
    })
  await boss.insert([...jobsOf(present), ...jobsOf(nextPeriod(present, settings))])
  await putInOrder(pool, queues)
  return present
}

/**
 * Gives a job back that did not come to its end. It comes again after a pause, unless it has come too often. The pause is ours:
 * pg-boss would make it longer by each worker that ended, and not only by each try that failed.
 */
export const giveBack = async (
  boss: PgBoss,
  pool: pg.Pool,
  { name, id }: { readonly name: string; readonly id: string },
  { message, pauseSeconds }: { readonly message: string; readonly pauseSeconds: number },
): Promise<void> => {
  await pool.query(
    `update pgboss.job set retry_delay = $3, retry_backoff = false where name = $1 and id = $2 and state = 'active'`,
    [name, id, Math.round(pauseSeconds)],
  )
  await boss.fail(name, id, { message })
}

/** No pause is longer than some months, which is longer than any period. */
const MOST_DOUBLINGS = 16

/** The pause after so many tries: each is about twice as long as the one before, and not the same for all that failed at once. */
export const pauseAfter = (tries: number, { retrySeconds }: Pick<Settings, 'retrySeconds'>): number =>
  retrySeconds * 2 ** Math.min(tries - 1, MOST_DOUBLINGS) * (1 + Math.random())

/** The pause after so many tries to post an alert: each twice as long as the one before, up to an hour. */
export const alertPauseAfter = (tries: number): number =>
  Math.min(ALERT_RETRIES.retryDelay * 2 ** Math.min(tries - 1, MOST_DOUBLINGS), MOST_ALERT_PAUSE_SECONDS)

/** Alerts that were posted at least once, and not taken. */
export const alertsNotTaken = async (pool: pg.Pool): Promise<number> => {
  const { rows } = await pool.query<{ alerts: string }>(
    `select count(*) as alerts from pgboss.job
     where name like 'alerts-%' and (state in ('retry', 'failed') or (state = 'active' and retry_count > 0))`,
  )
  return Number(rows[0]?.alerts)
}

/**
 * Gives back the jobs that are at work and whose organization no worker has: those of workers that ended. They come again at
 * once. A job that has come too often is given up, with a reason: it may be what ends the workers. Resolves to the number of jobs.
 */
export const reap = async (boss: PgBoss, pool: pg.Pool, { names }: SnapshotQueues): Promise<number> => {
  const { rows } = await pool.query<{ name: string; id: string }>(
    `select j.name, j.id from pgboss.job j where j.name = any($1) and j.state = 'active'
       and j.started_on < now() - $2 * interval '1 second' and not exists (${heldBy('j.singleton_key')})`,
    [names, TO_BEGIN_SECONDS],
  )
  for (const job of rows) await giveBack(boss, pool, job, { message: 'the worker ended', pauseSeconds: 0 })
  await pool.query(
    `insert into fleet.outcomes (organization, period, state, reason, attempts)
     select data->>'organization', data->>'period', 'failed',
       'given up after ' || retry_count + 1 || ' times: ' || coalesce(output->>'message', 'no reason is known'), retry_count + 1
     from pgboss.job where name = any($1) and state = 'failed'
     on conflict (organization, period) do update set state = excluded.state, reason = excluded.reason, at = now()
     where fleet.outcomes.state = 'waiting'`,
    [names],
  )
  return rows.length
}

/** Jobs that are due, of versions that this worker does not know. */
export const jobsOfLaterVersions = async (
  pool: pg.Pool,
): Promise<readonly { readonly version: number; readonly jobs: number }[]> => {
  const { rows } = await pool.query<{ version: number; jobs: string }>(
    `select substring(name from '^snapshots-([0-9]{1,9})')::integer as version, count(*) as jobs from pgboss.job
     where name like 'snapshots-%' and state < 'active' and start_after <= now() group by version`,
  )
  return rows.flatMap(({ version, jobs }) => (version > VERSION ? [{ version, jobs: Number(jobs) }] : []))
}
