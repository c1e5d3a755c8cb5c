import { once } from 'node:events'
import { serve } from '@hono/node-server'
import { type Client, createClient } from '@libsql/client'
import { createGenesysProvider } from 'seatlens/genesys'
import { startGenesysSimulator } from 'seatlens/genesys/simulator'
import type { TransportEvent } from 'seatlens/provider-kit'
import { createWebexProvider } from 'seatlens/webex'
import { startWebexSimulator } from 'seatlens/webex/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'
import { openPlanStore } from '../journals.ts'

type Genesys = Awaited<ReturnType<typeof startGenesysSimulator>>
type Webex = Awaited<ReturnType<typeof startWebexSimulator>>

describe('the server', () => {
  let genesys: Genesys
  let webex: Webex
  let other: Genesys
  let database: Client
  let app: ReturnType<typeof createApp>
  let restarted: ReturnType<typeof createApp>
  /** Requests to Webex that were ended before their answer. */
  const stopped: string[] = []

  beforeAll(async () => {
    genesys = await startGenesysSimulator({ users: 300 })
    webex = await startWebexSimulator({ users: 700 })
    other = await startGenesysSimulator({ users: 20, seed: 7 })
    database = createClient({ url: 'file::memory:?cache=shared' })
    const onEvent = (event: TransportEvent) => {
      if (event.type === 'attempt' && event.failure === 'aborted') stopped.push(event.operation)
    }
    const tenants = () => [
      {
        name: 'north',
        tokens: { 'north-admin': 'admin', 'north-reader': 'reader' } as const,
        providers: [
          createGenesysProvider(genesys.configuration),
          createWebexProvider(webex.configuration, { onEvent }),
        ],
      },
      {
        name: 'south',
        tokens: { 'south-admin': 'admin' } as const,
        providers: [
          createGenesysProvider(other.configuration),
          createWebexProvider({ ...webex.configuration, accessToken: 'expired' }),
        ],
      },
    ]
    app = createApp(tenants(), await openPlanStore(database))
    restarted = createApp(tenants(), await openPlanStore(database))
  })
  afterAll(() => Promise.all([genesys, webex, other].map((simulator) => simulator.stop())))

  const ask = async (token: string, path: string, body?: unknown, server = app) => {
    const response = await server.request(path, {
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    })
    return { status: response.status, text: await response.text() }
  }
  const json = async (...given: Parameters<typeof ask>) => {
    const { status, text } = await ask(...given)
    return { status, body: JSON.parse(text) }
  }
  const holders = (license: string) =>
    [...genesys.organization.users()].filter((user) => user.licenseIds.includes(license))
  const removalOf = (users: readonly { readonly id: string }[], license: string) => ({
    provider: 'genesys',
    intents: users.map(({ id: user }) => ({ source: 'the page', action: 'remove', license, user })),
  })

  it('shows a tenant only its own organizations, and a stranger nothing', async () => {
    expect((await ask('stranger', '/report')).status).toBe(401)
    const { body } = await json('north-reader', '/report')
    expect(body.providers.map((one: { status: string }) => one.status)).toEqual(['complete', 'complete'])
    expect(body.complete).toBe(true)
  })

  it('reports the rest of a tenant one of whose vendors fails', async () => {
    const { status, body } = await json('south-admin', '/report')
    expect(status).toBe(200)
    expect(body.providers.map((one: { status: string }) => one.status)).toEqual(['complete', 'failed'])
    expect((await ask('south-admin', '/report.html')).text).toContain('<!doctype html>')
  })

  it('streams users, and says of each list whether it is whole', async () => {
    const lines = (await ask('south-admin', '/users')).text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.filter((line) => 'licenseIds' in line).length).toBeGreaterThan(10)
    expect(lines).toContainEqual({ provider: 'genesys', complete: true })
    expect(lines.at(-1)).toMatchObject({ provider: 'webex', complete: false, error: { _tag: 'AuthenticationFailed' } })
  })

  it('reads no further once the client is gone', async () => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const leaving = new AbortController()
    const headers = { authorization: 'Bearer north-reader' }
    // Webex does not answer, so that its list has just begun when the client goes.
    webex.faults.add({ effect: { kind: 'hang' } })
    webex.requests.clear()
    await fetch(`http://127.0.0.1:${port}/users`, { headers, signal: leaving.signal })
    await expect.poll(() => webex.requests.count(), { timeout: 10_000 }).toBeGreaterThan(0)
    const soFar = webex.requests.count()
    leaving.abort()
    // The request that hangs is ended, and with it the list.
    await expect.poll(() => stopped, { timeout: 10_000 }).toHaveLength(soFar)
    expect(webex.requests.count()).toBe(soFar)
    webex.faults.clear()
    server.close()
  })

  it('answers a body that is no JSON, or no plan, with 400', async () => {
    const headers = { authorization: 'Bearer north-admin' }
    const cut = await app.request('/plans', { method: 'POST', headers, body: '{"provider": "genesys"' })
    expect([cut.status, await cut.json()]).toEqual([400, { message: 'expected JSON' }])
    expect((await json('north-admin', '/plans', { provider: 'genesys', intents: 'all' })).status).toBe(400)
  })

  it('plans for an admin alone, applies once, and takes it back, also after a restart', async () => {
    const users = holders('cloudCX2').slice(0, 3)
    const intents = removalOf(users, 'cloudCX2')
    expect((await ask('north-reader', '/plans', intents)).status).toBe(403)
    const { status, body: plan } = await json('north-admin', '/plans', intents)
    expect(status).toBe(201)
    expect(plan).toMatchObject({ removals: 3, mustConfirm: false })
    expect(plan.text).toContain('Genesys Cloud CX 2')
    expect((await ask('south-admin', `/plans/${plan.id}/apply`, {})).status).toBe(404)
    expect((await ask('north-admin', `/plans/${plan.id}/undo`, {})).status).toBe(409)

    const both = await Promise.all(
      [app, restarted].map((one) => json('north-admin', `/plans/${plan.id}/apply`, {}, one)),
    )
    expect(both.map((one) => one.status).sort()).toEqual([200, 409])
    expect(both.find((one) => one.status === 200)?.body.counts.applied).toBe(3)
    for (const { id } of users) expect(genesys.organization.licensesOf(id)).not.toContain('cloudCX2')

    const undone = await json('north-admin', `/plans/${plan.id}/undo`, {}, restarted)
    expect(undone.body).toMatchObject({ undo: true, complete: true })
    for (const { id } of users) expect(genesys.organization.licensesOf(id)).toContain('cloudCX2')
  })

  it('goes on with the plan of a killed server when its lease has run out', async () => {
    const { body: plan } = await json('north-admin', '/plans', removalOf(holders('cloudCX2').slice(5, 6), 'cloudCX2'))
    const held = Date.now() + 60_000
    await database.execute('insert into leases values (?, ?, ?)', [plan.id, 'the killed run', held])
    const refused = await json('north-admin', `/plans/${plan.id}/apply`, {})
    expect(refused).toMatchObject({ status: 409, body: { _tag: 'AlreadyRunning' } })
    await database.execute('update leases set expires = ? where plan = ?', [Date.now() - 1, plan.id])
    expect(await json('north-admin', `/plans/${plan.id}/apply`, {})).toMatchObject({
      status: 200,
      body: { complete: true },
    })
  })

  it('lets only one run write the next line of a journal', async () => {
    const { body } = await json('north-admin', '/plans', removalOf(holders('cloudCX2').slice(6, 7), 'cloudCX2'))
    const plans = await openPlanStore(database)
    const plan = await plans.find('north', body.id)
    if (plan === undefined) throw new Error('the plan was not kept')
    const [first, second] = [await plans.openJournal(plan.hash), await plans.openJournal(plan.hash)]
    await first.journal.append({ entry: 'begin', plan })
    await expect(second.journal.append({ entry: 'begin', plan })).rejects.toThrow()
    expect((await plans.openJournal(plan.hash)).state?.plan).toEqual(plan)
  })

  it('wants the number of removals where a plan takes many seats', async () => {
    const { body: plan } = await json('north-admin', '/plans', removalOf(holders('cloudCX3'), 'cloudCX3'))
    expect(plan.mustConfirm).toBe(true)
    const refused = await json('north-admin', `/plans/${plan.id}/apply`, {})
    expect(refused).toMatchObject({ status: 428, body: { _tag: 'Brake', removals: plan.removals } })
    const applied = await json('north-admin', `/plans/${plan.id}/apply`, { maxRemovals: plan.removals })
    expect(applied.body.complete).toBe(true)
  })

  it('says what is wrong with a request', async () => {
    const wrong = {
      provider: 'genesys',
      intents: [{ source: 'the page', action: 'remove', license: 'cloudCX2', user: 'no@one.example' }],
    }
    expect(await json('north-admin', '/plans', wrong)).toMatchObject({ status: 422, body: { _tag: 'UnknownUser' } })
    expect((await ask('north-admin', '/plans', { provider: 'genesys', intents: 7 })).status).toBe(400)
    expect((await ask('north-admin', '/plans', { provider: 'zoom', intents: [] })).status).toBe(404)
  })

  it.each([
    ['no JSON', 'x', 400],
    ['nothing', '', 400],
    ['null', 'null', 404],
    ['a number', '5', 404],
  ])('says so if a body is %s', async (_, body, status) => {
    const headers = { authorization: 'Bearer north-admin' }
    expect((await app.request('/plans', { method: 'POST', headers, body })).status).toBe(status)
  })
})
