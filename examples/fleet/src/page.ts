import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type pg from 'pg'
import { Gauge, Registry } from 'prom-client'
import { openDatabase } from './database.ts'
import { type Log, messageOf } from './log.ts'
import { type Standing, standings } from './outcomes.ts'
import { jobsOfLaterVersions, openQueue, SNAPSHOTS } from './queue.ts'
import type { Settings } from './settings.ts'

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

const timeOf = (time: Date | undefined): string =>
  time === undefined ? '–' : `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`

const words = { waiting: 'is tried again', failed: 'failed', partial: 'incomplete' } as const

const whyNot = ({ state, reason = '' }: Standing): string =>
  state === undefined || state === 'good' ? '' : `${words[state]}: ${reason}`

/** One line for each organization of the configuration, those without a fresh snapshot first. */
const pageOf = (all: readonly Standing[], notes: readonly string[]): string => {
  const rows = [...all]
    .sort((one, other) => Number(one.state === undefined) - Number(other.state === undefined))
    .map((standing) =>
      [standing.organization, timeOf(standing.lastGood), whyNot(standing), timeOf(standing.nextRun)]
        .map((cell, place) => (place === 0 ? `<th scope="row">${escaped(cell)}</th>` : `<td>${escaped(cell)}</td>`))
        .join(''),
    )
  const good = all.filter(({ state, lastGood }) => state === undefined && lastGood !== undefined).length
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Fleet</title><style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif } body { margin: 2rem auto; max-width: 75rem; padding: 0 1rem }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #8886; overflow-wrap: anywhere }
td:nth-child(2), td:nth-child(4) { white-space: nowrap }
</style></head><body><h1>Fleet</h1>
<p>${good} of ${all.length} organizations: the last snapshot is good.</p>
${notes.map((note) => `<p><strong>${escaped(note)}</strong></p>`).join('')}
<table><thead><tr><th scope="col">Organization</th><th scope="col">Last good snapshot</th><th scope="col">Why not since</th><th scope="col">Next run</th></tr></thead>
<tbody>${rows.map((row) => `<tr>${row}</tr>`).join('\n')}</tbody></table></body></html>`
}

/** What Prometheus asks for. Times are seconds since 1970; an organization without one has no such line. */
const metricsOf = async (all: readonly Standing[], pool: pg.Pool): Promise<string> => {
  const registers = [new Registry()]
  const [registry = new Registry()] = registers
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Gauge({ name: `seatlens_fleet_${name}`, help, labelNames, registers })
  const lastGood = gauge('last_good_snapshot_seconds', 'When the last good snapshot was taken', ['organization'])
  const nextRun = gauge('next_run_seconds', 'When the next snapshot is due', ['organization'])
  const notGood = gauge('not_good', '1: the newest outcome is not a good snapshot', ['organization', 'state'])
  for (const { organization, lastGood: at, nextRun: next, state } of all) {
    if (at !== undefined) lastGood.set({ organization }, at.getTime() / 1_000)
    if (next !== undefined) nextRun.set({ organization }, next.getTime() / 1_000)
    if (state !== undefined) notGood.set({ organization, state }, 1)
  }
  const jobs = gauge('jobs', 'Jobs that are due or at work', ['queue', 'state'])
  const { rows } = await pool.query<{ name: string; state: string; jobs: string }>(
    `select name, state, count(*) as jobs from pgboss.job
     where state <= 'active' and start_after <= now() and name ~ '^(snapshots|alerts)-' group by name, state`,
  )
  for (const { name, state, jobs: count } of rows) jobs.set({ queue: name, state }, Number(count))
  return registry.metrics()
}

export interface PageOptions {
  readonly databaseUrl: string
  readonly host: string
  readonly port: number
  readonly log: Log
}

export interface RunningPage {
  readonly url: string
  readonly stop: () => Promise<void>
}

/** Serves `/`, `/metrics` and `/health`. It reads the database alone, and asks no vendor. */
export const startPage = async (
  settings: Settings,
  { databaseUrl, host, port, log }: PageOptions,
): Promise<RunningPage> => {
  const onError = (error: Error) => log('database', { reason: messageOf(error) })
  const pool = await openDatabase(databaseUrl, onError)
  // The tables of the queue, if no worker was started yet.
  await (await openQueue(databaseUrl, settings, onError)).stop({ graceful: false })

  const told = async (): Promise<readonly Standing[]> => {
    const known = await standings(pool, SNAPSHOTS)
    return settings.organizations.map(({ id }) => known.get(id) ?? { organization: id })
  }
  const answers: Readonly<Record<string, () => Promise<readonly [type: string, body: string]>>> = {
    '/': async () => {
      const later = await jobsOfLaterVersions(pool)
      const notes = later.map(
        ({ version, jobs }) => `${jobs} jobs are of version ${version}; they wait for workers of it.`,
      )
      return ['text/html; charset=utf-8', pageOf(await told(), notes)]
    },
    '/metrics': async () => [Registry.PROMETHEUS_CONTENT_TYPE, await metricsOf(await told(), pool)],
    '/health': async () => {
      await pool.query('select 1')
      return ['text/plain; charset=utf-8', 'ok\n']
    },
  }
  const server = createServer(async ({ url = '/', method }, response) => {
    const answer = method === 'GET' || method === 'HEAD' ? answers[url.split('?')[0] ?? ''] : undefined
    const headers = {
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    }
    try {
      const [type, body] =
        answer === undefined ? ['text/plain; charset=utf-8', 'There is no such page.\n'] : await answer()
      response.writeHead(answer === undefined ? 404 : 200, { ...headers, 'content-type': type }).end(body)
    } catch (error) {
      log('page', { reason: messageOf(error) })
      response
        .writeHead(503, { ...headers, 'content-type': 'text/plain; charset=utf-8' })
        .end('The database does not answer.\n')
    }
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const { port: bound } = server.address() as AddressInfo
  return {
    url: `http://${host}:${bound}`,
    stop: async () => {
      await new Promise((resolve) => server.close(resolve))
      await pool.end()
    },
  }
}
