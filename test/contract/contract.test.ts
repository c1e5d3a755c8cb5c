import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { describe, expect, test } from 'vitest'
import { type DeclaredLicense, providerWith, withDeclaredLicenses } from '../../src/index.ts'
import {
  type Clock,
  conditional,
  isLicenseException,
  known,
  type License,
  type LicensedUser,
  type LicenseError,
  LicenseException,
  type LicenseProvider,
  listHolders,
  notApplicable,
  supported,
  toPromise,
  toReadonlyArray,
  unknown,
  unlimited,
  unsupported,
} from '../../src/provider-kit/index.ts'
import { createInMemoryProvider } from '../../src/testing/index.ts'
import { timersThatStandStill } from '../timers-that-stand-still.ts'

const error: LicenseError = { _tag: 'NotFound', provider: 'memory', operation: 'getLicense', message: 'there is none' }

const license = (id: string, more: Partial<License> = {}): Omit<License, 'provider'> => ({
  id,
  name: id,
  metric: 'unknown',
  purchased: unknown('the vendor does not say'),
  consumed: known(2),
  includes: [],
  requires: [],
  ...more,
})

const user = (id: string, licenseIds: readonly string[]): Omit<LicensedUser, 'provider'> => ({
  id,
  kind: 'internal',
  status: 'active',
  licenseIds,
  pendingLicenseIds: ['pending'],
  displayName: `Person ${id}`,
  email: `${id}@example.com`,
  lastActiveAt: '2026-10-01T08:00:00.000Z',
  raw: { from: 'the vendor' },
})

const memory = createInMemoryProvider({
  id: 'memory',
  licenses: [license('a'), license('b'), license('constructor')],
  users: [user('1', ['a']), user('2', ['a', 'b']), user('3', []), user('4', ['a', 'undefined-license'])],
})

describe('what a provider can do', () => {
  test('is said with the reason, or with what to do to get it', () => {
    expect([supported, unsupported('no'), conditional('grant a permission')]).toEqual([
      { support: 'supported' },
      { support: 'unsupported', reason: 'no' },
      { support: 'conditional', toGet: 'grant a permission' },
    ])
  })
})

describe('a promise of a result', () => {
  test('resolves to the value', async () => {
    expect(await toPromise(TE.right(3))).toBe(3)
  })

  test('rejects with a real error around the plain one', async () => {
    const rejection = await toPromise(TE.left(error)).catch((thrown: unknown) => thrown)
    expect(rejection).toBeInstanceOf(LicenseException)
    expect(isLicenseException(rejection) && rejection.error).toBe(error)
  })

  test('starts nothing before it is asked for', async () => {
    let started = 0
    const task = async () => {
      started++
      return E.right(1)
    }
    expect(started).toBe(0)
    await toPromise(task)
    expect(started).toBe(1)
  })
})

describe('the holders of a license', () => {
  const { listHolders: _, ...withoutHolders } = memory

  const holdersOf = async (provider: LicenseProvider, id: string) =>
    (await toPromise(toReadonlyArray(listHolders(provider, id)))).items

  test('are those whom the vendor lists, where it can', async () => {
    const asked: string[] = []
    const provider: LicenseProvider = {
      ...memory,
      listHolders: (id, request) => {
        asked.push(id)
        return memory.listHolders?.(id, request) ?? listHolders(withoutHolders, id)
      },
    }
    expect((await holdersOf(provider, 'a')).map(({ userId }) => userId)).toEqual(['1', '2', '4'])
    expect(asked).toEqual(['a'])
  })

  test('are picked from all users where it cannot', async () => {
    expect(await holdersOf(withoutHolders, 'b')).toEqual([
      {
        provider: 'memory',
        licenseId: 'b',
        userId: '2',
        kind: 'internal',
        status: 'active',
        displayName: 'Person 2',
        email: '2@example.com',
      },
    ])
  })

  test('are picked also for a license that is not defined', async () => {
    expect((await holdersOf(withoutHolders, 'undefined-license')).map(({ userId }) => userId)).toEqual(['4'])
  })

  test('keep the vendor’s records where they are asked for', async () => {
    const list = listHolders(withoutHolders, 'b', { includeRaw: true })
    expect((await toPromise(toReadonlyArray(list))).items[0]?.raw).toEqual({ from: 'the vendor' })
  })

  test('come with the account of the list that they were picked from', async () => {
    const list = listHolders(withoutHolders, 'b', { pageSize: 1 })
    expect((await toPromise(toReadonlyArray(list))).ledger).toMatchObject({ pages: 1, items: 4, verdict: 'complete' })
  })
})

describe('a provider with some parts replaced', () => {
  class Own {
    readonly #rows = ['row']
    readonly tenant = 'acme'
    readonly [Symbol.toStringTag] = 'a provider of our own'
    readonly specificationVersion = 'v1'
    readonly id = 'own'
    readonly vendor = 'own'
    readonly displayName = 'Own'
    readonly capabilities = {}
    listLicenses = memory.listLicenses
    getLicense = memory.getLicense
    listUsers = memory.listUsers
    getUser = memory.getUser
    get costly(): never {
      throw new Error('asked for without need')
    }
    rows() {
      return this.#rows
    }
  }
  class OfOneTenant extends Own {
    close() {
      return `${this.rows()} closed`
    }
  }

  test.each<[string, (provider: LicenseProvider) => LicenseProvider]>([
    ['keeps', (provider) => providerWith(provider, { displayName: 'Renamed' })],
    ['with declared licenses keeps', (provider) => withDeclaredLicenses(provider, new Map())],
  ])('%s fields and methods that the contract does not know, of its class and of the class before it', (_, wrapped) => {
    const provider = wrapped(new OfOneTenant())
    expect(provider).toMatchObject({ id: 'own', tenant: 'acme', [Symbol.toStringTag]: 'a provider of our own' })
    const { rows, close } = Object.assign({ rows: () => [''], close: () => '' }, provider)
    expect([rows(), close()]).toEqual([['row'], 'row closed'])
    expect(Object.keys(provider)).not.toContain('constructor')
    expect(Object.keys(provider)).not.toContain('toString')
  })
})

describe('a declared license', () => {
  const declared = (entries: readonly (readonly [string, DeclaredLicense])[]) =>
    withDeclaredLicenses(memory, new Map(entries))

  const listed = async (provider: LicenseProvider) => (await toPromise(toReadonlyArray(provider.listLicenses()))).items

  test('has what is declared of it in place of what the vendor says', async () => {
    const provider = declared([['a', { name: 'Seat A', purchased: known(500), metric: 'concurrent' }]])
    const [a] = await listed(provider)
    expect(a).toEqual({
      ...license('a'),
      provider: 'memory',
      name: 'Seat A',
      purchased: known(500),
      purchasedFrom: { source: 'configuration' },
      metric: 'concurrent',
    })
    expect(await toPromise(provider.getLicense('a'))).toEqual(a)
  })

  test('keeps what is not declared of it', async () => {
    const [a, b] = await listed(
      declared([
        ['a', { purchased: unlimited }],
        ['b', { name: 'Seat B' }],
      ]),
    )
    const purchasedFrom = { source: 'configuration' }
    expect(a).toEqual({ ...license('a'), provider: 'memory', purchased: unlimited, purchasedFrom })
    expect(b).toEqual({ ...license('b'), provider: 'memory', name: 'Seat B' })
  })

  test('leaves the others as they are, one named like a property of every object included', async () => {
    const [, b, third] = await listed(declared([['a', { purchased: notApplicable }]]))
    expect([b, third]).toEqual([license('b'), license('constructor')].map((one) => ({ ...one, provider: 'memory' })))
  })

  test('that the vendor does not list is neither listed nor to be had', async () => {
    const provider = declared([['z', { name: 'Z', purchased: { kind: 'known', value: 5 } }]])
    const list = await toPromise(toReadonlyArray(provider.listLicenses({ pageSize: 1 })))
    expect(list.items.map(({ id }) => id)).toEqual(['a', 'b', 'constructor'])
    expect(list.ledger).toMatchObject({ items: 3, total: 3, verdict: 'complete' })
    expect(await provider.getLicense('z')()).toMatchObject(E.left({ _tag: 'NotFound' }))
  })

  test('may be named by its product code or name, in the list as by itself', async () => {
    const purchased = known(10)
    const licenses = [
      license('a', { purchased, name: 'Suite', productCode: 'KX' }),
      license('b', { purchased, name: 'Twice' }),
      license('c', { purchased, name: 'Twice' }),
      license('d', { purchased, name: 'Both', productCode: 'BO' }),
      license('e', { purchased, name: 'By id' }),
    ]
    const all = createInMemoryProvider({ id: 'memory', licenses, users: [] })
    const price = (amount: number): DeclaredLicense => ({ prices: [{ amount, currency: 'EUR', per: 'seat-month' }] })
    const provider = withDeclaredLicenses(
      all,
      new Map([
        ['kx ', { ...price(1), purchased: known(7) }],
        ['TWICE', { purchased: known(8) }],
        ['both', { purchased: known(9) }],
        ['bo', { purchased: known(9) }],
        ['e', { purchased: known(6) }],
        ['by ID', { purchased: known(5) }],
      ]),
    )
    const expected = [
      ['a', known(7), 'kx '],
      ['b', known(10), undefined],
      ['c', known(10), undefined],
      ['d', known(10), undefined],
      ['e', known(6), undefined],
    ]
    const told = ({ id, purchased, declaredAs }: License) => [id, purchased, declaredAs]
    for (const pageSize of [100, 1]) {
      const list = provider.listLicenses({ pageSize })
      expect((await toPromise(toReadonlyArray(list))).items.map(told)).toEqual(expected)
    }
    for (const one of expected) expect(told(await toPromise(provider.getLicense(String(one[0]))))).toEqual(one)
  })

  test('named by a name is not declared where not all licenses could be read: another one may have the name', async () => {
    const torn = createInMemoryProvider({
      id: 'memory',
      licenses: [license('a', { purchased: known(10), name: 'Suite' }), license('b')],
      users: [],
      onPage: (_, page) => ({ ...page, gaps: [{ what: 'a record', reason: 'torn' }] }),
    })
    const provider = withDeclaredLicenses(
      torn,
      new Map([
        ['suite', { purchased: known(1) }],
        ['b', { purchased: known(2) }],
      ]),
    )
    const { items } = await toPromise(toReadonlyArray(provider.listLicenses()))
    expect(items.map(({ purchased }) => purchased)).toEqual([known(10), known(2)])
  })

  test('is as it was on a page that a list is resumed with', async () => {
    const provider = declared([
      ['a', { purchased: known(1) }],
      ['B', { purchased: known(2) }],
      ['z', { purchased: known(3) }],
    ])
    for await (const page of provider.listLicenses({ pageSize: 1 }).pages()) {
      if (E.isLeft(page)) throw new Error(page.left.message)
      const { continuation } = page.right
      const rest = await toPromise(toReadonlyArray(provider.listLicenses({ pageSize: 1, continuation })))
      expect(rest.items.map(({ id }) => id)).toEqual(['b', 'constructor'])
      expect(rest.items[0]).toMatchObject({ purchased: known(2), declaredAs: 'B' })
      break
    }
  })

  test('does not change what its list is called or how it pages', async () => {
    const list = declared([['a', { name: 'Seat A' }]]).listLicenses({ pageSize: 1 })
    expect((await toPromise(toReadonlyArray(list))).ledger).toMatchObject({ pages: 1, items: 3, verdict: 'complete' })
  })

  test('keeps the deadline of a look-up by the clock that it was given', async () => {
    timersThatStandStill()
    let now = 1_000
    const clock: Clock = { now: () => now, sleep: async () => {} }
    const heard: unknown[] = []
    const slow: LicenseProvider = {
      ...memory,
      getLicense: (id) => async () => {
        now += 40
        return memory.getLicense(id)()
      },
      listLicenses: (request) => {
        heard.push(request?.deadlineMs)
        return memory.listLicenses()
      },
    }
    const provider = withDeclaredLicenses(slow, new Map([['A ', { purchased: known(1) }]]), { clock })
    await toPromise(provider.getLicense('a', { deadlineMs: 100 }))
    expect(heard).toEqual([60])
  })

  test('fails as the provider does', async () => {
    const provider = withDeclaredLicenses({ ...memory, getLicense: () => TE.left(error) }, new Map())
    expect(await provider.getLicense('a')()).toEqual(E.left(error))
  })

  test('leaves users and everything else of the provider alone', async () => {
    const provider = declared([['a', { name: 'Seat A' }]])
    expect(provider).toMatchObject({ id: 'memory', vendor: memory.vendor, capabilities: memory.capabilities })
    expect(await toPromise(toReadonlyArray(provider.listUsers()))).toEqual(
      await toPromise(toReadonlyArray(memory.listUsers())),
    )
  })
})
