import { afterEach, describe, expect, test } from 'vitest'
import { createGenesysProvider } from '../../../providers/genesys/index.ts'
import {
  type GenesysSimulator,
  type GenesysSimulatorOptions,
  startGenesysSimulator,
} from '../../../providers/genesys/simulator/index.ts'
import {
  findUsers,
  type ProviderRuntime,
  type RequestOptions,
  toPromise,
  type UserLookup,
  type UserReference,
} from '../../../src/provider-kit/index.ts'
import { failureOf } from '../read-list.ts'
import { stillRuntime } from '../still-runtime.ts'

const SEARCH = '/api/v2/users/search'
const DIRECTORY = '/api/v2/users'
const HELD = '/api/v2/license/users'

let simulator: GenesysSimulator | undefined

afterEach(async () => {
  await simulator?.destroy()
  simulator = undefined
})

interface Account {
  readonly id: string
  readonly email?: string
  readonly state?: 'active' | 'inactive' | 'deleted'
}

/** The accounts of a directory; who has a row holds "plain". */
const worldOf = (accounts: readonly Account[], holders: readonly string[] = []) => ({
  definitions: [{ id: 'plain' }],
  licenseRows: holders.map((id) => ({ id, licenses: ['plain'] })),
  directory: accounts.map((account) => ({ name: account.id, ...account })),
})

const people = (count: number): readonly Account[] =>
  Array.from({ length: count }, (_, index) => ({ id: `new-${index + 1}`, email: `new-${index + 1}@example.com` }))

const byEmail = (accounts: readonly Account[]): readonly UserReference[] =>
  accounts.map(({ email = 'nobody@example.com' }) => ({ email }))

interface Started {
  readonly find: (users: readonly UserReference[], options?: RequestOptions) => Promise<readonly UserLookup[]>
  readonly fail: (users: readonly UserReference[], options?: RequestOptions) => ReturnType<typeof failureOf>
  readonly simulator: GenesysSimulator
  readonly requests: () => Readonly<Record<string, number>>
}

const start = async (options: GenesysSimulatorOptions, runtime: ProviderRuntime = {}): Promise<Started> => {
  const started = await startGenesysSimulator(options)
  simulator = started
  const provider = createGenesysProvider(started.configuration, { ...stillRuntime(), ...runtime })
  return {
    find: (users, request) => toPromise(findUsers(provider, users, request)),
    fail: (users, request) => failureOf(findUsers(provider, users, request)),
    simulator: started,
    requests: () => {
      const { 'POST /oauth/token': _, ...requests } = Object.fromEntries(started.requests.byRoute())
      return requests
    },
  }
}

const kindsOf = (lookups: readonly UserLookup[]) => lookups.map(({ kind }) => kind)
const idsOf = (lookups: readonly UserLookup[]) =>
  lookups.map((lookup) => {
    if (lookup.kind === 'found') return lookup.user.id
    return lookup.kind === 'ambiguous' ? lookup.candidates.map(({ id, status }) => `${id} ${status}`) : lookup.kind
  })

const forbidden = { kind: 'status', status: 403, body: {} } as const

describe('many users of Genesys at once', () => {
  test('of whom 1,000 hold nothing are found by the pages of the directory and one request for 300', async () => {
    const accounts = people(1_000)
    const { find, requests } = await start({ world: worldOf(accounts) })
    const lookups = await find(byEmail(accounts))
    expect(idsOf(lookups)).toEqual(accounts.map(({ id }) => id))
    expect(requests()).toEqual({ 'GET /api/v2/users': 2, 'POST /api/v2/license/users': 4 })
  })

  test('are what the directory and the license listing tell, in the order in which they were asked for', async () => {
    const { find, requests } = await start({ world: worldOf(people(30), ['new-2', 'ghost']) })
    const lookups = await find([
      { id: 'new-2' },
      { email: 'NEW-2@example.com' },
      { id: 'ghost' },
      { id: 'none' },
      { email: 'none@example.com' },
      ...byEmail(people(30)),
    ])
    const told = { provider: 'genesys', kind: 'internal', pendingLicenseIds: [] }
    const second = {
      ...told,
      id: 'new-2',
      status: 'active',
      displayName: 'new-2',
      email: 'new-2@example.com',
      licenseIds: ['plain'],
    }
    expect(lookups.slice(0, 6)).toMatchObject([
      { kind: 'found', user: second },
      { kind: 'found', user: second },
      { kind: 'found', user: { ...told, id: 'ghost', status: 'unknown', licenseIds: ['plain'] } },
      { kind: 'notFound' },
      { kind: 'notFound' },
      { kind: 'found', user: { id: 'new-1', licenseIds: [] } },
    ])
    expect(lookups).toHaveLength(35)
    expect(requests()['POST /api/v2/license/users']).toBe(1)
  })

  const shared = [
    { id: 'gone', email: 'ann@example.com', state: 'deleted' },
    { id: 'ann', email: 'Ann@example.com', state: 'active' },
  ] as const

  test.each([
    ['many', 30],
    ['few', 3],
  ])('are ambiguous where several accounts have the address, in whatever state: of %s', async (_, others) => {
    const { find } = await start({ world: worldOf([...shared, ...people(others)], ['gone']) })
    const [lookup] = await find([{ email: 'ann@example.com' }, ...byEmail(people(others))])
    expect(lookup).toMatchObject({
      kind: 'ambiguous',
      candidates: [
        { id: 'gone', status: 'deleted', licenseIds: ['plain'] },
        { id: 'ann', status: 'active', licenseIds: [] },
      ],
    })
  })

  test('are each asked for where they are few, as reading the directory would take more', async () => {
    const { find, requests } = await start({ world: worldOf(people(24), ['new-1']) })
    const lookups = await find([{ id: 'new-1' }, { id: 'none' }, ...byEmail(people(22))])
    expect(idsOf(lookups).slice(0, 3)).toEqual(['new-1', 'notFound', 'new-1'])
    expect(requests()).toEqual({
      'GET /api/v2/license/users/:userId': 2,
      // Whom it does not know is asked for once more, among the deleted.
      'GET /api/v2/users': 2,
      'GET /api/v2/users/:userId': 1,
      'POST /api/v2/users/search': 22,
      'POST /api/v2/license/users': 22,
    })
  })

  test('have the directory read once, where a search is refused', async () => {
    const { find, simulator, requests } = await start({ world: worldOf(people(20)) })
    simulator.faults.add({ match: { path: SEARCH }, effect: forbidden })
    expect(new Set(kindsOf(await find(byEmail(people(20)))))).toEqual(new Set(['found']))
    expect(requests()['GET /api/v2/users']).toBe(1)
    expect(requests()['POST /api/v2/users/search']).toBeLessThanOrEqual(8)
  })

  test('are searched by their addresses where the directory cannot be read', async () => {
    const { find, simulator, requests } = await start({ world: worldOf([...shared, ...people(30)], ['new-1']) })
    simulator.faults.add({ match: { path: DIRECTORY }, effect: forbidden })
    const lookups = await find([{ id: 'new-1' }, ...byEmail([...shared, ...people(30)])])
    expect(idsOf(lookups).slice(0, 4)).toEqual([
      'new-1',
      ['gone deleted', 'ann active'],
      ['gone deleted', 'ann active'],
      'new-1',
    ])
    // Once for the address that two accounts have.
    expect(requests()['POST /api/v2/users/search']).toBe(31)
  })

  test('are searched by their addresses where a record of the directory cannot be read, as it may be theirs', async () => {
    const { find, simulator } = await start({ world: worldOf(people(30)) })
    simulator.faults.add({
      match: { path: DIRECTORY },
      effect: { kind: 'rewrite', rewrite: (answer) => ({ ...answer, body: answer.body.replace('"new-7"', '7') }) },
    })
    expect(idsOf(await find(byEmail(people(30))))).toEqual(people(30).map(({ id }) => id))
  })

  test('are failed, not notFound, if neither directory nor search can be read', async () => {
    const { find, simulator } = await start({ world: worldOf(people(30), ['new-1']) })
    simulator.faults.add({ match: { path: DIRECTORY }, effect: forbidden })
    simulator.faults.add({ match: { path: SEARCH }, effect: forbidden })
    const lookups = await find([{ id: 'new-1' }, ...byEmail(people(30))])
    expect(kindsOf(lookups)).toEqual(['found', ...people(30).map(() => 'failed')])
    expect(lookups[1]).toMatchObject({ error: { _tag: 'PermissionDenied' } })
  })

  test('whom the answer for several leaves out are asked for by themselves, and need no second look-up', async () => {
    const { find, simulator, requests } = await start({ world: worldOf(people(30)) })
    simulator.faults.add({
      match: { method: 'POST', path: HELD },
      effect: { kind: 'rewrite', rewrite: (answer) => ({ ...answer, body: '{}' }) },
    })
    for (const { id } of people(30))
      simulator.faults.add({ match: { path: `${HELD}/${id}` }, effect: { kind: 'status', status: 404 } })
    expect(idsOf(await find(byEmail(people(30))))).toEqual(people(30).map(({ id }) => id))
    expect(requests()).toEqual({
      'GET /api/v2/users': 1,
      'POST /api/v2/license/users': 1,
      'GET /api/v2/license/users/:userId': 30,
    })
  })

  test('of whom one cannot be read are failed alone', async () => {
    const { find, simulator } = await start({ world: worldOf(people(30)) })
    simulator.faults.add({
      match: { method: 'POST', path: HELD },
      effect: { kind: 'rewrite', rewrite: (answer) => ({ ...answer, body: answer.body.replace('"new-3"', '"no"') }) },
    })
    simulator.faults.add({ match: { path: `${HELD}/new-3` }, effect: { kind: 'status', status: 503 } })
    const lookups = await find(byEmail(people(30)))
    expect(lookups[2]).toMatchObject({ kind: 'failed', error: { _tag: 'Unavailable' } })
    expect(kindsOf(lookups).filter((kind) => kind === 'found')).toHaveLength(29)
  })
})

describe('many users of Genesys of whom nothing can be read', () => {
  test.each([30, 3])('are one failure: %i of them', async (count) => {
    const { fail, simulator } = await start({ world: worldOf(people(count)) })
    simulator.faults.add({ effect: { kind: 'status', status: 401 } })
    expect((await fail(byEmail(people(count))))._tag).toBe('AuthenticationFailed')
  })

  test('cost nothing where there are none, and where the caller has stopped', async () => {
    const { find, fail, simulator } = await start({ world: worldOf([]) })
    expect(await find([])).toEqual([])
    expect((await fail(byEmail(people(30)), { signal: AbortSignal.abort() }))._tag).toBe('Aborted')
    expect((await fail(byEmail(people(30)), { deadlineMs: 0 }))._tag).toBe('DeadlineExceeded')
    expect(simulator.requests.count()).toBe(0)
  })
})
