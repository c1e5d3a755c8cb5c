import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { readManifestFolder } from 'seatlens/node'
import { createSealing } from '../src/sealing.ts'
import { type CentersOptions, startCenters } from './genesys-customers.ts'
import { atOnce, readingsOf, type WorkerRecord } from './intervals.ts'
import { startPostgres } from './postgres.ts'
import { type PartnersOptions, startPartners } from './webex-partners.ts'
import { startProcess, type WorkerProcess } from './workers.ts'

export interface ProofOptions extends PartnersOptions, Pick<CentersOptions, 'centers'> {
  /** Of each organization of Genesys Cloud. */
  readonly centerRequestsPerMinute: number
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
  /** Organizations that were read twice at once, by what the simulators got, or of which two workers say that they wrote the snapshot. */
  readonly twice: readonly string[]
  readonly good: number
  readonly withReason: number
  readonly kills: number
  readonly renewals: number
  readonly requests: number
  /** Of them, those of readings that were cut short as their worker was killed. */
  readonly requestsInVain: number
  readonly refusedForRate: number
  readonly scripted429: number
  /** From the first request to the last one. */
  readonly seconds: number
  /**
   * What the rates allow: the requests of each credential divided by its rate, and of these the longest time. Pauses before
   * another try, and what is left unused of a rate, are no part of it.
   */
  readonly atRateSeconds: number
  /** The same without the requests in vain. */
  readonly neededSeconds: number
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

/** What a worker says of the ends of its snapshots. That another one has the organization is no end. */
const endsIn = (lines: readonly string[]): WorkerRecord['ends'] =>
  lines.flatMap((line) => {
    if (!/"event":"snapshot( comes again)?"/.test(line) || line.includes('another worker is at work')) return []
    const { organization, at } = JSON.parse(line)
    return [{ organization, at: Date.parse(at) }]
  })

interface Row {
  readonly organization: string
  readonly state: string
  readonly reason: string | null
}

/** Kills workers at random until everything is settled, and looks at what is there then. */
export const prove = async (options: ProofOptions): Promise<Proof> => {
  const { workers, jobs, killEvery, failEvery, latencyMs, seed, say } = options
  const folder = await mkdtemp(join(tmpdir(), 'seatlens-fleet-proof-'))
  const postgres = await startPostgres()
  const { centers, centerRequestsPerMinute } = options
  const credentials = [
    ...(await startPartners(options)),
    ...(await startCenters({ centers, requestsPerMinute: centerRequestsPerMinute, failEvery, latencyMs })),
  ]
  const running = new Set<WorkerProcess>()
  let isOver = false
  try {
    const databaseUrl = await postgres.newDatabase()
    const organizations = credentials.flatMap((credential) => credential.organizations)
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
        credentials: credentials.map(({ id, requestsPerMinute, configuration }) => ({
          ...{ id, requestsPerMinute, ...configuration },
          retry: { attempts: 2, backoffMs: 100 },
        })),
        organizations: credentials.flatMap(({ id: credential, organizations }) =>
          organizations.map(({ id, orgId }) => ({ id, orgId, credential })),
        ),
      }),
    )
    const tokenKeys = `proof:${randomBytes(32).toString('base64')}`
    const env = { DATABASE_URL: databaseUrl, FLEET_TOKEN_KEYS: tokenKeys }
    const random = randomFrom(seed)
    const started: WorkerProcess[] = []
    const endedAt = new Map<WorkerProcess, number>()

    const keepRunning = async (): Promise<void> => {
      while (!isOver) {
        const worker = startProcess(['worker', '--config', config], env)
        running.add(worker)
        started.push(worker)
        await new Promise((resolve) => worker.process.once('exit', resolve))
        if (!endedAt.has(worker)) endedAt.set(worker, Date.now())
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
      if (one === undefined || !one.process.kill('SIGKILL')) return
      // From here on it sends nothing: its exit is seen a little later.
      endedAt.set(one, Date.now())
      kills++
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

    const requestsOf = new Map(credentials.map((credential) => [credential, credential.requests()]))
    const requests = [...requestsOf.values()].flat()
    const times = requests.map(({ at }) => at)
    const logs = started.map(({ lines }) => lines)
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
    const workerRecords = started.map(
      (worker): WorkerRecord => ({
        pid: worker.process.pid ?? 0,
        ends: endsIn(worker.lines),
        endedAt: endedAt.get(worker) ?? Date.now(),
      }),
    )
    const readings = readingsOf(requests, workerRecords)
    const vain = new Set(readings.flatMap(({ isCut, from }) => (isCut ? [from] : [])))
    const slowest = (isCounted: (from: string) => boolean): number =>
      Math.max(
        ...[...requestsOf].map(
          ([{ requestsPerMinute }, all]) => (all.filter(({ from }) => isCounted(from)).length / requestsPerMinute) * 60,
        ),
      )
    const refused = logs.flat().filter((line) => line.includes('"refused for the rate"')).length
    return {
      wrong,
      lostTokens: credentials.flatMap(({ id, tokens, organizations }) => {
        if (tokens === undefined || organizations.length === 0) return []
        const row = sealed.find(({ credential }) => credential === id)
        const newest = row === undefined ? undefined : JSON.parse(sealing.open(row.sealed, id)).refreshToken
        return newest === tokens.refreshToken() ? [] : [id]
      }),
      tooFast: [...requestsOf].flatMap(([{ id, requestsPerMinute }, all]) => {
        const most = mostInAMinute(all.map(({ at }) => at))
        return most > requestsPerMinute ? [`${id}: ${most} requests in a minute`] : []
      }),
      twice: [...atOnce(readings), ...goodLines.filter((one, place) => goodLines.indexOf(one) !== place)],
      good: rows.filter(({ state }) => state === 'good').length,
      withReason: rows.filter(({ state, reason }) => state !== 'good' && (reason ?? '') !== '').length,
      kills,
      renewals: credentials.reduce((sum, { tokens }) => sum + (tokens?.refreshed() ?? 0), 0),
      requests: requests.length,
      requestsInVain: requests.filter(({ from }) => vain.has(from)).length,
      refusedForRate: refused,
      scripted429: organizations.reduce((sum, { kind }) => sum + (kind?.refusals ?? 0), 0),
      seconds:
        (times.reduce((latest, time) => Math.max(latest, time), 0) -
          times.reduce((first, time) => Math.min(first, time), Number.POSITIVE_INFINITY)) /
        1_000,
      atRateSeconds: slowest(() => true),
      neededSeconds: slowest((from) => !vain.has(from)),
    }
  } finally {
    isOver = true
    for (const worker of running) worker.process.kill('SIGKILL')
    await Promise.all(credentials.map(({ destroy }) => destroy()))
    await postgres.remove()
    await rm(folder, { recursive: true, force: true })
  }
}
