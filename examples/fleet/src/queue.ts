import type pg from 'pg'
import PgBoss from 'pg-boss'
import { VERSION } from './database.ts'
import { heldBy } from './locks.ts'
import { settledIn } from './outcomes.ts'
import { jobIdOf, nextPeriod, type Period, periodAt, slotOf } from './schedule.ts'
import type { Settings } from './settings.ts'

/** What a job says. Its key, `singletonKey`, is the organization too. */
export interface SnapshotJob {
  readonly organization: string
  readonly period: string
}

export interface AlertJob {
  readonly organization: string
  readonly text: string
}

/** Jobs of each version have a queue of their own: a worker never gets one that it does not understand. */
export const queueOf = (kind: 'snapshots' | 'alerts', version = VERSION): string => `${kind}-${version}`

export const SNAPSHOTS = queueOf('snapshots')
export const ALERTS = queueOf('alerts')

/** A day of these pauses is more than any vendor's trouble lasts; then the next period comes. */
const ALERT_RETRIES = { retryLimit: 12, retryDelay: 10, retryBackoff: true }
/** How often a job may come besides the tries of the configuration: as its worker ended, or another one has the organization. */
const MOST_ENDS = 12
/** A job that was just fetched has not taken its organization yet. */
const TO_BEGIN_SECONDS = 5

export const openQueue = async (url: string, settings: Settings, onError: (error: Error) => void): Promise<PgBoss> => {
  const boss = new PgBoss({ connectionString: url, max: 4, schedule: false })
  boss.on('error', onError)
  await boss.start()
  await boss.createQueue(ALERTS, { name: ALERTS, policy: 'standard', ...ALERT_RETRIES })
  await boss.createQueue(SNAPSHOTS, { name: SNAPSHOTS, policy: 'standard' })
  await boss.updateQueue(SNAPSHOTS, {
    name: SNAPSHOTS,
    retryLimit: settings.retries + MOST_ENDS,
    retryDelay: settings.retrySeconds,
    retryBackoff: true,
    expireInSeconds: settings.deadlineMinutes * 60 + 600,
  })
  return boss
}

/** Jobs of this period and of the next one, for all organizations that still need one. Those that are there stay as they are. */
export const plan = async (boss: PgBoss, pool: pg.Pool, settings: Settings, now: number): Promise<Period> => {
  const present = periodAt(now, settings)
  const settled = await settledIn(pool, present.name)
  const jobsOf = (period: Period) =>
    settings.organizations.flatMap(({ id: organization }) =>
      period === present && settled.has(organization)
        ? []
        : [
            {
              id: jobIdOf(organization, period),
              name: SNAPSHOTS,
              data: { organization, period: period.name } satisfies SnapshotJob,
              singletonKey: organization,
              startAfter: slotOf(organization, period, settings).toISOString(),
            },
          ],
    )
  await boss.insert([...jobsOf(present), ...jobsOf(nextPeriod(present, settings))])
  return present
}

/**
 * Gives back the jobs that are at work and whose organization no worker has: those of workers that ended. A job that has come
 * too often is given up, with a reason: it may be what ends the workers. Resolves to the number of jobs.
 */
export const reap = async (boss: PgBoss, pool: pg.Pool): Promise<number> => {
  const { rows } = await pool.query<{ id: string }>(
    `select j.id from pgboss.job j where j.name = $1 and j.state = 'active'
       and j.started_on < now() - $2 * interval '1 second' and not exists (${heldBy('j.singleton_key')})`,
    [SNAPSHOTS, TO_BEGIN_SECONDS],
  )
  for (const { id } of rows) await boss.fail(SNAPSHOTS, id, { message: 'the worker ended' })
  await pool.query(
    `insert into fleet.outcomes (organization, period, state, reason, attempts)
     select data->>'organization', data->>'period', 'failed',
       'given up after ' || retry_count + 1 || ' times: ' || coalesce(output->>'message', 'no reason is known'), retry_count + 1
     from pgboss.job where name = $1 and state = 'failed'
     on conflict (organization, period) do update set state = excluded.state, reason = excluded.reason, at = now()
     where fleet.outcomes.state = 'waiting'`,
    [SNAPSHOTS],
  )
  return rows.length
}

/** Jobs that are due, of versions that this worker does not know. */
export const jobsOfLaterVersions = async (
  pool: pg.Pool,
): Promise<readonly { readonly version: number; readonly jobs: number }[]> => {
  const { rows } = await pool.query<{ name: string; jobs: string }>(
    `select name, count(*) as jobs from pgboss.job
     where name like 'snapshots-%' and state < 'active' and start_after <= now() group by name`,
  )
  return rows.flatMap(({ name, jobs }) => {
    const version = Number(name.slice('snapshots-'.length))
    return version > VERSION ? [{ version, jobs: Number(jobs) }] : []
  })
}
