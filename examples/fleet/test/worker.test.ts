import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { takeSnapshot, toPromise } from 'seatlens'
import { readSnapshotFolder } from 'seatlens/node'
import { createWebexProvider } from 'seatlens/webex'
import { webexLicenseId } from 'seatlens/webex/simulator'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../src/database.ts'
import { startPage } from '../src/page.ts'
import { ALERTS, openQueue, plan, queueOf } from '../src/queue.ts'
import { openBucket } from '../src/store/bucket.ts'
import { openStore } from '../src/store/snapshot-store.ts'
import { newBucket } from './support/bucket.ts'
import { newFolder, newPool, newWorker, settingsFor, simulated, withPostgres } from './support/fleet.ts'

const postgres = withPostgres()

const outcomes = async (url: string) =>
  (await newPool(url).query('select organization, state, reason, attempts from fleet.outcomes order by organization'))
    .rows

/** What the page and the metrics say. */
const told = async (settings: Parameters<typeof startPage>[0], databaseUrl: string) => {
  const page = await startPage(settings, { databaseUrl, host: '127.0.0.1', port: 0, log: () => {} })
  onTestFinished(() => page.stop())
  const text = async (path: string) => (await fetch(`${page.url}${path}`)).text()
  return { page: await text('/'), metrics: await text('/metrics'), url: page.url }
}

describe('a worker', () => {
  test('takes one snapshot of each organization and period, and says so on the page and to Prometheus', async () => {
    const url = await postgres.newDatabase()
    const folder = await newFolder()
    const settings = settingsFor(await simulated(), folder)
    await (await newWorker(settings, url)).logged('"outcome":"good"')
    const [period = ''] = await readdir(join(folder, 'acme'))
    expect(period).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect((await toPromise(readSnapshotFolder(join(folder, 'acme', period)))).manifest.complete).toBe(true)
    expect(await outcomes(url)).toEqual([{ organization: 'acme', state: 'good', reason: null, attempts: 1 }])

    const { page, metrics } = await told(settings, url)
    expect(page).toContain('1 of 1 organizations')
    expect(page).toMatch(
      /<th scope="row">acme<\/th><td [^>]*>20\d\d-\d\d-\d\d \d\d:\d\d UTC<\/td><td [^>]*><\/td><td [^>]*>20/,
    )
    expect(metrics).toMatch(/^seatlens_fleet_last_good_snapshot_seconds\{organization="acme"\} \d+/m)
    expect(metrics).toMatch(/^seatlens_fleet_next_run_seconds\{organization="acme"\} \d+/m)
    expect(metrics).not.toMatch(/^seatlens_fleet_not_good\{/m)
  })

  test('tries again with pauses, and then says why there is no snapshot', async () => {
    const url = await postgres.newDatabase()
    const simulator = await simulated({ faults: [{ effect: { kind: 'status', status: 500 } }] })
    const settings = settingsFor(simulator, await newFolder(), { retries: 1 })
    const worker = await newWorker(settings, url)
    await worker.logged('"snapshot comes again"')
    expect(await outcomes(url)).toMatchObject([{ state: 'waiting', attempts: 1 }])
    await worker.logged('"outcome":"failed')
    expect(await outcomes(url)).toMatchObject([
      { state: 'failed', attempts: 2, reason: expect.stringContaining('500') },
    ])
    const { page, metrics } = await told(settings, url)
    expect(page).toMatch(/<th scope="row">acme<\/th><td [^>]*>–<\/td><td [^>]*>failed: /)
    expect(metrics).toContain('seatlens_fleet_not_good{organization="acme",state="failed"} 1')
  })

  test('does not try again what an administrator has to change first', async () => {
    const url = await postgres.newDatabase()
    const simulator = await simulated({ scopes: [] })
    const worker = await newWorker(settingsFor(simulator, await newFolder()), url)
    await worker.logged('"outcome":"failed')
    expect(await outcomes(url)).toMatchObject([{ state: 'failed', attempts: 1 }])
  })

  test('takes what a worker before it has written and not told', async () => {
    const url = await postgres.newDatabase()
    const folder = await newFolder()
    const simulator = await simulated()
    await (await newWorker(settingsFor(simulator, folder), url)).logged('"outcome":"good"')
    const requests = simulator.requests.count()
    await (await newWorker(settingsFor(simulator, folder), await postgres.newDatabase())).logged('"outcome":"found"')
    expect(simulator.requests.count()).toBe(requests)
  })

  test('takes an incomplete one as such, with what it lacks: no baseline, and no alert', async () => {
    const folder = await newFolder()
    const simulator = await simulated({
      faults: [{ match: { path: '/v1/licenses/*' }, effect: { kind: 'status', status: 500 } }],
    })
    const settings = settingsFor(simulator, folder, { retries: 0, alerts: { url: 'http://127.0.0.1:9/hook' } })
    const url = await postgres.newDatabase()
    await (await newWorker(settings, url)).logged('"outcome":"partial: ')
    const told = await outcomes(url)
    expect(told).toMatchObject([{ state: 'partial', reason: expect.stringContaining('500') }])
    const requests = simulator.requests.count()

    // As if it had been killed after it wrote the snapshot.
    const other = await postgres.newDatabase()
    await (await openDatabase(other, () => {})).end()
    const pool = newPool(other)
    const baseline = { schemaVersion: 1, kind: 'check', items: [] }
    await pool.query(`insert into fleet.checks values ('acme', $1)`, [JSON.stringify(baseline)])
    await (await newWorker(settings, other)).logged('"outcome":"partial: ')
    expect(await outcomes(other)).toEqual(told)
    expect(simulator.requests.count()).toBe(requests)
    expect((await pool.query('select baseline from fleet.checks')).rows).toEqual([{ baseline }])
    expect((await pool.query(`select 1 from pgboss.job where name like 'alerts-%'`)).rows).toEqual([])
  })

  test('reads nothing for a period that has ended, and says so', async () => {
    const folder = await newFolder()
    const simulator = await simulated()
    const settings = settingsFor(simulator, folder)
    await (await newWorker(settings, await postgres.newDatabase())).logged('"outcome":"good"')
    const [today = ''] = await readdir(join(folder, 'acme'))
    const requests = simulator.requests.count()

    const url = await postgres.newDatabase()
    await (await openDatabase(url, () => {})).end()
    const boss = await openQueue(url, settings, () => {})
    const pool = newPool(url)
    const day = (ago: number) => new Date(Date.parse(today) - ago * 86_400_000).toISOString().slice(0, 10)
    // Of the first of these days there is a snapshot, of the second one a try that failed, and nothing of the third one.
    await plan(boss, pool, settings, Date.parse(day(4)))
    await plan(boss, pool, settings, Date.parse(day(2)))
    await boss.stop({ graceful: false })
    await rename(join(folder, 'acme', today), join(folder, 'acme', day(4)))
    await pool.query(
      `insert into fleet.outcomes (organization, period, state, reason, attempts) values ('acme', $1, 'waiting', 'HTTP 500', 2)`,
      [day(3)],
    )
    await newWorker(settings, url)
    const all = async () =>
      (await pool.query('select period, state, reason, attempts from fleet.outcomes order by period')).rows
    const ended = 'the period ended before it could be read'
    await expect.poll(all).toEqual([
      { period: day(4), state: 'good', reason: null, attempts: 1 },
      { period: day(3), state: 'failed', reason: `${ended}; the last try: HTTP 500`, attempts: 2 },
      { period: day(2), state: 'failed', reason: ended, attempts: 0 },
      { period: day(1), state: 'failed', reason: ended, attempts: 0 },
      { period: today, state: 'good', reason: null, attempts: 1 },
    ])
    expect((await readdir(join(folder, 'acme'))).sort()).toEqual([day(4), today])
    expect(simulator.requests.count()).toBe(2 * requests)
  })

  test('that is stopped gives its job back, and another one goes on', async () => {
    const url = await postgres.newDatabase()
    const simulator = await simulated({ faults: [{ match: { times: 1 }, effect: { kind: 'hang' } }] })
    const settings = settingsFor(simulator, await newFolder())
    const first = await newWorker(settings, url)
    await expect.poll(() => simulator.requests.count()).toBeGreaterThan(0)
    await first.stop()
    expect(first.lines.join('\n')).toContain('the worker was stopped; another one goes on')
    expect(await outcomes(url)).toEqual([])
    await (await newWorker(settings, url)).logged('"outcome":"good"')
  })

  test('goes on where it was when the database was away', async () => {
    const url = await postgres.newDatabase()
    const simulator = await simulated({ latencyMs: 500 })
    const worker = await newWorker(settingsFor(simulator, await newFolder()), url)
    await expect.poll(() => simulator.requests.count()).toBeGreaterThan(0)
    await postgres.server().end()
    await worker.logged('the connection to the database was lost')
    await postgres.server().begin()
    await worker.logged('"outcome":"good"')
    expect(await outcomes(url)).toMatchObject([{ organization: 'acme', state: 'good' }])
  })

  test('has a place for others while a slow credential has jobs for all places', async () => {
    const url = await postgres.newDatabase()
    const folder = await newFolder()
    const simulator = await simulated({ managed: Array.from({ length: 6 }, () => ({})) })
    const [acme] = settingsFor(simulator, folder).credentials
    const [, ...customers] = simulator.organizations
    const slow = customers.map(({ uuid }, place) => ({ id: `slow-${place}`, credential: 'slow', orgId: uuid }))
    const settings = settingsFor(simulator, folder, {
      jobs: 2,
      credentials: [acme, { ...acme, id: 'slow', requestsPerMinute: 1 }],
      organizations: [...slow, { id: 'acme', credential: 'acme' }],
    })
    await (await openDatabase(url, () => {})).end()
    const boss = await openQueue(url, settings, () => {})
    const pool = newPool(url)
    const { name } = await plan(boss, pool, settings, Date.now())
    await boss.stop({ graceful: false })
    await pool.query(`update pgboss.job set start_after = now() + interval '1 hour' where singleton_key = 'acme'`)
    const worker = await newWorker(settings, url)
    const atWork = async () => (await pool.query(`select 1 from pgboss.job where state = 'active'`)).rows.length
    await expect.poll(atWork).toBeGreaterThan(0)
    // By then, the slow ones have what places they get.
    await sleep(2_000)
    await pool.query(
      `update pgboss.job set start_after = now() where singleton_key = 'acme' and data->>'period' = $1`,
      [name],
    )
    await worker.logged('"snapshot","organization":"acme"')
    expect(worker.lines.filter((line) => line.includes('"outcome":"good"'))).toHaveLength(1)
  })

  test('has no more jobs of a slow credential, together with all others, than can end in their time', async () => {
    const url = await postgres.newDatabase()
    const folder = await newFolder()
    const simulator = await simulated({ managed: Array.from({ length: 12 }, () => ({})) })
    const [acme] = settingsFor(simulator, folder).credentials
    const [, ...customers] = simulator.organizations
    const settings = settingsFor(simulator, folder, {
      credentials: [{ ...acme, requestsPerMinute: 60 }],
      organizations: customers.map(({ uuid }, place) => ({ id: `slow-${place}`, credential: 'acme', orgId: uuid })),
    })
    const workers = [await newWorker(settings, url), await newWorker(settings, url), await newWorker(settings, url)]
    const pool = newPool(url)
    const atWork = async () =>
      (await pool.query(`select singleton_key from pgboss.job where state = 'active'`)).rows.flatMap(Object.values)
    await expect.poll(async () => (await atWork()).length).toBe(2)
    const seen = new Set<number>()
    // By then, each worker has what places it gets.
    for (let looks = 0; looks < 50; looks++) {
      seen.add((await atWork()).length)
      await sleep(50)
    }
    expect([...seen].sort()).toEqual([2])
    // What a worker leaves that ends is taken up by the others, at once.
    const [first] = workers
    await first?.stop()
    await expect.poll(async () => (await atWork()).length).toBe(2)
  })

  test('waits for room where the folder cannot be written to', async () => {
    const url = await postgres.newDatabase()
    const folder = await newFolder()
    await writeFile(join(folder, 'acme'), 'in the way')
    const worker = await newWorker(settingsFor(await simulated(), folder), url)
    await worker.logged('"snapshot comes again"')
    expect(await outcomes(url)).toMatchObject([{ state: 'waiting', reason: expect.stringContaining('acme') }])
    await rm(join(folder, 'acme'))
    await mkdir(join(folder, 'acme'))
    await worker.logged('"outcome":"good"')
  })

  test('leaves jobs of a later version to others, and says so', async () => {
    const url = await postgres.newDatabase()
    const settings = settingsFor(await simulated(), await newFolder())
    const queue = queueOf('snapshots', 2)
    const boss = await openQueue(url, settings, () => {})
    await boss.createQueue(queue)
    await boss.send(queue, { organization: 'acme', period: '2026-11-29', more: 'than this version knows' })
    await boss.stop({ graceful: false })
    const worker = await newWorker(settings, url)
    await worker.logged('jobs of a later version are left to workers of it')
    await worker.logged('"outcome":"good"')
    const { rows } = await newPool(url).query('select state from pgboss.job where name = $1', [queue])
    expect(rows).toEqual([{ state: 'created' }])
    expect((await told(settings, url)).page).toContain('1 jobs are of version 2; they wait for workers of it.')
  })

  test('does not start on the database of a later version', async () => {
    const url = await postgres.newDatabase()
    await (await openDatabase(url, () => {})).end()
    await newPool(url).query('insert into fleet.version values (2)')
    const started = newWorker(settingsFor(await simulated(), await newFolder()), url)
    await expect(started).rejects.toThrow('the database is of version 2, and this worker knows version 1')
  })
})

describe('a bucket', () => {
  test('has the snapshots, checked when they are read back', async () => {
    const url = await postgres.newDatabase()
    const { settings: store } = await newBucket()
    const settings = settingsFor(await simulated(), '', { store })
    await (await newWorker(settings, url)).logged('"outcome":"good"')
    const { rows } = await newPool(url).query('select place from fleet.outcomes')
    const snapshot = await (await openStore(settings.store)).find(rows[0].place)
    expect(snapshot?.manifest).toMatchObject({ complete: true, providers: [{ id: 'acme' }] })
    expect(await (await openStore(settings.store)).find('acme/1999-01-01')).toBeUndefined()
  })

  test('that is full is the reason, until there is room', async () => {
    const url = await postgres.newDatabase()
    const bucket = await newBucket()
    bucket.setFull(true)
    const worker = await newWorker(settingsFor(await simulated(), '', { store: bucket.settings }), url)
    await worker.logged('"snapshot comes again"')
    const [{ reason }] = await outcomes(url)
    expect(reason).toMatch(/^bucket fleet: snapshots\/acme\/.* could not be written: XMinioStorageFull \(507\)$/)
    bucket.setFull(false)
    await worker.logged('"outcome":"good"')
  })
})

test('a worker that was suspended while it wrote to a bucket does not spoil what another one has written meanwhile', async () => {
  const bucket = await newBucket()
  const store = await openStore(bucket.settings)
  const contentOf = async (users: number) => {
    const provider = createWebexProvider({ id: 'acme', ...(await simulated({ users })).configuration })
    return toPromise(takeSnapshot([provider]))
  }
  const [first, second] = [await contentOf(10), await contentOf(30)]
  const names = [...first.files.keys()]
  const { signal } = new AbortController()
  // It comes to the second of its files, and no further. For the other one, its first file is a rest.
  const held = bucket.hold(names[1] ?? '')
  const suspended = store.write('acme/2026-11-29', first, signal)
  const goOn = await held
  await store.write('acme/2026-11-29', second, signal)
  goOn()
  await expect(suspended).rejects.toThrow(/could not be written: PreconditionFailed \(412\)$/)
  const found = await store.find('acme/2026-11-29')
  expect(found?.manifest).toEqual(second.manifest)
})

describe('the tables of snapshots', () => {
  const isFile = (path: string) => path.endsWith('.parquet')
  const filesIn = async (folder: string) => (await readdir(folder, { recursive: true })).filter(isFile).sort()

  test('lie beside them as Parquet, and what a worker that was killed has not written comes with the next one', async () => {
    const [folder, tables] = [await newFolder(), await newFolder()]
    const settings = settingsFor(await simulated(), folder, { tables: { folder: tables } })
    await (await newWorker(settings, await postgres.newDatabase())).logged('"outcome":"good"')
    const written = await filesIn(tables)
    expect(written).toContainEqual(expect.stringMatching(/^users\/day=[\d-]{10}\/provider=acme\/\w+\.parquet$/))
    expect(written).toContainEqual(expect.stringMatching(/^snapshots\/day=[\d-]{10}\/provider=acme\/\w+\.parquet$/))
    await rm(join(tables, 'users'), { recursive: true })
    await (await newWorker(settings, await postgres.newDatabase())).logged('"outcome":"found"')
    expect(await filesIn(tables)).toEqual(written)
  })

  test('are objects of a bucket, and one that takes none is the reason', async () => {
    const url = await postgres.newDatabase()
    const bucket = await newBucket()
    bucket.setFull(true)
    const tables = { ...bucket.settings, prefix: 'tables' }
    const worker = await newWorker(settingsFor(await simulated(), await newFolder(), { tables }), url)
    await worker.logged('"snapshot comes again"')
    expect(await outcomes(url)).toMatchObject([
      {
        state: 'waiting',
        reason: expect.stringMatching(/^bucket fleet: tables\/.* could not be written: XMinioStorageFull/),
      },
    ])
    bucket.setFull(false)
    await worker.logged('"outcome":"found"')
    expect((await openBucket(tables).list('users')).filter(isFile)).toHaveLength(1)
  })
})

describe('an alert', () => {
  const organizationUuid = '00000000-0000-4000-8000-000000000001'
  const id = webexLicenseId({ organizationUuid, offerCode: 'EE', uuid: '1' })
  const world = (holders: readonly string[]) => ({
    organization: { uuid: organizationUuid, name: 'Acme' },
    licenses: [{ id, name: 'Meetings', totalUnits: 1, subscriptionId: 'Sub1' }],
    people: holders.map((name) => ({ id: name, displayName: name, email: `${name}@acme.example`, licenses: [id] })),
  })

  test('is posted when a check has something new, and names no person', async () => {
    const posted: string[] = []
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      posted.push(Buffer.concat(chunks).toString())
      response.end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const url = await postgres.newDatabase()
    const more = {
      check: { failOn: ['over-assigned'] },
      alerts: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` },
    }
    const first = await newWorker(settingsFor(await simulated({ world: world(['ada']) }), await newFolder(), more), url)
    await first.logged('"outcome":"good"')
    await first.stop()
    // The next period.
    await newPool(url).query('delete from fleet.outcomes; delete from pgboss.job')
    const second = await newWorker(
      settingsFor(await simulated({ world: world(['ada', 'grace']) }), await newFolder(), more),
      url,
    )
    await second.logged('"outcome":"good"')
    await expect.poll(() => posted).toHaveLength(1)
    expect(JSON.parse(posted[0] ?? '').text).toMatch(/^acme: Seatlens: since the baseline: new or worse: 1 /)
    const { rows } = await newPool(url).query('select baseline::text from fleet.checks')
    for (const text of [...posted, ...second.lines, rows[0].baseline]) expect(text).not.toMatch(/ada|grace@/i)
  })

  test('that is not taken is posted again until it is, and is seen on the page and in the metrics', async () => {
    let isOpen = false
    const taken: string[] = []
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      if (isOpen) taken.push(Buffer.concat(chunks).toString())
      response.writeHead(isOpen ? 200 : 503).end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const url = await postgres.newDatabase()
    const alerts = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` }
    const settings = settingsFor(await simulated(), await newFolder(), { alerts })
    const worker = await newWorker(settings, url)
    const pool = newPool(url)
    const boss = await openQueue(url, settings, () => {})
    await boss.send(ALERTS, { organization: 'acme', text: 'acme: one more seat' })
    await boss.stop({ graceful: false })
    const ofAlert = async (columns: string) =>
      (await pool.query(`select ${columns} from pgboss.job where name = $1`, [ALERTS])).rows
    for (const [before, pause] of [
      [0, 10],
      [100, 3_600],
    ] as const) {
      await pool.query('update pgboss.job set retry_count = $2, start_after = now() where name = $1', [ALERTS, before])
      await expect.poll(() => ofAlert('state, retry_delay')).toEqual([{ state: 'retry', retry_delay: pause }])
    }
    expect(worker.lines.join('\n')).toMatch(/"alert not taken",.*"reason":"the address of alerts answered with 503"/)
    const { page, metrics } = await told(settings, url)
    expect(page).toContain('1 alerts are not taken by the address of alerts')
    expect(metrics).toMatch(/^seatlens_fleet_alerts_not_taken 1$/m)
    isOpen = true
    await pool.query('update pgboss.job set start_after = now() where name = $1', [ALERTS])
    await expect.poll(() => taken).toEqual([JSON.stringify({ text: 'acme: one more seat' })])
    await expect.poll(() => ofAlert('state')).toEqual([{ state: 'completed' }])
    expect((await told(settings, url)).metrics).toMatch(/^seatlens_fleet_alerts_not_taken 0$/m)
  })

  test('is none for a snapshot that is found late: it is of its own time, and a later one has been checked', async () => {
    const folder = await newFolder()
    const more = { check: { failOn: ['over-assigned'] }, alerts: { url: 'http://127.0.0.1:9/hook' } }
    const before = settingsFor(await simulated({ world: world(['ada']) }), folder, more)
    await (await newWorker(before, await postgres.newDatabase())).logged('"outcome":"good"')
    const [today = ''] = await readdir(join(folder, 'acme'))
    const yesterday = new Date(Date.parse(today) - 86_400_000).toISOString().slice(0, 10)
    await rename(join(folder, 'acme', today), join(folder, 'acme', yesterday))

    const url = await postgres.newDatabase()
    const pool = newPool(url)
    const settings = settingsFor(await simulated({ world: world(['ada', 'grace']) }), folder, more)
    const worker = await newWorker(settings, url)
    await worker.logged('"outcome":"good"')
    const known = async () => (await pool.query('select baseline from fleet.checks')).rows
    const baseline = await known()
    expect(JSON.stringify(baseline)).toContain('over-assigned')
    const boss = await openQueue(url, settings, () => {})
    await plan(boss, pool, settings, Date.parse(yesterday))
    await boss.stop({ graceful: false })
    await worker.logged('"outcome":"found"')
    const { manifest } = await toPromise(readSnapshotFolder(join(folder, 'acme', yesterday)))
    const { rows } = await pool.query('select at from fleet.outcomes where period = $1', [yesterday])
    expect(rows).toEqual([{ at: new Date(manifest.generatedAt) }])
    expect(await known()).toEqual(baseline)
    expect((await pool.query(`select 1 from pgboss.job where name like 'alerts-%'`)).rows).toEqual([])
  })
})
