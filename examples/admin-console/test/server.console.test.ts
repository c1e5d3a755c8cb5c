import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { checkedSettings } from '../server/settings.ts'
import { type RunningConsole, startConsole } from '../server/start-console.ts'
import { openDatabase } from '../server/store/open-database.ts'
import {
  type Browser,
  browserAt,
  type Company,
  configurationOf,
  eventsUntil,
  holdersOf,
  holdings,
  isOf,
  isState,
  linesOf,
  type Name,
  passwords,
  removalsAt,
  signedIn,
  startCompany,
} from './support/console.ts'

let folder = ''
let database = ''
let northwind: Company
let contoso: Company
let running: RunningConsole
let log: string[] = []

const as = (name: Name): Promise<Browser> => signedIn(running.url, name)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seatlens-console-test-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

let count = 0
beforeEach(async ({ onTestFinished }) => {
  log = []
  database = join(folder, `${++count}.db`)
  northwind = await startCompany(count)
  contoso = await startCompany(count + 1_000)
  const settings = checkedSettings(await configurationOf(northwind, contoso), {})
  running = await startConsole({ ...settings, database }, { write: (line) => log.push(line) })
  onTestFinished(async () => {
    await running.stop()
    await northwind.stop()
    await contoso.stop()
  })
})

const calling = isOf('BCSTD')

/** A plan that takes a Webex license from so many users. */
const planOf = async (browser: Browser, seats: number) => {
  const { license, changes } = removalsAt(northwind, 0, seats)
  const { status, json, text } = await browser.post('/api/tenants/northwind/plans', { changes })
  if (status !== 201) throw new Error(text)
  return { ...json, license, path: `/api/tenants/northwind/plans/${json.id}` }
}

describe('signing in', () => {
  test('tells a user their tenants with the role, and ends with signing out', async () => {
    const browser = browserAt(running.url)
    expect((await browser.get('/api/session')).status).toBe(401)
    const { json, headers } = await browser.signIn('olga')
    expect(json).toEqual({
      name: 'olga',
      tenants: [
        { id: 'northwind', name: 'Northwind', role: 'operator' },
        { id: 'contoso', name: 'Contoso', role: 'operator' },
      ],
    })
    expect(headers.get('set-cookie')).toMatch(/^session=[\w-]{43}; Max-Age=28800; Path=\/; HttpOnly; SameSite=Strict$/)
    expect((await browser.get('/api/session')).json.name).toBe('olga')
    const stolen = browser.cookie()
    expect((await browser.get('/api/session', { method: 'DELETE' })).status).toBe(204)
    expect((await fetch(`${running.url}/api/session`, { headers: { cookie: stolen } })).status).toBe(401)
  })

  test('gives a new session each time, which ends when the user gets another password', async () => {
    const known = browserAt(running.url)
    // What an attacker has put into the browser before.
    const cookie = `session=${'a'.repeat(43)}`
    const body = { name: 'olga', password: passwords.olga }
    expect((await known.post('/api/session', body, { headers: { cookie } })).status).toBe(200)
    expect(known.cookie()).not.toBe(cookie)
    const earlier = known.cookie()
    await known.signIn('olga')
    expect((await fetch(`${running.url}/api/session`, { headers: { cookie: earlier } })).status).toBe(401)
    expect((await known.get('/api/session')).status).toBe(200)

    await running.stop()
    const configuration = await configurationOf(northwind, contoso)
    // olga now has the password that was vera's.
    const changed = configuration.users.map((user) => ({ ...user, password: configuration.users[2]?.password }))
    const settings = checkedSettings({ ...configuration, users: changed }, {})
    const next = await startConsole({ ...settings, database })
    const answer = await fetch(`${next.url}/api/session`, { headers: { cookie: known.cookie() } })
    await next.stop()
    expect(answer.status).toBe(401)
  })

  test('with https, takes a cookie that no other host can set', async () => {
    const secure = { publicUrl: 'https://seats.example.com' }
    const settings = checkedSettings(await configurationOf(northwind, contoso, { ...secure, port: 0 }), {})
    const server = await startConsole({ ...settings, database })
    const browser = browserAt(`http://127.0.0.1:${server.port}`)
    const { headers } = await browser.signIn('olga')
    expect((await browser.get('/api/session')).status).toBe(200)
    await browser.get('/api/session', { method: 'DELETE' })
    expect(browser.cookie()).toBe('__Host-session=')
    await server.stop()
    expect(server.url).toBe(secure.publicUrl)
    expect(headers.get('set-cookie')).toMatch(
      /^__Host-session=[\w-]{43}; Max-Age=28800; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    )
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d+$/)
  })

  test('gives the same answer for a wrong password and for a user who does not exist, and becomes slow', async () => {
    const browser = browserAt(running.url)
    const wrong = await browser.signIn('olga', 'no')
    const nobody = await browser.post('/api/session', { name: 'nobody', password: 'no' })
    expect([wrong.status, nobody.status]).toEqual([401, 401])
    expect(wrong.json).toEqual(nobody.json)
    // All at once, as an attacker who guesses would try it.
    const guesses = await Promise.all(Array.from({ length: 10 }, () => browser.signIn('olga', 'no')))
    expect(guesses.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(6)
    const right = await browser.signIn('olga')
    expect(right.status).toBe(429)
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await browser.signIn('oscar')).status).toBe(200)
  })

  test('lets in who has a role for a tenant, and hides the tenant from all others', async () => {
    const paths = [
      'report',
      'report.html',
      'users',
      'people?email=a@example.com',
      'snapshots',
      'plans',
      'plans/1/events',
    ]
    const [oscar, nobody] = [await as('oscar'), browserAt(running.url)]
    for (const path of paths) {
      expect((await nobody.get(`/api/tenants/northwind/${path}`)).status, path).toBe(401)
      const [hidden, absent] = [
        await oscar.get(`/api/tenants/contoso/${path}`),
        await oscar.get(`/api/tenants/constructor/${path}`),
      ]
      expect([hidden.status, absent.status], path).toEqual([404, 404])
      expect(hidden.json).toEqual(absent.json)
    }
    expect(contoso.genesys.requests.count() + contoso.webex.requests.count()).toBe(0)
  })

  test('lets a viewer read, and change nothing', async () => {
    const vera = await as('vera')
    const plan = await planOf(await as('olga'), 1)
    expect((await vera.get(plan.path)).json.state).toBe('planned')
    const refused = await Promise.all([
      vera.post('/api/tenants/northwind/plans', { fix: ['dormant-holder'] }),
      vera.post(`${plan.path}/apply`, {}),
      vera.post(`${plan.path}/undo`),
      vera.post('/api/tenants/northwind/snapshots'),
    ])
    expect(refused.map(({ status, json }) => [status, json.error.code])).toEqual(Array(4).fill([403, 'OperatorsOnly']))
    expect(northwind.webex.requests.count({ method: 'PATCH' })).toBe(0)
  })
})

describe('what comes from outside', () => {
  test('changes nothing for a page of another site', async () => {
    const olga = await as('olga')
    const plan = await planOf(olga, 1)
    const foreign = await Promise.all([
      olga.post(`${plan.path}/apply`, {}, { headers: { 'x-seatlens': '' } }),
      olga.post(`${plan.path}/apply`, {}, { headers: { 'sec-fetch-site': 'cross-site' } }),
      olga.get('/api/session', { method: 'DELETE', headers: { 'sec-fetch-site': 'same-site' } }),
    ])
    expect(foreign.map(({ status }) => status)).toEqual([403, 403, 403])
    const asForm = { headers: { 'content-type': 'text/plain' } }
    expect((await olga.post(`${plan.path}/apply`, {}, asForm)).status).toBe(415)
    expect((await olga.get(plan.path)).json.state).toBe('planned')
  })

  test('is decoded, bounded, and never answered with a failure of the server', async () => {
    const olga = await as('olga')
    const plans = '/api/tenants/northwind/plans'
    const change = { provider: 'webex', user: 'a@example.com', action: 'remove', license: 'x' }
    const asked: readonly (readonly [number, Promise<{ status: number; text: string }>])[] = [
      [400, olga.post('/api/session', { name: 'olga' })],
      [400, olga.post('/api/session', { name: ['olga'], password: 'x' })],
      [400, olga.post(plans, '', { body: '{"fix": ' })],
      [400, olga.post(plans, null)],
      [400, olga.post(plans, { fix: 'all' })],
      [400, olga.post(plans, { fix: ['dormant-holder'], limit: 0.5 })],
      [400, olga.post(plans, { changes: [] })],
      [400, olga.post(plans, { changes: [change, { ...change, provider: 'genesys' }] })],
      [400, olga.post(plans, { changes: [{ ...change, action: 'grant' }] })],
      [422, olga.post(plans, { changes: [{ ...change, provider: 'zoom' }] })],
      [422, olga.post(plans, { changes: [change] })],
      [422, olga.post(plans, { fix: ['no-such-rule'] })],
      [413, olga.post(plans, { fix: ['x'.repeat(300_000)] })],
      [404, olga.post(`${plans}/1/apply`, {})],
      [404, olga.get(`${plans}/%00`)],
      [404, olga.get('/api/tenants/northwind/report?snapshot=%00')],
      [400, olga.post('/api/session', { name: 'olga\0', password: 'x' })],
      [404, olga.get('/api/tenants/northwind/users?provider=zoom')],
      [404, olga.get('/api/tenants/northwind/report?snapshot=1')],
      [404, olga.get('/api/tenants/northwind/people?email=nobody@example.com')],
      [400, olga.get('/api/tenants/northwind/people?email=nobody')],
      [400, olga.get('/api/tenants/northwind/people')],
      [404, olga.get('/api/nothing')],
      [404, olga.get('/../package.json')],
    ]
    for (const [place, [expected, answer]] of asked.entries()) {
      const { status, text } = await answer
      expect([place, status, status < 500 ? '' : text]).toEqual([place, expected, ''])
      if (status !== 404) expect(JSON.parse(text).error.message).toEqual(expect.any(String))
    }
  })

  test('gets no secret in any answer, log or table', async () => {
    const olga = await as('olga')
    const tokens = northwind.webex.configuration.accessToken
    await northwind.webex.faults.add({
      effect: { kind: 'status', status: 401, body: { message: `bad token ${tokens}` } },
    })
    const plan = await olga.post('/api/tenants/northwind/plans', { fix: ['dormant-holder'] })
    const answers = [
      plan.text,
      (await olga.get('/api/tenants/northwind/report?fresh=1')).text,
      (await olga.get('/api/tenants/northwind/users')).text,
    ].join('\n')
    const opened = await openDatabase(database)
    const tables = await Promise.all(
      ['sessions', 'plans', 'journal', 'leases', 'sign_in_attempts'].map((table) =>
        opened.rows(`select * from ${table}`),
      ),
    )
    await opened.close()
    const everything = `${answers}\n${log.join('\n')}\n${JSON.stringify(tables)}`
    const secrets = [
      ...Object.values(passwords),
      northwind.genesys.configuration.clientSecret,
      tokens,
      olga.cookie().replace('session=', ''),
    ]
    for (const secret of secrets) expect(everything).not.toContain(secret)
    expect(log.length).toBeGreaterThan(3)
    // People are in no line of the log but those who have signed in.
    expect(log.join('\n')).not.toContain('@example.com')
  })

  test('is answered with headers that allow nothing but this page', async () => {
    const olga = await as('olga')
    const { headers } = await olga.get('/api/tenants/northwind/report')
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/)
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('no-store')
    const page = await olga.get('/api/tenants/northwind/report.html')
    expect(page.text).toContain('Licenses of Northwind')
    // Its own script runs, by the policy in it, and has no part in the session.
    expect(page.headers.get('content-security-policy')).toMatch(/^sandbox allow-scripts (?!.*allow-same-origin)/)
  })
})

describe('what users hold', () => {
  test('is a report with findings and costs, read once a minute', async () => {
    const olga = await as('olga')
    const reports = await Promise.all([
      olga.get('/api/tenants/northwind/report'),
      olga.get('/api/tenants/northwind/report'),
    ])
    const [report, same] = reports.map(({ json }) => json)
    expect(report).toMatchObject({ schemaVersion: 1, complete: true })
    expect(report.findingGroups.length).toBeGreaterThan(0)
    expect(report.cost).toBeDefined()
    expect(report.users).toBeUndefined()
    expect(same.generatedAt).toBe(report.generatedAt)
    const { json: fresh } = await olga.get('/api/tenants/northwind/report?fresh=1')
    expect(fresh.generatedAt > report.generatedAt).toBe(true)
  })

  test('is read once for all who ask while it is read, however long that takes, also for those who want it fresh', async ({
    onTestFinished,
  }) => {
    const olga = await as('olga')
    const path = '/api/tenants/northwind/report'
    northwind.webex.faults.add({ match: { times: 1 }, effect: { kind: 'delay', ms: 1_000 } })
    const first = olga.get(path)
    await expect.poll(() => northwind.webex.requests.count()).toBeGreaterThan(0)
    const now = performance.now.bind(performance)
    const later = vi.spyOn(performance, 'now').mockImplementation(() => now() + 61_000)
    onTestFinished(() => later.mockRestore())
    const others = await Promise.all([olga.get(path), olga.get(`${path}?fresh=1`), olga.get(`${path}?fresh=1`)])
    const { generatedAt } = (await first).json
    expect(others.map(({ json }) => json.generatedAt)).toEqual([generatedAt, generatedAt, generatedAt])
  })

  test('is partial where one vendor refuses the credentials, and the other tenant does not notice', async () => {
    northwind.genesys.faults.add({
      match: { path: '/oauth/token' },
      effect: { kind: 'status', status: 400, body: { error: 'invalid_client' } },
    })
    const olga = await as('olga')
    const { json: partial } = await olga.get('/api/tenants/northwind/report')
    expect(partial.complete).toBe(false)
    expect(partial.providers).toMatchObject([
      { id: 'genesys', status: 'failed', error: { _tag: 'AuthenticationFailed' } },
      { id: 'webex', status: 'complete' },
    ])
    expect((await olga.get('/api/tenants/contoso/report')).json.complete).toBe(true)

    const lines = (await olga.get('/api/tenants/northwind/users')).text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.filter(({ failure }) => failure !== undefined)).toMatchObject([
      { failure: { _tag: 'AuthenticationFailed', provider: 'genesys' } },
    ])
    expect(lines.at(-1)).toEqual({ done: { complete: false, users: lines.filter(({ user }) => user).length } })
    expect(lines.filter(({ user }) => user?.provider === 'webex').length).toBeGreaterThan(10)
  })

  test('is every seat of a person over all vendors, with what it costs', async () => {
    const olga = await as('olga')
    const people = [...northwind.webex.organization.users()].filter(({ licenseIds }) => licenseIds.some(calling))
    const genesys = new Map(
      [...northwind.genesys.organization.users()].map((user) => [user.record?.email?.toLowerCase(), user]),
    )
    const person = people.find(({ person }) => genesys.has(person.email?.toLowerCase()))
    const email = person?.person.email ?? ''
    const { json } = await olga.get(`/api/tenants/northwind/people?email=${encodeURIComponent(email)}`)
    expect(json.failures).toEqual([])
    const expected = [...(genesys.get(email.toLowerCase())?.licenseIds ?? []), ...(person?.licenseIds ?? [])]
    expect(json.seats.map(({ license }: { license: { id: string } }) => license.id).sort()).toEqual(
      [...expected].sort(),
    )
    const seat = json.seats.find(({ license }: { license: { id: string } }) => calling(license.id))
    expect(seat).toMatchObject({
      provider: 'webex',
      pending: false,
      license: { name: 'Webex Calling - Professional' },
      monthlyCost: { kind: 'known', amounts: [{ amount: 1_700, currency: 'EUR' }] },
    })
    northwind.webex.faults.add({ effect: { kind: 'status', status: 403, body: {} } })
    const { json: partly } = await olga.get(`/api/tenants/northwind/people?email=${encodeURIComponent(email)}`)
    expect(partly.failures).toMatchObject([{ provider: 'webex', _tag: 'PermissionDenied' }])
    expect(partly.seats.every(({ provider }: { provider: string }) => provider === 'genesys')).toBe(true)
  })

  test('streams as it comes, and no request is sent after the tab was closed', async () => {
    const big = await startCompany(77, 3_000)
    const settings = checkedSettings(await configurationOf(big, contoso), {})
    const server = await startConsole({ ...settings, database }, { write: (line) => log.push(line) })
    const olga = await signedIn(server.url, 'olga')
    const pages = { path: '/api/v2/license/users' }
    big.genesys.faults.add({ match: { ...pages, skip: 1 }, effect: { kind: 'hang' } })
    const all = Math.ceil([...big.genesys.organization.users()].filter(({ listed }) => listed).length / 100)
    const tab = new AbortController()
    const response = await olga.open('/api/tenants/northwind/users?provider=genesys', { signal: tab.signal })
    expect(response.headers.get('x-accel-buffering')).toBe('no')
    const lines = linesOf(response)
    const first = await lines.next()
    expect(first.value).toEqual({ progress: { provider: 'genesys', users: 100, pages: 1, expectedPages: all } })
    expect((await lines.next()).value).toMatchObject({ user: { provider: 'genesys' } })
    tab.abort()
    // The log tells when nothing is asked any more. The request that hangs was ended.
    const ended = () => log.map((line) => JSON.parse(line)).filter(({ ended }) => ended === 'users')
    await expect.poll(ended).toMatchObject([{ tenant: 'northwind', complete: false, left: true }])
    expect(big.genesys.requests.count(pages)).toBeLessThan(all)
    await server.stop()
    await big.stop()
  })

  test('comes with the progress of each list, for the browser that reads it and no other', async () => {
    const olga = await as('olga')
    const read = async () => {
      const lines: { progress?: { provider: string; users: number }; user?: { provider: string } }[] = []
      for await (const line of linesOf(await olga.open('/api/tenants/northwind/users'))) lines.push(line)
      return lines
    }
    const [readings] = await Promise.all([
      Promise.all([read(), read()]),
      olga.get('/api/tenants/northwind/report?fresh=1'),
    ])
    for (const lines of readings) {
      for (const id of ['genesys', 'webex']) {
        const told = lines.flatMap(({ progress }) => (progress?.provider === id ? [progress.users] : []))
        expect(told).toEqual([...told].sort((one, other) => one - other))
        expect(told.at(-1)).toBe(lines.filter(({ user }) => user?.provider === id).length)
      }
    }
    // A user of Webex comes when all licenses are read. How many were found is told before.
    const [lines] = readings
    const firstProgress = lines.findIndex(({ progress }) => progress?.provider === 'webex' && progress.users > 0)
    expect(firstProgress).toBeLessThan(lines.findIndex(({ user }) => user?.provider === 'webex'))
  })

  test('is kept in snapshots, which show it as it was', async () => {
    const olga = await as('olga')
    const before = (await olga.get('/api/tenants/northwind/report')).json
    const { status, json: kept } = await olga.post('/api/tenants/northwind/snapshots')
    expect([status, kept.complete, kept.takenBy]).toEqual([201, true, 'olga'])
    expect((await olga.get('/api/tenants/northwind/snapshots')).json).toEqual([kept])
    northwind.webex.faults.add({ effect: { kind: 'status', status: 500, body: {} } })
    northwind.genesys.faults.add({ effect: { kind: 'status', status: 500, body: {} } })
    const then = (await olga.get(`/api/tenants/northwind/report?snapshot=${kept.id}`)).json
    expect(then).toMatchObject({ complete: true, generatedAt: kept.takenAt })
    expect(then.licenses.map(({ id, assigned }: { id: string; assigned: object }) => [id, assigned])).toEqual(
      before.licenses.map(({ id, assigned }: { id: string; assigned: object }) => [id, assigned]),
    )
  })
})

describe('a plan', () => {
  test('is made of findings, applied with live progress, and taken back', async () => {
    const olga = await as('olga')
    const before = [holdings(northwind.genesys), holdings(northwind.webex)]
    const { json: report } = await olga.get('/api/tenants/northwind/report')
    const rules = [
      ...new Set(
        report.findings.filter(({ removals }: { removals?: [] }) => removals).map(({ rule }: { rule: string }) => rule),
      ),
    ]
    const { status, json: plan } = await olga.post('/api/tenants/northwind/plans', { fix: rules, limit: 6 })
    expect(status).toBe(201)
    expect(plan).toMatchObject({ state: 'planned', createdBy: 'olga', seatsRemoved: 6, needsConfirmation: false })
    const path = `/api/tenants/northwind/plans/${plan.id}`
    expect((await olga.post(`${path}/apply`, {})).status).toBe(202)
    const events = await eventsUntil(olga, `${path}/events`, isState('applied'))
    const outcomes = events.filter(({ event }) => event === 'outcome')
    expect(outcomes.map(({ data }) => data.outcome)).toEqual(Array(6).fill('applied'))
    expect(events.filter(({ event }) => event === 'progress').at(-1)?.data).toEqual({ done: 6, total: 6 })
    expect((await olga.get('/api/tenants/northwind/plans')).json).toMatchObject([
      { id: plan.id, state: 'applied', counts: { applied: 6 }, failures: [] },
    ])
    const simulator = plan.provider === 'webex' ? northwind.webex : northwind.genesys
    const held = holdings(simulator)
    for (const { userId, licenseId } of plan.plan.changes) expect(held.get(userId)).not.toContain(licenseId)
    // The next report is a new one.
    expect((await olga.get('/api/tenants/northwind/report')).json.generatedAt > report.generatedAt).toBe(true)

    // A browser that has seen some of it gets the others.
    const seen = outcomes[3]?.id ?? ''
    const later = await eventsUntil(olga, `${path}/events`, isState('applied'), seen)
    expect(later.filter(({ event }) => event === 'outcome')).toEqual(outcomes.slice(4))

    expect((await olga.post(`${path}/apply`, {})).json.error).toMatchObject({ code: 'WrongState', state: 'applied' })
    expect((await olga.post(`${path}/undo`)).status).toBe(202)
    const undoing = await eventsUntil(olga, `${path}/events`, isState('undone'))
    expect(undoing.filter(({ data }) => data.undo).map(({ data }) => [data.action, data.outcome])).toEqual(
      Array(6).fill(['assign', 'applied']),
    )
    expect([holdings(northwind.genesys), holdings(northwind.webex)]).toEqual(before)
    expect((await olga.get(path)).json).toMatchObject({ state: 'undone', counts: { applied: 6, takenBack: 6 } })
    expect((await olga.post(`${path}/apply`, {})).json.error.code).toBe('WrongState')
  })

  test('is no longer shown to a user who has signed out', async () => {
    const olga = await as('olga')
    const plan = await planOf(olga, 1)
    const stream = await olga.open(`${plan.path}/events`)
    await olga.get('/api/session', { method: 'DELETE' })
    // It ends by itself.
    expect(await stream.text()).toContain('event: state')
  })

  test('whose events can no longer be read ends their stream, and only the log says why', async ({
    onTestFinished,
  }) => {
    const shown = vi.spyOn(console, 'error').mockImplementation(() => {})
    onTestFinished(() => shown.mockRestore())
    const olga = await as('olga')
    const plan = await planOf(olga, 1)
    const stream = await olga.open(`${plan.path}/events`)
    const opened = await openDatabase(database)
    await opened.rows('alter table journal rename to lost')
    await opened.close()
    expect(await stream.text()).not.toContain('journal')
    expect(log.map((line) => JSON.parse(line)).filter(({ level }) => level === 'error')).toMatchObject([
      { error: expect.stringContaining('no such table: journal') },
    ])
    expect(shown).not.toHaveBeenCalled()
  })

  test('is applied to its end although the tab closes', async () => {
    northwind.webex.faults.add({ match: { method: 'PATCH' }, effect: { kind: 'delay', ms: 300 } })
    const olga = await as('olga')
    const plan = await planOf(olga, 10)
    await olga.post(`${plan.path}/apply`, {})
    // The first outcome, and then this browser reads nothing more.
    await eventsUntil(olga, `${plan.path}/events`, ({ event }) => event === 'outcome')
    expect((await olga.get(plan.path)).json.state).toBe('applying')
    await expect.poll(async () => (await olga.get(plan.path)).json.state).toBe('applied')
    expect(northwind.webex.requests.count({ method: 'PATCH' })).toBe(10)
  })

  test('that takes many seats away needs their number', async () => {
    const olga = await as('olga')
    const plan = await planOf(olga, 15)
    expect(plan).toMatchObject({ needsConfirmation: true, seatsRemoved: 15 })
    for (const body of [{}, { confirmedSeats: 14 }]) {
      const { status, json } = await olga.post(`${plan.path}/apply`, body)
      expect([status, json.needs, json.error.code]).toEqual([428, 15, 'Brake'])
    }
    expect((await olga.get(plan.path)).json.state).toBe('planned')
    expect(northwind.webex.requests.count({ method: 'PATCH' })).toBe(0)
    expect((await olga.post(`${plan.path}/apply`, { confirmedSeats: 15 })).status).toBe(202)
    await eventsUntil(olga, `${plan.path}/events`, isState('applied'))
    expect(northwind.webex.requests.count({ method: 'PATCH' })).toBe(15)
  })

  test('is applied by one browser at a time; the other is told who is at work and since when', async () => {
    northwind.webex.faults.add({ match: { method: 'PATCH' }, effect: { kind: 'delay', ms: 300 } })
    const [olga, oscar] = [await as('olga'), await as('oscar')]
    const plan = await planOf(olga, 9)
    const answers = await Promise.all([olga.post(`${plan.path}/apply`, {}), oscar.post(`${plan.path}/apply`, {})])
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409])
    const [winner, loser] = answers[0].status === 202 ? ['olga', answers[1]] : ['oscar', answers[0]]
    expect(loser.json.error).toMatchObject({ code: 'AlreadyRunning', by: winner })
    expect(Math.abs(Date.parse(loser.json.error.since) - Date.now())).toBeLessThan(30_000)
    expect((await oscar.post(`${plan.path}/undo`)).json.error.code).toBe('AlreadyRunning')
    await eventsUntil(oscar, `${plan.path}/events`, isState('applied'))
    expect(northwind.webex.requests.count({ method: 'PATCH' })).toBe(9)
  })

  test('whose users have changed since changes nothing, and says why', async () => {
    const olga = await as('olga')
    const plan = await planOf(olga, 3)
    const [{ userId }] = plan.plan.changes
    const { apiUrl, accessToken } = northwind.webex.configuration
    // Another administrator was faster.
    await fetch(`${apiUrl}/licenses/users`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        personId: userId,
        licenses: [{ id: holdersOf(northwind.webex, isOf('RTT')).license, operation: 'add' }],
      }),
    })
    const writes = northwind.webex.requests.count({ method: 'PATCH' })
    expect((await olga.post(`${plan.path}/apply`, {})).status).toBe(202)
    await eventsUntil(olga, `${plan.path}/events`, ({ event, data }) => event === 'state' && data.failures.length > 0)
    expect((await olga.get(plan.path)).json).toMatchObject({ state: 'planned', failures: [{ code: 'Drifted' }] })
    expect(northwind.webex.requests.count({ method: 'PATCH' })).toBe(writes)
  })

  test('is interrupted where the server is stopped in order, and continued by the next one', async () => {
    // The first eight are answered together. The last two are then on their way for longer than it takes to be told of that.
    northwind.webex.faults.add({ match: { method: 'PATCH' }, effect: { kind: 'delay', ms: 1_500 } })
    const plan = await planOf(await as('olga'), 10)
    const olga = await as('olga')
    await olga.post(`${plan.path}/apply`, {})
    await eventsUntil(olga, `${plan.path}/events`, ({ event }) => event === 'outcome')
    await running.stop()
    const settings = checkedSettings(await configurationOf(northwind, contoso), {})
    const next = await startConsole({ ...settings, database })
    const oscar = await signedIn(next.url, 'oscar')
    // The lease was given back: there is nothing to wait for.
    expect((await oscar.get(plan.path)).json.state).toBe('interrupted')
    expect((await oscar.post(`${plan.path}/apply`, {})).status).toBe(202)
    await eventsUntil(oscar, `${plan.path}/events`, isState('applied'))
    const held = holdings(northwind.webex)
    for (const { userId } of plan.plan.changes) expect(held.get(userId)).not.toContain(plan.license)
    expect(northwind.webex.requests.count({ method: 'PATCH' })).toBe(10)
    await next.stop()
  })
})
