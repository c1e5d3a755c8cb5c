import { hostname } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import type PgBoss from 'pg-boss'
import type { TransportEvent } from 'seatlens/webex'
import { postAlert } from './alerts.ts'
import { openDatabase } from './database.ts'
import { createLocks } from './locks.ts'
import { type Log, messageOf } from './log.ts'
import { createProviders } from './providers.ts'
import {
  ALERTS,
  type AlertJob,
  jobsOfLaterVersions,
  openQueue,
  plan,
  reap,
  SNAPSHOTS,
  type SnapshotJob,
} from './queue.ts'
import { createRenewals } from './renewals.ts'
import { createSealing } from './sealing.ts'
import { type Settings, SettingsMistake } from './settings.ts'
import { runSnapshotJob } from './snapshot-job.ts'
import { openStore } from './store/snapshot-store.ts'
import { openTableStore } from './store/table-store.ts'

export interface WorkerOptions {
  readonly databaseUrl: string
  /** As in `FLEET_TOKEN_KEYS`. Needed where a refresh token is configured. */
  readonly tokenKeys: string | undefined
  readonly log: Log
  readonly onEvent?: ((event: TransportEvent) => void) | undefined
}

export interface RunningWorker {
  /** Takes no new job, lets those at work end in `graceSeconds`, gives back the others, and closes everything. */
  readonly stop: () => Promise<void>
}

const PLAN_EVERY_MS = 60_000
const LOOK_EVERY_MS = 500
/** What a job may take to end that was told to. */
const TO_END_MS = 10_000

/** Repeats some work until it is stopped. That it fails is logged, and it is tried again. */
const repeat = (everyMs: number, log: Log, what: string, work: () => Promise<void>) => {
  let isOver = false
  let running: Promise<void> = Promise.resolve()
  const once = () => {
    running = work().catch((error: unknown) => log(`${what} failed`, { reason: messageOf(error) }))
    return running
  }
  const timer = setInterval(() => {
    if (!isOver) void running.then(once)
  }, everyMs)
  return {
    once,
    stop: async () => {
      isOver = true
      clearInterval(timer)
      await running
    },
  }
}

/**
 * Does the jobs of a queue, one after the other. `work` of pg-boss does not wait for what it writes of a job that has ended,
 * and while the database is away, that would end the process. Here the job stays at work until it is given back.
 */
const takeJobs = <Data extends object>(
  boss: PgBoss,
  queue: string,
  log: Log,
  handle: (job: PgBoss.JobWithMetadata<Data>) => Promise<void>,
) => {
  const over = new AbortController()
  const next = async () => {
    const jobs = await boss.fetch<Data>(queue, { includeMetadata: true }).catch(() => [])
    return jobs[0]
  }
  const settle = async (job: PgBoss.JobWithMetadata<Data>): Promise<void> => {
    try {
      await handle(job)
      await boss.complete(queue, job.id)
    } catch (error) {
      await boss.fail(queue, job.id, { message: messageOf(error) })
    }
  }
  const take = async (): Promise<void> => {
    while (!over.signal.aborted) {
      const job = await next()
      if (job === undefined) await pause(LOOK_EVERY_MS, undefined, { signal: over.signal }).catch(() => undefined)
      else await settle(job).catch((error: unknown) => log('database', { reason: messageOf(error) }))
    }
  }
  const taking = take()
  return {
    /** Takes no more jobs, and resolves when the one at work has ended. */
    stop: async () => {
      over.abort()
      await taking
    },
  }
}

const rotatingFor = (settings: Settings, databaseUrl: string, tokenKeys: string | undefined, worker: string) => {
  if (!settings.credentials.some((credential) => 'refreshToken' in credential)) return undefined
  if (tokenKeys === undefined || tokenKeys === '') {
    throw new SettingsMistake('FLEET_TOKEN_KEYS is not set: refresh tokens are kept in the database, encrypted with it')
  }
  return { worker, sealing: createSealing(tokenKeys), renewals: createRenewals({ databaseUrl, tokenKeys, worker }) }
}

export const startWorker = async (settings: Settings, options: WorkerOptions): Promise<RunningWorker> => {
  const { databaseUrl, tokenKeys, log, onEvent } = options
  const worker = `${hostname()}-${process.pid}`
  const rotating = rotatingFor(settings, databaseUrl, tokenKeys, worker)
  const onError = (error: Error) => log('database', { reason: messageOf(error) })
  const pool = await openDatabase(databaseUrl, onError)
  const boss = await openQueue(databaseUrl, settings, onError)
  const locks = createLocks(databaseUrl)
  const store = await openStore(settings.store)
  const tables = settings.tables && (await openTableStore(settings.tables))
  const stopped = new AbortController()
  const providerOf = createProviders(settings, {
    ...{ pool, rotating },
    onEvent: (event) => {
      onEvent?.(event)
      // Other programs use the credential too, or its rate is lower than the configuration says.
      if (event.type === 'attempt' && event.status === 429)
        log('refused for the rate', { organization: event.provider })
    },
  })
  const around = { pool, boss, locks, store, tables, settings, providerOf }

  const runOne = async (job: PgBoss.JobWithMetadata<SnapshotJob>): Promise<void> => {
    const { organization, period } = job.data
    const began = Date.now()
    const about = { organization, period, taken: job.retryCount + 1 }
    try {
      const outcome = await runSnapshotJob(job.data, stopped.signal, around)
      log('snapshot', { ...about, outcome, milliseconds: Date.now() - began })
    } catch (error) {
      log('snapshot comes again', { ...about, reason: messageOf(error), milliseconds: Date.now() - began })
      throw error
    }
  }

  const places = Array.from({ length: settings.jobs }, () => takeJobs<SnapshotJob>(boss, SNAPSHOTS, log, runOne))
  const { alerts } = settings
  if (alerts !== undefined) {
    const post = ({ data }: PgBoss.Job<AlertJob>) => postAlert(alerts.url, data.text, stopped.signal)
    places.push(takeJobs<AlertJob>(boss, ALERTS, log, post))
  }

  let planned: string | undefined
  const planning = repeat(PLAN_EVERY_MS, log, 'planning', async () => {
    const later = await jobsOfLaterVersions(pool)
    for (const { version, jobs } of later) {
      log('jobs of a later version are left to workers of it; install that version here', { version, jobs })
    }
    const { name } = await plan(boss, pool, settings, Date.now())
    if (name !== planned) log('planned', { period: name, organizations: settings.organizations.length })
    planned = name
  })
  const reaping = repeat(settings.reapSeconds * 1_000, log, 'reaping', async () => {
    const jobs = await reap(boss, pool)
    if (jobs > 0) log('jobs of workers that ended come again', { jobs })
  })
  await planning.once()
  log('worker started', { worker, organizations: settings.organizations.length, jobs: settings.jobs })

  return {
    stop: async () => {
      log('worker stops', { worker, graceSeconds: settings.graceSeconds })
      await Promise.all([planning.stop(), reaping.stop()])
      const timer = setTimeout(
        () => stopped.abort(new Error('the worker was stopped; another one goes on')),
        settings.graceSeconds * 1_000,
      )
      const ended = Promise.all(places.map((place) => place.stop()))
      await Promise.race([ended, pause(settings.graceSeconds * 1_000 + TO_END_MS, undefined, { ref: false })])
      clearTimeout(timer)
      await boss.stop()
      await rotating?.renewals.settled()
      await locks.close()
      await pool.end()
      log('worker stopped', { worker })
    },
  }
}
