import { spawn } from 'node:child_process'
import { applyPlan, createPlan, type LicenseProvider, takeSnapshot, toPromise } from 'seatlens'
import { createWebexProvider } from 'seatlens/webex'
import { startWebexSimulator, type WebexSimulator } from 'seatlens/webex/simulator'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createRuns } from '../server/runs.ts'
import { createAttempts } from '../server/sign-in/attempts.ts'
import { createSessions } from '../server/sign-in/sessions.ts'
import type { Database } from '../server/store/database.ts'
import { journalLines, openJournal } from '../server/store/journal.ts'
import { createLeases } from '../server/store/leases.ts'
import { openDatabase } from '../server/store/open-database.ts'
import { createPlans } from '../server/store/plans.ts'
import { createSnapshots } from '../server/store/snapshots.ts'
import { type DatabaseServer, databaseKinds } from './support/databases.ts'

const olga = { name: 'olga', credential: 'sha256 of what is kept of the password' }

/** A server that stands still in the middle of a transaction, and tells when it is there. */
const standsStillIn = (address: string) => {
  const module = new URL('../dist/server/store/open-database.js', import.meta.url).href
  const program = `
    import { writeSync } from 'node:fs'
    const { openDatabase } = await import(${JSON.stringify(module)})
    const database = await openDatabase(${JSON.stringify(address)})
    const statements = function* () {
      yield ["insert into sessions (id, name, expires_at) values ('a', 'oscar', 0)"]
      writeSync(1, 'within')
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
    }
    await database.transaction(statements())`
  return spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: ['ignore', 'pipe', 'inherit'] })
}

describe.each(databaseKinds)('$name', ({ name, start }) => {
  const it = test.skipIf(start === undefined)
  let server: DatabaseServer | undefined
  let address = ''
  /** Two servers on one database. */
  let one: Database
  let other: Database

  beforeAll(async () => {
    server = await start?.()
  })
  afterAll(() => server?.stop())
  beforeEach(async ({ onTestFinished }) => {
    if (server === undefined) return
    address = await server.newDatabase()
    // At the same time, as when a whole service is started.
    const [first, second] = await Promise.all([openDatabase(address), openDatabase(address)])
    one = first
    other = second
    onTestFinished(async () => {
      await one.close()
      await other.close()
    })
  })

  it('keeps what was written when it is opened again', async () => {
    await createSessions(one).open(olga)
    const again = await openDatabase(address)
    expect(await again.rows('select name from sessions')).toEqual([{ name: 'olga' }])
    expect(await again.rows('select version from migrations order by version')).toEqual([
      { version: 1 },
      { version: 2 },
    ])
    await again.close()
  })

  it('is brought up to date from an earlier version, where sessions did not say with what a user signed in', async () => {
    await one.rows('alter table sessions drop column credential')
    await one.rows('delete from migrations where version = 2')
    await one.rows(`insert into sessions (id, name, expires_at) values ('a', 'olga', ${one.now} + 100000)`)
    const again = await openDatabase(address)
    expect(await again.rows('select name, credential from sessions')).toEqual([{ name: 'olga', credential: '' }])
    expect(await createSessions(again).find(await createSessions(again).open(olga))).toEqual(olga)
    await again.close()
  })

  it('writes all of a transaction or nothing', async () => {
    const insert = `insert into sessions (id, name, expires_at) values (?, 'olga', 0)`
    await expect(
      one.transaction([
        [insert, 'a'],
        [insert, 'b'],
        [insert, 'a'],
      ]),
    ).rejects.toThrow()
    expect(await other.rows('select id from sessions')).toEqual([])
    expect(await one.transaction([[`${insert} returning id`, 'a'], ['select name from sessions']])).toEqual([
      [{ id: 'a' }],
      [{ name: 'olga' }],
    ])
  })

  it('gives a lease to one of many who want it at once, and says who has it and since when', async () => {
    const leases = [one, other].map((database) => createLeases(database, 10_000))
    const before = Date.now()
    const taken = await Promise.all(
      Array.from({ length: 12 }, (_, place) => leases[place % 2]?.take('sha256:1', `user ${place}`)),
    )
    expect(taken.filter((lease) => lease !== undefined)).toHaveLength(1)
    const holder = await leases[1]?.holderOf('sha256:1')
    expect(holder?.name).toBe(`user ${taken.findIndex((lease) => lease !== undefined)}`)
    expect(Math.abs((holder?.since ?? 0) - before)).toBeLessThan(10_000)
    expect(await leases[0]?.take('sha256:2', 'another plan')).toBeDefined()
    await taken.find((lease) => lease !== undefined)?.release()
    expect(await leases[1]?.holderOf('sha256:1')).toBeUndefined()
    expect(await leases[1]?.take('sha256:1', 'the next one')).toBeDefined()
  })

  it('gives a lease that was not renewed to the next one, and does not let the first one renew or release it', async () => {
    const [first, second] = [createLeases(one, 300), createLeases(other, 60_000)]
    const lost = await first.take('sha256:1', 'killed')
    await expect.poll(() => second.take('sha256:1', 'next'), { interval: 50 }).toBeDefined()
    if (lost === undefined) throw new Error('it was not taken')
    expect(await one.rows(...lost.renewal)).toEqual([])
    await lost.release()
    expect((await first.holderOf('sha256:1'))?.name).toBe('next')
  })

  it('keeps a session as a hash, for eight hours, and until it is closed', async () => {
    const [sessions, elsewhere] = [createSessions(one), createSessions(other)]
    const id = await sessions.open(olga)
    expect(await elsewhere.find(id)).toEqual(olga)
    expect(JSON.stringify(await one.rows('select * from sessions'))).not.toContain(id)
    expect(await sessions.find('')).toBeUndefined()
    await one.rows(`update sessions set expires_at = ${one.now}`)
    expect(await sessions.find(id)).toBeUndefined()
    const second = await sessions.open(olga)
    await elsewhere.close(second)
    expect(await sessions.find(second)).toBeUndefined()
  })

  it('slows down guesses at one name at all servers, and forgets failures of long ago', async () => {
    const [attempts, elsewhere] = [createAttempts(one), createAttempts(other)]
    for (let failures = 0; failures < 4; failures++) expect(await attempts.begin('olga')).toBe(0)
    expect(await elsewhere.begin('olga')).toBeGreaterThan(500)
    expect(await attempts.begin('oscar')).toBe(0)
    await one.rows(`update sign_in_attempts set next_at = ${one.now} - 1000000`)
    expect(await attempts.begin('olga')).toBe(0)
    expect(await attempts.begin('olga')).toBe(0)
    await attempts.succeeded('olga')
    expect(await one.rows(`select failures from sign_in_attempts where name = 'olga'`)).toEqual([])
  })

  // SQLite makes a transaction in one go.
  test.skipIf(start === undefined || name === 'SQLite')(
    'lets others write although a server was suspended within a transaction',
    async ({ onTestFinished }) => {
      const suspended = standsStillIn(address)
      onTestFinished(() => void suspended.kill('SIGKILL'))
      await new Promise((resolve) => suspended.stdout.once('data', resolve))
      await one.transaction([["insert into sessions (id, name, expires_at) values ('b', 'olga', 0)"]])
      expect(await one.rows('select id from sessions')).toEqual([{ id: 'b' }])
    },
  )

  describe('with an organization', () => {
    let simulator: WebexSimulator
    let provider: LicenseProvider

    beforeEach(async ({ onTestFinished }) => {
      simulator = await startWebexSimulator({ users: 60, seed: 3 })
      provider = createWebexProvider(simulator.configuration)
      onTestFinished(() => simulator.destroy())
    })

    const removal = async () => {
      const users = [...simulator.organization.users()]
      const license = users[0]?.licenseIds[0] ?? ''
      const holders = users.filter(({ licenseIds }) => licenseIds.includes(license)).slice(0, 8)
      const intents = holders.map(({ id }) => ({ source: 'test', action: 'remove', license, user: id }) as const)
      return toPromise(createPlan(provider, intents))
    }

    it('keeps a snapshot that is read back byte for byte, and shows it to its tenant alone', async () => {
      const snapshots = createSnapshots(one)
      const content = await toPromise(takeSnapshot([provider]))
      const kept = await snapshots.add('northwind', content, 'olga')
      expect(await createSnapshots(other).list('northwind')).toEqual([kept])
      expect(await snapshots.list('contoso')).toEqual([])
      expect(await snapshots.open('contoso', kept.id)).toBeUndefined()
      const read = await createSnapshots(other).open('northwind', kept.id)
      expect(read?.manifest).toEqual(content.manifest)
      // What is missing is damage, and no shorter snapshot.
      await one.rows('delete from snapshot_files where name <> ?', 'manifest.json')
      await expect(snapshots.open('northwind', kept.id)).rejects.toThrow()
    })

    it('lets a suspended server write and send nothing more once another one has its lease', async () => {
      const plan = await removal()
      const id = await createPlans(one).add('northwind', plan, 'olga')
      // Its timers stand still, as in a process that is suspended: nothing renews the lease.
      const lease = await createLeases(one, 500).take(plan.hash, 'olga')
      if (lease === undefined) throw new Error('it was not taken')
      let comeBack = () => {}
      const standingStill = new Promise<void>((resolve) => {
        comeBack = resolve
      })
      const suspended = await openJournal(one, id, { lease, leaseMs: 1e9, onBegin: () => standingStill })
      const applying = applyPlan(plan, provider, { journal: suspended.journal })()
      await expect.poll(() => createLeases(other, 60_000).take(plan.hash, 'oscar'), { interval: 100 }).toBeDefined()
      comeBack()
      const result = await applying
      suspended.close()
      expect(result).toMatchObject({ _tag: 'Left', left: { _tag: 'JournalUnavailable' } })
      expect(await journalLines(one, id)).toEqual([])
      expect(simulator.requests.count({ method: 'PATCH' })).toBe(0)
    })

    it('begins no run once the server is being stopped', async () => {
      const plan = await removal()
      const plans = createPlans(one)
      const id = await plans.add('northwind', plan, 'olga')
      const leases = createLeases(one, 60_000)
      const log = { info: () => {}, error: () => {} }
      const runs = createRuns({ database: one, plans, leases, leaseMs: 60_000, log })
      await runs.stop()
      const stored = await plans.find('northwind', id)
      if (stored === undefined) throw new Error('it was not kept')
      const asked = runs.start({ provider, plan: stored, doing: 'apply', name: 'olga', onEnd: () => {} })
      await expect(asked).rejects.toMatchObject({ status: 503, code: 'Stopping' })
      expect(await leases.holderOf(plan.hash)).toBeUndefined()
      expect((await plans.find('northwind', id))?.state).toBe('planned')
    })

    it('shows a plan whose server was killed as interrupted, once its lease has run out', async () => {
      const plan = await removal()
      const [plans, elsewhere] = [createPlans(one), createPlans(other)]
      const id = await plans.add('northwind', plan, 'olga')
      expect(await elsewhere.find('contoso', id)).toBeUndefined()
      const stateOf = async () => (await elsewhere.find('northwind', id))?.state
      expect(await stateOf()).toBe('planned')
      await createLeases(one, 400).take(plan.hash, 'olga')
      await plans.begin(id, 'applying')
      await expect.poll(stateOf).toBe('interrupted')
      expect((await elsewhere.list('northwind')).map(({ state }) => state)).toEqual(['interrupted'])
    })
  })
})
