import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { readManifestFolder } from 'seatlens/node'
import { createSealing } from '../src/sealing.ts'
import { type PartnersOptions, type SimulatedPartner, startPartners } from './partners.ts'
import { startPostgres } from './postgres.ts'
import { startProcess, type WorkerProcess } from './workers.ts'

export interface ProofOptions extends PartnersOptions {
  readonly workers: number
  readonly jobs: number
  /** A worker is killed after about so many organizations, and half as many more or fewer: slow machines see as many kills as fast ones. */
  readonly killEvery: number
  /** Of the random kills. */
  readonly seed: number
  readonly say: (line: string) => void
}

/** What was seen. The first four lists are empty if all is well. */
export interface Proof {
  /** Organizations with neither exactly one good snapshot nor a reason, or with what they should not have. */
  readonly wrong: readonly string[]
  /** Credentials whose newest refresh token is not the one that the vendor takes. */
  readonly lostTokens: readonly string[]
  /** Minutes in which a credential had more requests than its rate. */
  readonly tooFast: readonly string[]
  /** Organizations that two workers read at once. */
  readonly twice: readonly string[]
  readonly good: number
  readonly withReason: number
  readonly kills: number
  readonly renewals: number
  readonly requests: number
  readonly refusedForRate: number
  readonly scripted429: number
  readonly seconds: number
  /** The time of the slowest credential's requests at its rate. */
  readonly atRateSeconds: number
}

const MINUTE_MS = 60_000

/** A small generator with a seed, so that the kills of a run can be repeated as far as processes can. */
const randomFrom = (seed: number) => () => {
  seed = (seed * 1_664_525 + 1_013_904_223) >>> 0
  return seed / 2 ** 32
}

/** The most requests in any minute. Requests for tokens are no part of the rate. */
const mostInAMinute = (times: readonly number[]): number => {
  let most = 0
  let first = 0
  times.forEach((time, place) => {
    while (time - (times[first] ?? time) >= MINUTE_MS) first++
    most = Math.max(most, place - first + 1)
  })
  return most
}

const requestsOf = ({ simulator }: SimulatedPartner) =>
  simulator.requests.list().filter(({ path }) => path !== '/v1/access_token')

interface Row {
  readonly organization: string
  readonly state: string
  readonly reason: string | null
}

/** Kills workers at random until everything is settled, and looks at what is there then. */
export const prove = async (options: ProofOptions): Promise<Proof> => {
  const { workers, jobs, killEvery, requestsPerMinute, seed, say } = options
  const folder = await mkdtemp(join(tmpdir(), 'seatlens-fleet-proof-'))
  const postgres = await startPostgres()
  const partners = await startPartners(options)
  const running = new Set<WorkerProcess>()
  let isOver = false
  try {
    const databaseUrl = await postgres.newDatabase()
    const organizations = partners.flatMap((partner) => partner.organizations)
    const config = join(folder, 'fleet.json')
    await writeFile(
      config,
      JSON.stringify({
        spreadMinutes: 0,
        jobs,
        retries: 2,
        retrySeconds: 1,
        reapSeconds: 2,
        store: { folder: 'snapshots' },
        credentials: partners.map(({ id, simulator }) => ({
          ...{ id, type: 'webex', ...simulator.refreshConfiguration, requestsPerMinute },
          retry: { attempts: 2, backoffMs: 100 },
        })),
        organizations: organizations.map(({ id, orgId, credential }) => ({ id, orgId, credential })),
      }),
    )
    const tokenKeys = `proof:${randomBytes(32).toString('base64')}`
    const env = { DATABASE_URL: databaseUrl, FLEET_TOKEN_KEYS: tokenKeys }
    const random = randomFrom(seed)
    const logs: (readonly string[])[] = []

    const keepRunning = async (): Promise<void> => {
      while (!isOver) {
        const worker = startProcess(['worker', '--config', config], env)
        running.add(worker)
        logs.push(worker.lines)
        await new Promise((resolve) => worker.process.once('exit', resolve))
        running.delete(worker)
      }
    }
    const kept = Array.from({ length: workers }, keepRunning)

    const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 })
    pool.on('error', () => {})
    const settled = async (): Promise<number> => {
      const { rows } = await pool.query<{ settled: string }>(
        `select count(*) as settled from fleet.outcomes where state <> 'waiting'`,
      )
      return Number(rows[0]?.settled)
    }
    while ((await settled().catch(() => undefined)) === undefined) await sleep(100)

    let kills = 0
    const killOne = async (): Promise<void> => {
      // At any moment of a job. One that never begins is killed for nothing.
      await sleep(random() * 1_000)
      const begun = [...running].filter(({ lines }) => lines.some((line) => line.includes('"worker started"')))
      const one = begun[Math.floor(random() * begun.length)]
      if (one?.process.kill('SIGKILL')) kills++
    }
    const nextAfter = (now: number) => now + killEvery * (0.5 + random())
    let told = 0
    let killAt = nextAfter(0)
    for (let now = 0; now < organizations.length; now = await settled()) {
      if (now - told >= organizations.length / 10) {
        told = now
        say(`${now} of ${organizations.length} settled, ${kills} workers killed`)
      }
      if (now >= killAt) {
        killAt = nextAfter(now)
        await killOne()
      }
      await sleep(250)
    }
    isOver = true
    await Promise.all([...running].map((worker) => worker.end('SIGTERM')))
    await Promise.all(kept)

    const times = partners.map((partner) => requestsOf(partner).map(({ at }) => at))
    const began = Math.min(...times.flatMap(([first]) => first ?? []))
    const ended = Math.max(...times.flatMap((all) => all.at(-1) ?? []))
    const { rows } = await pool.query<Row>('select organization, state, reason from fleet.outcomes')
    const { rows: sealed } = await pool.query<{ credential: string; sealed: string }>(
      'select credential, sealed from fleet.tokens where sealed is not null',
    )
    await pool.end()
    const outcomes = new Map(rows.map((row) => [row.organization, row]))
    const sealing = createSealing(tokenKeys)

    const wrong: string[] = []
    for (const { id, kind } of organizations) {
      const outcome = outcomes.get(id)
      const snapshots = await readdir(join(folder, 'snapshots', id)).catch(() => [])
      const manifests = await Promise.all(
        snapshots.map((name) => readManifestFolder(join(folder, 'snapshots', id, name))()),
      )
      const whole = manifests.filter((one) => one._tag === 'Right' && one.right.complete).length
      const shouldBeGood = kind === undefined || kind.endsGood
      const isRight = shouldBeGood
        ? outcome?.state === 'good' && snapshots.length === 1 && whole === 1
        : outcome !== undefined && outcome.state !== 'good' && whole === 0 && (outcome.reason ?? '') !== ''
      if (!isRight) wrong.push(`${id} (${kind?.name ?? 'sound'}): ${JSON.stringify(outcome)}, ${whole} good snapshots`)
    }
    const goodLines = logs
      .flat()
      .flatMap((line) => (line.includes('"outcome":"good"') ? [JSON.parse(line).organization] : []))
    const refused = logs.flat().filter((line) => line.includes('"refused for the rate"')).length
    return {
      wrong,
      lostTokens: partners.flatMap(({ id, simulator }) => {
        const row = sealed.find(({ credential }) => credential === id)
        const newest = row === undefined ? undefined : JSON.parse(sealing.open(row.sealed, id)).refreshToken
        return newest === simulator.tokens.refreshToken() ? [] : [id]
      }),
      tooFast: partners.flatMap(({ id }, place) => {
        const most = mostInAMinute(times[place] ?? [])
        return most > requestsPerMinute ? [`${id}: ${most} requests in a minute`] : []
      }),
      twice: goodLines.filter((one, place) => goodLines.indexOf(one) !== place),
      good: rows.filter(({ state }) => state === 'good').length,
      withReason: rows.filter(({ state, reason }) => state !== 'good' && (reason ?? '') !== '').length,
      kills,
      renewals: partners.reduce((sum, { simulator }) => sum + simulator.tokens.refreshed(), 0),
      requests: times.reduce((sum, all) => sum + all.length, 0),
      refusedForRate: refused,
      scripted429: organizations.filter(({ kind }) => kind?.name === 'one 429').length,
      seconds: (ended - began) / 1_000,
      atRateSeconds: Math.max(...times.map((all) => (all.length / requestsPerMinute) * 60)),
    }
  } finally {
    isOver = true
    for (const worker of running) worker.process.kill('SIGKILL')
    await Promise.all(partners.map(({ simulator }) => simulator.destroy()))
    await postgres.remove()
    await rm(folder, { recursive: true, force: true })
  }
}
