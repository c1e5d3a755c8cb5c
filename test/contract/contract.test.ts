import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { describe, expect, test } from 'vitest'
import {
  conditional,
  type DeclaredLicense,
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
  withDeclaredLicenses,
} from '../../src/provider-kit/index.ts'
import { createInMemoryProvider } from '../../src/testing/index.ts'

const error: LicenseError = { _tag: 'NotFound', provider: 'memory', operation: 'getLicense', message: 'there is none' }

const license = (id: string): Omit<License, 'provider'> => ({
  id,
  name: id,
  metric: 'unknown',
  purchased: unknown('the vendor does not say'),
  consumed: known(2),
  includes: [],
  requires: [],
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
  test('is said with the reason or the condition', () => {
    expect([supported, unsupported('no'), conditional('a permission')]).toEqual([
      { support: 'supported' },
      { support: 'unsupported', reason: 'no' },
      { support: 'conditional', on: 'a permission' },
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
    expect((await toPromise(toReadonlyArray(list))).ledger).toMatchObject({ pages: 4, items: 4, verdict: 'complete' })
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
    expect(a).toEqual({ ...license('a'), provider: 'memory', purchased: unlimited })
    expect(b).toEqual({ ...license('b'), provider: 'memory', name: 'Seat B' })
  })

  test('leaves the others as they are, one named like a property of every object included', async () => {
    const [, b, third] = await listed(declared([['a', { purchased: notApplicable }]]))
    expect([b, third]).toEqual([license('b'), license('constructor')].map((one) => ({ ...one, provider: 'memory' })))
  })

  test('is listed after the others where the vendor does not list it, with nothing invented about it', async () => {
    const provider = declared([['z', { name: 'Z', purchased: { kind: 'known', value: 5 } }]])
    for (const items of [await listed(provider), await listed(provider)]) {
      expect(items).toHaveLength(4)
      expect(items.at(-1)).toMatchObject({
        id: 'z',
        name: 'Z',
        purchased: { kind: 'known', value: 5 },
        consumed: { kind: 'unknown' },
      })
    }
  })

  test('does not change what its list is called or how it pages', async () => {
    const list = declared([['a', { name: 'Seat A' }]]).listLicenses({ pageSize: 1 })
    expect((await toPromise(toReadonlyArray(list))).ledger).toMatchObject({ pages: 3, items: 3, verdict: 'complete' })
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
