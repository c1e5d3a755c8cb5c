import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Company,
  configurationOf,
  eventsUntil,
  holdings,
  isState,
  removalsAt,
  signedIn,
  startCompany,
  writes,
} from './support/console.ts'
import { type DatabaseServer, databaseKinds } from './support/databases.ts'
import { end, startServer } from './support/server-process.ts'

const LEASE_SECONDS = 3
/** Of one provider. */
const REQUESTS_AT_ONCE = 8

describe.each(databaseKinds)('two servers on one database of $name', ({ start }) => {
  const it = test.skipIf(start === undefined)
  let databases: DatabaseServer | undefined
  let folder = ''
  let database = ''
  beforeAll(async () => {
    databases = await start?.()
    folder = await mkdtemp(join(tmpdir(), 'seatlens-console-test-'))
  })
  afterAll(async () => {
    await databases?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  /** Suspends a server where it does not write: in SQLite, nobody else could write until it goes on. */
  const suspendedWhileIdle = async (server: ChildProcess): Promise<void> => {
    while (true) {
      server.kill('SIGSTOP')
      if (!(await databases?.isLocked?.(database))) return
      server.kill('SIGCONT')
    }
  }

  const configurationFor = async (company: Company): Promise<string> => {
    database = (await databases?.newDatabase()) ?? ''
    const path = join(folder, 'console.json')
    const more = { database, leaseSeconds: LEASE_SECONDS }
    await writeFile(path, JSON.stringify(await configurationOf(company, company, more)))
    return path
  }

  it('finish a plan whose server is killed in the middle, and every change is made exactly once', {
    timeout: 180_000,
  }, async ({ onTestFinished }) => {
    const company = await startCompany(5, 120)
    const configuration = await configurationFor(company)
    const [first, second] = await Promise.all([startServer(configuration), startServer(configuration)])
    onTestFinished(async () => {
      await Promise.all([end(first, 'SIGKILL'), end(second, 'SIGTERM')])
      await company.stop()
    })
    const before = holdings(company.webex)
    const { license, changes } = removalsAt(company, 0, 24)
    const olga = await signedIn(first.url, 'olga')
    const { json: plan } = await olga.post('/api/tenants/northwind/plans', { changes })
    const path = `/api/tenants/northwind/plans/${plan.id}`

    // The vendor carries a request out, and its answer comes to no server any more.
    company.webex.faults.add({
      match: { ...writes, skip: 9, times: 1 },
      effect: {
        kind: 'rewrite',
        rewrite: (answer) => {
          first.process.kill('SIGKILL')
          return answer
        },
      },
    })
    const killed = new Promise((resolve) => first.process.once('exit', resolve))
    expect((await olga.post(`${path}/apply`, { confirmedSeats: 24 })).status).toBe(202)
    await killed

    // Until the lease has run out, the other server leaves the plan alone.
    const oscar = await signedIn(second.url, 'oscar')
    const early = await oscar.post(`${path}/apply`, { confirmedSeats: 24 })
    expect(early.json.error).toMatchObject({ code: 'AlreadyRunning', by: 'olga' })
    await expect.poll(async () => (await oscar.get(path)).json.state).toBe('interrupted')
    const { counts } = (await oscar.get(path)).json
    expect(counts.applied ?? 0).toBeLessThan(24)

    expect((await oscar.post(`${path}/apply`, { confirmedSeats: 24 })).status).toBe(202)
    const events = await eventsUntil(oscar, `${path}/events`, isState('applied'))
    expect(events.at(-1)?.data.counts).toEqual({ applied: 24 })
    const expected = new Map(before)
    for (const { user } of changes) {
      expected.set(
        user,
        (before.get(user) ?? []).filter((id) => id !== license),
      )
    }
    expect(holdings(company.webex)).toEqual(expected)
    expect(company.webex.requests.count(writes)).toBe(24)

    expect((await oscar.post(`${path}/undo`)).status).toBe(202)
    await eventsUntil(oscar, `${path}/events`, isState('undone'))
    expect(holdings(company.webex)).toEqual(before)
  })

  it('agree on a plan whose server was suspended and comes back when the other one has finished it', {
    timeout: 180_000,
  }, async ({ onTestFinished }) => {
    const company = await startCompany(7, 200)
    const configuration = await configurationFor(company)
    const [first, second] = await Promise.all([startServer(configuration), startServer(configuration)])
    onTestFinished(async () => {
      await Promise.all([end(first, 'SIGKILL'), end(second, 'SIGTERM')])
      await company.stop()
    })
    const { changes } = removalsAt(company, 0, 60)
    const olga = await signedIn(first.url, 'olga')
    const { json: plan } = await olga.post('/api/tenants/northwind/plans', { changes })
    const path = `/api/tenants/northwind/plans/${plan.id}`
    // The vendor carries out as many as are sent at once. No answer comes, so that the server has nothing more to do.
    const unanswered = company.webex.faults.add({
      match: { ...writes, skip: 9 },
      effect: { kind: 'hang', carriedOut: true },
    })
    const asked = olga.post(`${path}/apply`, { confirmedSeats: 60 }).catch(() => undefined)
    await expect.poll(unanswered.strikes).toBe(REQUESTS_AT_ONCE)
    await suspendedWhileIdle(first.process)
    unanswered.remove()
    const oscar = await signedIn(second.url, 'oscar')
    await expect.poll(async () => (await oscar.get(path)).json.state).toBe('interrupted')
    expect((await oscar.post(`${path}/apply`, { confirmedSeats: 60 })).status).toBe(202)
    await eventsUntil(oscar, `${path}/events`, isState('applied'))
    const finished = (await oscar.get(path)).json
    const held = holdings(company.webex)
    const before = company.webex.requests.count(writes)

    first.process.kill('SIGCONT')
    await asked
    // Its run ends by itself. After that it does no more harm.
    await expect.poll(() => first.log().filter(({ ended }) => ended === 'apply')).toMatchObject([{ plan: plan.id }])
    expect((await oscar.get(path)).json).toEqual(finished)
    expect(finished).toMatchObject({ state: 'applied', counts: { applied: 60 }, failures: [] })
    expect(holdings(company.webex)).toEqual(held)
    // Requests that were in the journal and not yet out when it was suspended may still go out, and no others.
    expect(company.webex.requests.count(writes)).toBeLessThanOrEqual(before + REQUESTS_AT_ONCE)
  })

  it('never apply one plan at once', { timeout: 180_000 }, async ({ onTestFinished }) => {
    const company = await startCompany(6, 120)
    const configuration = await configurationFor(company)
    const servers = await Promise.all([startServer(configuration), startServer(configuration)])
    onTestFinished(async () => {
      await Promise.all(servers.map((server) => end(server, 'SIGTERM')))
      await company.stop()
    })
    const [olga, other] = await Promise.all(servers.map(({ url }) => signedIn(url, 'olga')))
    if (olga === undefined || other === undefined) throw new Error('expected two servers')
    for (let round = 0; round < 4; round++) {
      const { changes } = removalsAt(company, 0, 4)
      const { json: plan } = await olga.post('/api/tenants/northwind/plans', { changes })
      const path = `/api/tenants/northwind/plans/${plan.id}`
      const answers = await Promise.all(
        Array.from({ length: 6 }, (_, place) => (place % 2 === 0 ? olga : other).post(`${path}/apply`, {})),
      )
      expect(answers.map((answer) => answer.status).sort()).toEqual([202, 409, 409, 409, 409, 409])
      // A browser at any of the servers sees it.
      for (const browser of [olga, other]) await eventsUntil(browser, `${path}/events`, isState('applied'))
      expect(company.webex.requests.count(writes)).toBe((round + 1) * 4)
    }
  })
})
