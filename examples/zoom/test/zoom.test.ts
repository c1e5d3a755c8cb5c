import { createLicenseReport } from 'seatlens'
import { type AssignmentOutcome, type LicenseProvider, toPromise, toReadonlyArray } from 'seatlens/provider-kit'
import { json } from 'seatlens/simulator-kit'
import { hastyClock } from 'seatlens/testing'
import { afterEach, describe, expect, test } from 'vitest'
import definition, { createZoomProvider, type ZoomConfig } from '../dist/index.js'
import { type SimulatedAccount, type SimulatedUser, startZoomSimulator } from '../dist/simulator.js'

const TWO_56 = `plan_zoom_one:${2n ** 56n}`
const TWO_59 = `plan_zoom_one:${2n ** 59n}`
const BASE = 'plan_base:2'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

const user = (id: string, licenseIds: readonly string[], more: Partial<SimulatedUser> = {}): SimulatedUser => ({
  id,
  email: `${id}@example.com`,
  status: 'active',
  licenseIds,
  ...more,
})

const account = (users: readonly SimulatedUser[], more: Partial<SimulatedAccount> = {}): SimulatedAccount => ({
  plans: [
    { id: BASE, type: 'yearly', hosts: 100 },
    { id: TWO_56, hosts: 2 },
    { id: TWO_59, hosts: 100 },
    { id: 'phone:200', name: 'Metered', hosts: 10 },
    { id: 'phone:201', name: 'Unlimited', hosts: 10 },
  ],
  users,
  ...more,
})

const open = async (from: SimulatedAccount, more: Partial<ZoomConfig> = {}, mayReadPlans = true) => {
  const clock = hastyClock()
  const zoom = await startZoomSimulator(from, { now: clock.now, mayReadPlans })
  stops.push(zoom.destroy)
  const urls = { apiUrl: `${zoom.url}/v2`, loginUrl: zoom.url }
  const provider = createZoomProvider({ ...zoom.credentials, ...urls, phone: true, ...more }, { clock })
  return { zoom, provider, clock }
}

const usersOf = async (provider: LicenseProvider) => await toPromise(toReadonlyArray(provider.listUsers()))
const licensesOf = async (provider: LicenseProvider) => await toPromise(toReadonlyArray(provider.listLicenses()))

const change = async (
  provider: LicenseProvider,
  ...changes: readonly string[]
): Promise<readonly AssignmentOutcome[]> => {
  const asked = changes.map((text) => {
    const [action = '', userId = '', licenseId = ''] = text.split(' ')
    return { action: action === 'assign' ? 'assign' : 'remove', userId, licenseId } as const
  })
  const outcomes: AssignmentOutcome[] = []
  for await (const outcome of provider.changeAssignments?.(asked) ?? []) outcomes.push(outcome)
  return outcomes
}

describe('users', () => {
  test('of all three states are one list; a pending user has the address for an id', async () => {
    const { provider } = await open(
      account([
        user('a', [BASE], { lastLogin: '2026-11-01T08:00:00Z' }),
        user('b', [TWO_59, 'phone:200'], { status: 'inactive' }),
        user('c', [BASE], { id: undefined, status: 'pending' }),
        user('d', [], { basicType: 99 }),
      ]),
    )
    const { items, ledger } = await usersOf(provider)
    expect(ledger).toMatchObject({ total: 4, verdict: 'complete' })
    expect(items.map(({ id, status, invitePending, licenseIds }) => [id, status, invitePending, licenseIds])).toEqual([
      ['a', 'active', false, [BASE]],
      ['d', 'active', false, []],
      ['b', 'inactive', false, [TWO_59, 'phone:200']],
      ['c@example.com', 'inactive', true, [BASE]],
    ])
    expect(items[0]).toMatchObject({ lastActiveAt: '2026-11-01T08:00:00.000Z' })
    expect(items[1]).toMatchObject({ neverActive: true })
    expect(await toPromise(provider.getUser({ id: 'c@example.com' }))).toMatchObject({ invitePending: true })
  })

  test('are found by their own id and address only: `me` and the address of another form are none', async () => {
    const { provider, zoom } = await open(account([user('a', [])]))
    const me = { id: 'owner', email: 'owner@example.com', type: 2, status: 'active' }
    zoom.faults.add({ match: { path: '/v2/users/me' }, effect: { kind: 'rewrite', rewrite: () => json(me) } })
    for (const id of ['me', 'a@example.com']) {
      expect(await provider.getUser({ id })()).toMatchObject({ left: { _tag: 'NotFound' } })
    }
    expect(await toPromise(provider.getUser({ email: 'A@Example.com' }))).toMatchObject({ id: 'a' })
  })

  test('can be listed further without Zoom Phone, within a state and into the next one', async () => {
    const all = ['a', 'b', 'c'].map((id) => user(id, [])).concat(user('d', [], { status: 'inactive' }))
    const { provider } = await open(account(all), { phone: false, pageSize: 2 })
    const { items } = await usersOf(provider)
    const lengths: number[] = []
    for await (const page of provider.listUsers().pages()) {
      if (page._tag === 'Left' || page.right.continuation === undefined) break
      const { continuation } = page.right
      const rest = await toPromise(toReadonlyArray(provider.listUsers({ continuation })))
      expect(rest.items).toEqual(items.slice(items.length - rest.items.length))
      lengths.push(rest.items.length)
    }
    expect(lengths).toEqual([2, 1, 0])
    expect(items.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd'])
  })

  test('are a mismatch if an empty token ends a state before its total', async () => {
    const { provider, zoom } = await open(account([user('a', []), user('b', [])]), { phone: false })
    const rewrite = () => json({ users: [{ id: 'a', email: 'a@example.com' }], next_page_token: '', total_records: 2 })
    zoom.faults.add({ match: { path: '/v2/users', query: { status: 'active' } }, effect: { kind: 'rewrite', rewrite } })
    expect((await usersOf(provider)).ledger).toMatchObject({ total: 2, items: 1, verdict: 'mismatch' })
  })
})

describe('plans', () => {
  test('are pools wherever they have hosts: in an object or a list, known or not', async () => {
    const otherPlans = {
      plan_webinar: [
        { type: 'webinar500_yearly', hosts: 2, usage: 1 },
        { type: 'webinar1000_yearly', hosts: 1 },
      ],
      plan_of_tomorrow: { type: 'x', hosts: 3, usage: 0 },
      plan_recording: { free_storage: '1 GB', plan_storage: '0' },
      plan_broken: { type: 'x', hosts: 3, usage: 'many' },
      account: { hosts: 1 },
    }
    const { provider } = await open(account([user('a', [BASE])], { otherPlans }))
    const { items, ledger } = await licensesOf(provider)
    const shown = items.map(({ id, name, purchased, consumed }) => [id, name, purchased, consumed])
    expect(shown).toEqual(
      expect.arrayContaining([
        [
          'plan_webinar:webinar500_yearly',
          'Webinars webinar500_yearly',
          { kind: 'known', value: 2 },
          { kind: 'known', value: 1 },
        ],
        ['plan_of_tomorrow:x', 'plan_of_tomorrow', { kind: 'known', value: 3 }, { kind: 'known', value: 0 }],
        [BASE, 'Zoom Meetings yearly', { kind: 'known', value: 100 }, { kind: 'known', value: 1 }],
        ['phone:200', 'Metered', { kind: 'known', value: 10 }, { kind: 'known', value: 0 }],
      ]),
    )
    expect(items.find(({ id }) => id === 'plan_webinar:webinar1000_yearly')?.consumed.kind).toBe('unknown')
    expect(items.map(({ id }) => id)).not.toContain('plan_recording:')
    expect(ledger).toMatchObject({ undecodable: 1, verdict: 'partial' })
  })

  test('whose holders Zoom does not list have an unknown number of them, and no other plan has', async () => {
    const otherPlans = { plan_webinar: [{ type: 'webinar500_yearly', hosts: 2, usage: 1 }] }
    const { provider } = await open(account([user('a', [BASE, 'phone:200'])], { otherPlans }))
    const { licenses, providers, complete } = await createLicenseReport({ clock: hastyClock() })([provider])()
    const assigned = Object.fromEntries(licenses.map(({ id, assigned }) => [id, assigned]))
    expect(assigned).toMatchObject({
      [BASE]: { kind: 'known', value: 1 },
      'phone:200': { kind: 'unknown', reason: 'common areas and rooms, which may hold it, are not read', atLeast: 1 },
      'plan_webinar:webinar500_yearly': {
        kind: 'unknown',
        reason: 'its holders are in the settings of each user only, which are not read',
      },
    })
    // Who has webinars has meetings.
    expect(providers[0]?.licensedUsers).toEqual({ kind: 'known', value: 1 })
    expect(complete).toBe(true)
  })

  test('that an account may not read leave the licensed users, of whom nothing is known to be bought', async () => {
    const { provider } = await open(account([user('a', [BASE])]), { phone: false }, false)
    const { items, ledger } = await licensesOf(provider)
    expect(items).toMatchObject([{ id: BASE, purchased: { kind: 'unknown' }, consumed: { kind: 'unknown' } }])
    expect(ledger.omits.join()).toContain('account:read:admin')
    expect((await usersOf(provider)).items).toHaveLength(1)
  })

  test('of options up to 2^59 lose no digit, neither read nor written', async () => {
    const { provider, zoom } = await open(account([user('a', []), user('b', [TWO_59])]))
    expect((await licensesOf(provider)).items.map(({ id }) => id)).toEqual(expect.arrayContaining([TWO_56, TWO_59]))
    const bodies: string[] = []
    zoom.faults.add({
      match: { path: '/v2/users/features' },
      effect: {
        kind: 'rewrite',
        rewrite: (answer, { body }) => {
          bodies.push(body)
          return answer
        },
      },
    })
    expect(await change(provider, `assign a ${TWO_56}`)).toMatchObject([{ result: 'applied' }])
    expect(bodies.join()).toContain('"license_option":72057594037927936')
    expect(bodies.join()).toContain('"feature_value":"72057594037927936"')
    expect(zoom.licensesOf('a')).toEqual([TWO_56])
  })
})

describe('changes', () => {
  test('go out thirty users at once, once in ten seconds, also to users without an id', async () => {
    const users = Array.from({ length: 61 }, (_, index) => user(`u${index}`, []))
    const pending = user('p', [], { id: undefined, status: 'pending' })
    const { provider, zoom, clock } = await open(account([...users, pending]), { phone: false })
    const before = clock.now()
    const all = [...users.map(({ id }) => `assign ${id} ${BASE}`), `assign p@example.com ${BASE}`]
    const outcomes = await change(provider, ...all)
    expect(new Set(outcomes.map(({ result }) => result))).toEqual(new Set(['applied']))
    const writes = zoom.requests.count({ method: 'POST', path: '/v2/users/features' })
    expect(writes).toBe(3)
    expect(clock.now() - before).toBeGreaterThanOrEqual(20_000)
    expect(zoom.licensesOf('p@example.com')).toEqual([BASE])
  })

  test('may fail for single users: each has the reason of Zoom, and the others get their seats', async () => {
    const users = ['a', 'b', 'c', 'd'].map((id) => user(id, []))
    const { provider, zoom } = await open(account(users), { phone: false })
    zoom.writes.add({ match: { userId: 'a' }, effect: { kind: 'refuse', message: 'Have upcoming events' } })
    const outcomes = await change(provider, ...users.map(({ id }) => `assign ${id} ${TWO_56}`))
    const reasons = new Map(
      outcomes.map((outcome) => [
        outcome.change.userId,
        'reason' in outcome ? outcome.reason.vendorMessage : outcome.result,
      ]),
    )
    expect(Object.fromEntries(reasons)).toEqual({
      a: 'Have upcoming events',
      b: 'applied',
      c: 'applied',
      d: 'Not enough seats',
    })
  })

  test('that another has made meanwhile are alreadySo, so that undo leaves them', async () => {
    const { provider, zoom } = await open(account([user('a', [])]), { phone: false })
    const done = { success_user_ids: [], fail_details: [{ reason: 'No need to update', user_ids: ['a'] }] }
    const rewrite = () => json(done, 201)
    zoom.faults.add({ match: { path: '/v2/users/features' }, effect: { kind: 'rewrite', rewrite } })
    expect(await change(provider, `assign a ${BASE}`)).toMatchObject([{ result: 'alreadySo' }])
  })

  test('swap a calling plan for another one, and a bundle for another one, in one request each', async () => {
    const { provider, zoom } = await open(account([user('a', ['phone:200', TWO_59])]))
    const outcomes = await change(
      provider,
      'remove a phone:200',
      'assign a phone:201',
      `remove a ${TWO_59}`,
      `assign a ${TWO_56}`,
    )
    expect(outcomes.map(({ result }) => result)).toEqual(['applied', 'applied', 'applied', 'applied'])
    expect(outcomes.filter(({ implicit }) => implicit !== undefined)).toEqual([])
    expect([...zoom.licensesOf('a')].sort()).toEqual(['phone:201', TWO_56])
    expect(zoom.requests.count({ method: 'PUT' })).toBe(1)
    expect(zoom.requests.count({ method: 'DELETE' })).toBe(0)
    expect(zoom.requests.count({ method: 'POST', path: '/v2/users/features' })).toBe(1)
  })

  test('that Zoom cannot make are refused before a request', async () => {
    const { provider } = await open(account([user('a', [TWO_59])]))
    const refused = async (text: string) =>
      (await change(provider, text)).map((one) => 'reason' in one && one.reason.message)
    expect(await refused('assign a plan_webinar:webinar500_yearly')).toEqual([
      'the Zoom API does not assign seats of this plan',
    ])
    expect((await refused(`assign a ${TWO_56}`)).join()).toContain('remove the other one in the same plan')
  })
})

describe('failures', () => {
  test('a daily limit that names a time of tomorrow is a rate limit, and is not waited for', async () => {
    const { provider, zoom, clock } = await open(account([]))
    const tomorrow = new Date(clock.now() + 86_400_000).toISOString()
    const body = { code: 429, message: 'You have reached the maximum daily rate limit for this API.' }
    const effect = { kind: 'status', status: 429, headers: { 'retry-after': tomorrow }, body } as const
    zoom.faults.add({ match: { path: '/v2/users' }, effect })
    const read = await toReadonlyArray(provider.listUsers())()
    expect(read).toMatchObject({ left: { _tag: 'RateLimited', retryAfterMs: expect.any(Number) } })
  })

  test('a scope that is missing is named, although the status is 400', async () => {
    const { provider, zoom } = await open(account([]))
    const message = 'Invalid access token, does not contain scopes:[user:read:admin, user:read:list_users:admin].'
    zoom.faults.add({
      match: { path: '/v2/users' },
      effect: { kind: 'status', status: 400, body: { code: 4711, message } },
    })
    expect(await toReadonlyArray(provider.listUsers())()).toMatchObject({
      left: { _tag: 'PermissionDenied', missing: ['user:read:admin', 'user:read:list_users:admin'] },
    })
  })
})

test('the definition has all problems of a configuration, and its simulator fits it', async () => {
  expect(definition.configure('zoom', {})).toMatchObject({
    left: [{ field: 'accountId' }, { field: 'clientId' }, { field: 'clientSecret' }],
  })
  const simulator = await definition.startSimulator({ users: 100, seed: 1, port: 0, latencyMs: 0 })
  stops.push(simulator.stop)
  const made = definition.configure('zoom', simulator.configuration)
  if (made._tag === 'Left') throw new Error(JSON.stringify(made.left))
  const provider = made.right.create({ openTokenStore: () => ({ read: async () => undefined, write: async () => {} }) })
  const { items, ledger } = await usersOf(provider)
  expect(items).toHaveLength(100)
  expect(ledger.verdict).toBe('complete')
})
