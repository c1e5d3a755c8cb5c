import { hostname } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import type PgBoss from 'pg-boss'
import type { TransportEvent } from 'seatlens/webex'
import { postAlert } from './alerts.ts'
import { openDatabase } from './database.ts'
import { createLocks, type Place } from './locks.ts'
import { type Log, messageOf } from './log.ts'
import { createProviders } from './providers.ts'
import {
  ALERTS,
  type AlertJob,
  alertPauseAfter,
  giveBack,
  jobsOfLaterVersions,
  openQueue,
  PLAN_EVERY_SECONDS,
  pauseAfter,
  plan,
  reap,
  type SnapshotJob,
  snapshotQueues,
} from './queue.ts'
import { jobsAtOnce } from './rates.ts'
import { createRenewals } from './renewals.ts'
import { createSealing } from './sealing.ts'
import { type Settings, SettingsMistake, secretsIn } from './settings.ts'
import { FailedTry, runSnapshotJob } from './snapshot-job.ts'
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

const LOOK_EVERY_MS = 500
/** What a job may take to end that was told to. */
const TO_END_MS = 10_000

/** No bound over all workers. */
const ANYWHERE: Place = { release: async () => {} }

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

interface Taking<Data extends object> {
  readonly queues: readonly string[]
  /** Jobs at once. */
  readonly places: number
  /** Of them, those that one queue may have. Default: all. */
  readonly most?: ((queue: string) => number) | undefined
  /** A place for one job of a queue that is bounded over all workers too; undefined where none is free. Default: it is not. */
  readonly placeIn?: ((queue: string) => Promise<Place | undefined>) | undefined
  readonly handle: (job: PgBoss.JobWithMetadata<Data>) => Promise<void>
  /** Does with a job that did not come to its end what lets it come again. */
  readonly giveBack: (job: PgBoss.JobWithMetadata<Data>, error: unknown) => Promise<void>
}

/**
 * Does jobs, each from the queue that has the fewest places, so that none waits for the long jobs of another one. `work` of
 * pg-boss does not wait for what it writes of a job that has ended, and while the database is away, that would end the process.
 * Here the job stays at work until it is given back.
 */
const takeJobs = <Data extends object>(boss: PgBoss, log: Log, taking: Taking<Data>) => {
  const { queues, places, most = () => places, placeIn = async () => ANYWHERE, handle, giveBack } = taking
  const over = new AbortController()
  const atWork = new Map(queues.map((queue) => [queue, 0]))
  const running = new Set<Promise<void>>()

  interface Next {
    readonly job: PgBoss.JobWithMetadata<Data>
    readonly place: Place
  }
  const next = async (): Promise<Next | undefined> => {
    const open = [...atWork].filter(([queue, jobs]) => jobs < most(queue)).sort(([, one], [, other]) => one - other)
    for (const [queue] of open) {
      const place = await placeIn(queue).catch(() => undefined)
      if (place === undefined) continue
      const [job] = await boss.fetch<Data>(queue, { includeMetadata: true }).catch(() => [])
      if (job !== undefined) return { job, place }
      await place.release()
    }
    return undefined
  }
  const settle = async (job: PgBoss.JobWithMetadata<Data>): Promise<void> => {
    try {
      await handle(job)
      await boss.complete(job.name, job.id)
    } catch (error) {
      await giveBack(job, error)
    }
  }
  const count = (queue: string, by: number) => atWork.set(queue, (atWork.get(queue) ?? 0) + by)
  const start = ({ job, place }: Next): void => {
    count(job.name, 1)
    const end = settle(job)
      .catch((error: unknown) => log('database', { reason: messageOf(error) }))
      .then(place.release)
      .then(() => {
        count(job.name, -1)
        running.delete(end)
      })
    running.add(end)
  }
  const look = () => pause(LOOK_EVERY_MS, undefined, { signal: over.signal }).catch(() => undefined)
  const take = async (): Promise<void> => {
    while (!over.signal.aborted) {
      const found = running.size < places ? await next() : undefined
      if (found !== undefined) start(found)
      else await Promise.race(running.size < places ? [look(), ...running] : running)
    }
  }
  const ended = take()
  return {
    /** Takes no more jobs, and resolves when those at work have ended. */
    stop: async () => {
      over.abort()
      await ended
      await Promise.all(running)
    },
  }
}

const rotatingFor = (settings: Settings, { databaseUrl, tokenKeys, log }: WorkerOptions, worker: string) => {
  if (!settings.credentials.some((credential) => 'refreshToken' in credential)) return undefined
  if (tokenKeys === undefined || tokenKeys === '') {
    throw new SettingsMistake('FLEET_TOKEN_KEYS is not set: refresh tokens are kept in the database, encrypted with it')
  }
  const renewals = createRenewals({ databaseUrl, tokenKeys, worker, secrets: secretsIn(settings) })
  return { databaseUrl, sealing: createSealing(tokenKeys), renewals, log }
}

export const startWorker = async (settings: Settings, options: WorkerOptions): Promise<RunningWorker> => {
  const { databaseUrl, log, onEvent } = options
  const worker = `${hostname()}-${process.pid}`
  const rotating = rotatingFor(settings, options, worker)
  const onError = (error: Error) => log('database', { reason: messageOf(error) })
  const pool = await openDatabase(databaseUrl, onError)
  const boss = await openQueue(databaseUrl, settings, onError)
  const locks = createLocks(databaseUrl)
  const store = await openStore(settings.store)
  const tables = settings.tables && (await openTableStore(settings.tables))
  const stopped = new AbortController()
  const providerOf = createProviders(settings, {
    ...{ pool, worker, rotating },
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

  const queues = snapshotQueues(settings)
  // While it waits for its rate, one credential leaves room for the others.
  const half = Math.ceil(settings.jobs / 2)
  const placesOf = new Map(settings.credentials.map(({ id, requestsPerMinute }) => [id, jobsAtOnce(requestsPerMinute)]))
  const takings = [
    takeJobs<SnapshotJob>(boss, log, {
      queues: queues.names,
      places: settings.jobs,
      most: (queue) => (queues.bounded.has(queue) ? half : settings.jobs),
      placeIn: async (queue) => {
        const credential = queues.credentialOf(queue)
        return credential === undefined ? ANYWHERE : locks.takePlace(credential, placesOf.get(credential) ?? 1)
      },
      handle: runOne,
      giveBack: (job, error) => {
        const tries = error instanceof FailedTry ? error.tries : job.retryCount + 1
        const pauseSeconds = stopped.signal.aborted ? 0 : pauseAfter(tries, settings)
        return giveBack(boss, pool, job, { message: messageOf(error), pauseSeconds })
      },
    }),
  ]
  const { alerts } = settings
  if (alerts !== undefined) {
    takings.push(
      takeJobs<AlertJob>(boss, log, {
        queues: [ALERTS],
        places: 1,
        handle: ({ data }) => postAlert(alerts.url, data.text, stopped.signal),
        giveBack: (job, error) => {
          const message = messageOf(error)
          log('alert not taken', { organization: job.data.organization, tries: job.retryCount + 1, reason: message })
          const pauseSeconds = stopped.signal.aborted ? 0 : alertPauseAfter(job.retryCount + 1)
          return giveBack(boss, pool, job, { message, pauseSeconds })
        },
      }),
    )
  }

  let planned: string | undefined
  const planning = repeat(PLAN_EVERY_SECONDS * 1_000, log, 'planning', async () => {
    const later = await jobsOfLaterVersions(pool)
    for (const { version, jobs } of later) {
      log('jobs of a later version are left to workers of it; install that version here', { version, jobs })
    }
    const { name } = await plan(boss, pool, settings, Date.now())
    if (name !== planned) log('planned', { period: name, organizations: settings.organizations.length })
    planned = name
  })
  const reaping = repeat(settings.reapSeconds * 1_000, log, 'reaping', async () => {
    const jobs = await reap(boss, pool, queues)
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
      const ended = Promise.all(takings.map((taking) => taking.stop()))
      await Promise.race([ended, pause(settings.graceSeconds * 1_000 + TO_END_MS, undefined, { ref: false })])
      clearTimeout(timer)
      await boss.stop()
      await rotating?.renewals.stop()
      await locks.close()
      await pool.end()
      log('worker stopped', { worker })
    },
  }
}
