import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type pg from 'pg'
import { Gauge, Registry } from 'prom-client'
import { openDatabase } from './database.ts'
import { type Log, messageOf } from './log.ts'
import { type Standing, standings } from './outcomes.ts'
import { alertsNotTaken, jobsOfLaterVersions, openQueue, snapshotQueues } from './queue.ts'
import type { Settings } from './settings.ts'

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

const timeOf = (time: Date | undefined): string =>
  time === undefined ? '–' : `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`

const words = { waiting: 'is tried again', failed: 'failed', partial: 'incomplete' } as const

const whyNot = ({ state, reason = '' }: Standing): string =>
  state === undefined || state === 'good' ? '' : `${words[state]}: ${reason}`

const HEADINGS = ['Organization', 'Last good snapshot', 'Why not since', 'Next run'] as const

/** On a phone, the cells of a row are lines, each after its heading. */
const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif } body { margin: 2rem auto; max-width: 75rem; padding: 0 1rem }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0 }
tr { border-bottom: 1px solid #8886 } small { display: block; font-weight: normal; opacity: .75 }
td:nth-child(2), td:nth-child(4) { white-space: nowrap } td:nth-child(3) { overflow-wrap: anywhere }
@media (max-width: 40rem) {
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
  tr { display: block; padding: .5rem 0 } th, td { display: block; padding: 0; overflow-wrap: anywhere } td:empty { display: none }
  td::before { content: attr(data-heading) ": "; opacity: .75 }
}`

/** `names`: what people call an organization, by its id. */
const rowOf = (standing: Standing, names: ReadonlyMap<string, string>): string => {
  const { organization, lastGood, nextRun } = standing
  const name = names.get(organization)
  const title = name === undefined ? escaped(organization) : `${escaped(name)}<small>${escaped(organization)}</small>`
  const cells = [timeOf(lastGood), whyNot(standing), timeOf(nextRun)].map(
    (cell, place) => `<td data-heading="${HEADINGS[place + 1]}">${escaped(cell)}</td>`,
  )
  return `<tr><th scope="row">${title}</th>${cells.join('')}</tr>`
}

/** One line for each organization of the configuration, those without a fresh snapshot first. */
const pageOf = (all: readonly Standing[], names: ReadonlyMap<string, string>, notes: readonly string[]): string => {
  const sorted = [...all].sort((one, other) => Number(one.state === undefined) - Number(other.state === undefined))
  const good = all.filter(({ state, lastGood }) => state === undefined && lastGood !== undefined).length
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Fleet</title><style>${STYLE}
</style></head><body><h1>Fleet</h1>
<p>${good} of ${all.length} organizations: the last snapshot is good.</p>
${notes.map((note) => `<p><strong>${escaped(note)}</strong></p>`).join('')}
<table><thead><tr>${HEADINGS.map((heading) => `<th scope="col">${heading}</th>`).join('')}</tr></thead>
<tbody>${sorted.map((standing) => rowOf(standing, names)).join('\n')}</tbody></table></body></html>`
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
  const alerts = gauge('alerts_not_taken', 'Alerts that the address has not taken yet, and is offered again', [])
  alerts.set(await alertsNotTaken(pool))
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

  const queues = snapshotQueues(settings).names
  const told = async (): Promise<readonly Standing[]> => {
    const known = await standings(pool, queues)
    return settings.organizations.map(({ id }) => known.get(id) ?? { organization: id })
  }
  const names = new Map(settings.organizations.flatMap(({ id, name }) => (name === undefined ? [] : [[id, name]])))
  const answers: Readonly<Record<string, () => Promise<readonly [type: string, body: string]>>> = {
    '/': async () => {
      const later = await jobsOfLaterVersions(pool)
      const alerts = await alertsNotTaken(pool)
      const notes = [
        ...later.map(({ version, jobs }) => `${jobs} jobs are of version ${version}; they wait for workers of it.`),
        ...(alerts === 0 ? [] : [`${alerts} alerts are not taken by the address of alerts; they are offered again.`]),
      ]
      return ['text/html; charset=utf-8', pageOf(await told(), names, notes)]
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
