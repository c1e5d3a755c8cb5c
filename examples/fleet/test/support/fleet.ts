import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startWebexSimulator, type WebexSimulator, type WebexSimulatorOptions } from 'seatlens/webex/simulator'
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest'
import { type PostgresServer, startPostgres } from '../../prove/postgres.ts'
import { checkedSettings, type Settings } from '../../src/settings.ts'
import { type RunningWorker, startWorker } from '../../src/worker.ts'

export const KEYS = `a:${Buffer.alloc(32, 1).toString('base64')}`

/** One PostgreSQL for all tests of a file. */
export const withPostgres = (): {
  readonly server: () => PostgresServer
  readonly newDatabase: () => Promise<string>
} => {
  let server: PostgresServer | undefined
  const started = (): PostgresServer => {
    if (server === undefined) throw new Error('PostgreSQL was not started')
    return server
  }
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(async () => {
    await server?.remove()
  })
  return { server: started, newDatabase: () => started().newDatabase() }
}

export const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'seatlens-fleet-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

export const newPool = (url: string): pg.Pool => {
  const pool = new pg.Pool({ connectionString: url, max: 4 })
  pool.on('error', () => {})
  onTestFinished(() => pool.end())
  return pool
}

export const simulated = async (options: WebexSimulatorOptions = {}): Promise<WebexSimulator> => {
  const simulator = await startWebexSimulator({ users: 20, ...options })
  onTestFinished(() => simulator.destroy())
  return simulator
}

/** One organization, `acme`, whose snapshot is due at once. */
export const settingsFor = (simulator: WebexSimulator, folder: string, more: object = {}): Settings =>
  checkedSettings(
    {
      spreadMinutes: 0,
      retrySeconds: 1,
      reapSeconds: 1,
      graceSeconds: 1,
      store: { folder },
      credentials: [
        {
          ...{ id: 'acme', type: 'webex', requestsPerMinute: 6_000, ...simulator.configuration },
          retry: { attempts: 1, backoffMs: 10 },
        },
      ],
      organizations: [{ id: 'acme', credential: 'acme' }],
      ...more,
    },
    {},
  )

export interface TestWorker extends RunningWorker {
  readonly lines: string[]
  /** Waits for a line of the log. */
  readonly logged: (text: string) => Promise<void>
}

export const newWorker = async (settings: Settings, databaseUrl: string): Promise<TestWorker> => {
  const lines: string[] = []
  const worker = await startWorker(settings, {
    databaseUrl,
    tokenKeys: KEYS,
    log: (event, about = {}) => lines.push(JSON.stringify({ event, ...about })),
  })
  let stopping: Promise<void> | undefined
  const stop = () => {
    stopping ??= worker.stop()
    return stopping
  }
  onTestFinished(() => stop().catch(() => {}))
  return { stop, lines, logged: (text) => expect.poll(() => lines.join('\n')).toContain(text) }
}
