import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import {
  createLicenseReport,
  type Facts,
  known,
  type License,
  type LicensedUser,
  type LicenseFact,
  type LicenseProvider,
  listHolders,
  toPromise,
  toReadonlyArray,
  unknown,
  withDeclaredLicenses,
  withFacts,
} from '../../src/index.ts'
import { createInMemoryProvider, type InMemoryOptions } from '../../src/testing/index.ts'

const NOT_TOLD = unknown('the vendor does not say')

const license = (id: string, more: Partial<License> = {}): Omit<License, 'provider'> => ({
  id,
  name: `License ${id}`,
  metric: 'named',
  purchased: NOT_TOLD,
  consumed: NOT_TOLD,
  includes: [],
  requires: [],
  ...more,
})

const user = (id: string, more: Partial<LicensedUser> = {}): Omit<LicensedUser, 'provider'> => ({
  id,
  kind: 'internal',
  status: 'active',
  licenseIds: ['a'],
  pendingLicenseIds: [],
  ...more,
})

const memory = (options: Partial<InMemoryOptions> = {}): LicenseProvider =>
  createInMemoryProvider({ licenses: [license('a'), license('b')], users: [user('u1')], ...options })

const FILE = { source: 'file', name: 'bought.csv', at: '2026-11-01' }
const bought = (line: number, more: Partial<LicenseFact>): LicenseFact => ({
  from: FILE,
  where: `bought.csv: line ${line}`,
  ...more,
})

const licensesOf = async (provider: LicenseProvider, pageSize = 100) => {
  const { items, ledger } = await toPromise(toReadonlyArray(provider.listLicenses({ pageSize })))
  return { items, ledger, byId: new Map(items.map((one) => [one.id, one])) }
}

const usersOf = async (provider: LicenseProvider) => toPromise(toReadonlyArray(provider.listUsers()))

describe('what a file says was bought', () => {
  test('comes before the configuration, which comes before the vendor, and both stay beside it', async () => {
    const vendor = memory({ licenses: [license('a', { purchased: known(10) })] })
    const declared = withDeclaredLicenses(vendor, new Map([['a', { purchased: known(20) }]]))
    const { items } = await licensesOf(
      withFacts(declared, { licenses: [bought(2, { license: 'a', purchased: known(30) })] }),
    )
    expect(items).toMatchObject([
      {
        purchased: known(30),
        purchasedFrom: FILE,
        overridden: [
          { field: 'purchased', value: known(10) },
          { field: 'purchased', value: known(20), from: { source: 'configuration' } },
        ],
      },
    ])
  })

  test('is found by id, product code or name, whatever page the license is on', async () => {
    const licenses = [license('a', { productCode: 'CODE' }), license('b'), license('c')]
    const facts = {
      licenses: [
        bought(2, { license: 'code', purchased: known(1) }),
        bought(3, { license: 'license B', purchased: known(2) }),
        bought(4, { license: 'c', purchased: { kind: 'unlimited' } }),
      ],
    } as const
    const { items } = await licensesOf(withFacts(memory({ licenses, pageSize: 1 }), facts), 1)
    expect(items.map(({ purchased }) => purchased)).toEqual([known(1), known(2), { kind: 'unlimited' }])
  })

  test('of several products of one license is added up, and of one product twice is unknown with both lines', async () => {
    const declared = withDeclaredLicenses(memory(), new Map([['a', { sku: ['S1', 'S2'] }]]))
    const of = async (...licenses: readonly LicenseFact[]) =>
      (await licensesOf(withFacts(declared, { licenses }))).byId.get('a')?.purchased
    expect(
      await of(bought(2, { sku: 'S1', purchased: known(5) }), bought(3, { sku: 'S2', purchased: known(7) })),
    ).toEqual(known(12))
    const twice =
      'bought.csv: line 2 and bought.csv: line 3 are about the same license; say its number once, or name different products'
    for (const [one, other] of [
      [{ sku: 'S1' }, { sku: 'S1' }],
      [{ license: 'a' }, { license: 'License a' }],
      [{ license: 'a' }, { sku: 'S2' }],
    ] as const) {
      const purchased = await of(
        bought(2, { ...one, purchased: known(5) }),
        bought(3, { ...other, purchased: known(7) }),
      )
      expect(purchased).toEqual(unknown(twice))
    }
  })

  test('of no license that is listed is a row of its own at the end, and the ledger says which lines', async () => {
    const facts = {
      licenses: [
        bought(2, { license: 'Lisence a', purchased: known(5) }),
        bought(3, { sku: 'S9', purchased: known(7) }),
      ],
    }
    const { items, ledger } = await licensesOf(withFacts(memory({ pageSize: 1 }), facts), 1)
    expect(items.slice(2)).toMatchObject([
      { id: 'product:Lisence a', boughtOnly: true, purchased: known(5) },
      { id: 'sku:S9', boughtOnly: true, purchased: known(7) },
    ])
    expect(ledger).toMatchObject({
      items: 4,
      verdict: 'complete',
      remarks: [
        'bought.csv: line 2: no license has the id, product code or name "Lisence a" (did you mean "License a" or "License b"?); it is listed as a license of its own',
        'bought.csv: line 3: no license has the product "S9"; map it with "sku" in the configuration; it is listed as a license of its own',
      ],
    })
  })

  test('of a name that two licenses have is of neither', async () => {
    const licenses = [license('a', { name: 'Twin' }), license('b', { name: 'Twin' })]
    const { items, ledger } = await licensesOf(
      withFacts(memory({ licenses }), { licenses: [bought(2, { license: 'Twin', purchased: known(5) })] }),
    )
    expect(items.map(({ purchased }) => purchased)).toEqual([NOT_TOLD, NOT_TOLD, known(5)])
    expect(ledger.remarks?.[0]).toContain('2 licenses are called "Twin"; give the id of one of them')
  })

  test('of very many names that no license has is told without comparing each name with each license', async () => {
    const count = 5_000
    const licenses = Array.from({ length: count }, (_, index) => license(`l${index}`))
    const facts = licenses.map((_, index) => bought(index, { license: `x${index}`, purchased: known(1) }))
    const start = process.cpuUsage()
    const { items, ledger } = await licensesOf(withFacts(memory({ licenses }), { licenses: facts }), count)
    expect(items).toHaveLength(2 * count)
    expect(ledger.remarks).toHaveLength(count)
    expect(process.cpuUsage(start).user).toBeLessThan(5_000_000)
  }, 120_000)

  test('comes before the contract, of which products and prices stay beside it', async () => {
    const contract = { source: 'contract', name: 'C-1' }
    const committedPrices = [{ amount: '75.50', currency: 'EUR' }]
    const ramp = { sku: 'S1', name: 'Ramp', quantity: known(90), committedPrices, from: contract }
    const term = { end: '2026-12-31' }
    const licenses = [
      license('a', { purchased: known(90), purchasedFrom: contract, committedPrices, term, purchases: [ramp] }),
      license('b'),
    ]
    // The contract says of which license the product is.
    const { items } = await licensesOf(
      withFacts(memory({ licenses }), { licenses: [bought(2, { sku: 'S1', purchased: known(100) })] }),
    )
    expect(items).toMatchObject([
      {
        purchased: known(100),
        purchasedFrom: FILE,
        committedPrices,
        term,
        purchases: [ramp, { sku: 'S1', quantity: known(100), from: FILE }],
        overridden: [{ field: 'purchased', value: known(90), from: contract }],
      },
      license('b'),
    ])
  })

  test('of one of several products is not the number of the license', async () => {
    const contract = { source: 'contract', name: 'C-1' }
    const product = (sku: string, quantity: number) => ({ sku, name: sku, quantity: known(quantity), from: contract })
    const purchases = [product('S1', 90), product('S2', 50)]
    const vendor = memory({ licenses: [license('a', { purchased: known(140), purchasedFrom: contract, purchases })] })
    const of = async (...licenses: readonly LicenseFact[]) =>
      (await licensesOf(withFacts(vendor, { licenses }))).byId.get('a')
    const part = await of(bought(2, { sku: 'S1', purchased: known(100) }))
    expect(part?.purchased).toEqual(
      unknown(
        'bought.csv: line 2: nothing is said of S2, which the license has too; say the number of each product, or one of the license alone',
        100,
      ),
    )
    expect(part?.overridden).toEqual([{ field: 'purchased', value: known(140), from: contract }])
    const each = [bought(2, { sku: 'S1', purchased: known(100) }), bought(3, { sku: 'S2', purchased: known(60) })]
    expect((await of(...each))?.purchased).toEqual(known(160))
    expect((await of(bought(2, { license: 'a', purchased: known(150) })))?.purchased).toEqual(known(150))
  })

  test('is told of a single license as of the list, also of one that was only bought', async () => {
    const provider = withFacts(memory(), {
      licenses: [
        bought(2, { license: 'License a', purchased: known(5) }),
        bought(3, { sku: 'S9', purchased: known(7) }),
      ],
    })
    expect(await toPromise(provider.getLicense('a'))).toMatchObject({ purchased: known(5) })
    expect(await toPromise(provider.getLicense('sku:S9'))).toMatchObject({ purchased: known(7) })
    expect(await provider.getLicense('nothing')()).toMatchObject({ left: { _tag: 'NotFound' } })
  })

  test('has no holders that a vendor could be asked for', async () => {
    const asked: string[][] = []
    const inner = memory()
    const provider = withFacts(
      {
        ...inner,
        listUsers: (request) => {
          asked.push((request?.licenses ?? []).map(({ id }) => id))
          return inner.listUsers(request)
        },
      },
      { licenses: [bought(2, { sku: 'S9', purchased: known(7) })] },
    )
    const report = await createLicenseReport({ detail: true })([provider])()
    expect(asked).toEqual([['a', 'b']])
    expect(report.licenses.at(-1)).toMatchObject({
      id: 'sku:S9',
      boughtOnly: true,
      purchasedFrom: FILE,
      assigned: { kind: 'notApplicable' },
    })
  })

  test('of a list with a gap counts for the ids that are there alone', async () => {
    const provider = withFacts(
      memory({
        licenses: [license('a'), license('b')],
        pageSize: 1,
        onRequest: ({ operation, continuation }) =>
          operation === 'listLicenses' && continuation !== undefined
            ? { _tag: 'Unavailable', provider: 'in-memory', operation, message: 'down', attempts: 1 }
            : undefined,
      }),
      {
        licenses: [
          bought(2, { license: 'a', purchased: known(1) }),
          bought(3, { license: 'License b', purchased: known(2) }),
        ],
      },
    )
    const pages = []
    for await (const page of provider.listLicenses({ pageSize: 1 }).pages()) pages.push(page)
    expect(
      pages.map((page) => (E.isRight(page) ? page.right.items.map(({ purchased }) => purchased) : 'failed')),
    ).toEqual([[known(1)], 'failed'])
  })
})

describe('what a file says was billed', () => {
  test('is the consumed number, with its period', async () => {
    const period = { start: '2026-10-01', end: '2026-10-31', status: 'closed' } as const
    const from = { source: 'file', name: 'bill.csv', period }
    const { byId } = await licensesOf(
      withFacts(memory({ licenses: [license('a', { consumed: known(40) })] }), {
        licenses: [{ license: 'a', consumed: known(13), from }],
      }),
    )
    expect(byId.get('a')).toMatchObject({
      consumed: known(13),
      consumedFrom: from,
      overridden: [{ field: 'consumed', value: known(40) }],
    })
  })
})

describe('what a file says of activity', () => {
  const OLD = '2025-01-01T00:00:00.000Z'
  const NEW = '2026-11-01T00:00:00.000Z'
  const users = [
    user('u1', { email: 'Ada@example.com', lastActiveAt: OLD, activity: [{ at: OLD, source: 'dateLastLogin' }] }),
    user('u2', { email: 'bob@example.com', otherEmails: ['robert@example.com'], lastActiveAt: NEW }),
    user('u3'),
  ]
  const seen = (who: string, at: string, line: number) => ({
    user: who,
    at,
    source: 'seen.csv',
    where: `seen.csv: line ${line}`,
  })

  test('is added to what the vendor says, by id or any address, and the newest counts', async () => {
    const facts: Facts = {
      activity: [
        seen('ADA@example.com', NEW, 2),
        seen('ada@example.com', '2026-10-01T00:00:00+01:00', 3),
        seen('robert@example.com', OLD, 4),
        seen('u3', NEW, 5),
      ],
    }
    const provider = withFacts(memory({ users }), facts)
    const { items, ledger } = await usersOf(provider)
    expect(items).toMatchObject([
      {
        lastActiveAt: NEW,
        activity: [
          { at: OLD, source: 'dateLastLogin' },
          { at: NEW, source: 'seen.csv' },
        ],
      },
      {
        lastActiveAt: NEW,
        activity: [
          { at: NEW, source: 'lastActiveAt' },
          { at: OLD, source: 'seen.csv' },
        ],
      },
      { lastActiveAt: NEW, activity: [{ at: NEW, source: 'seen.csv' }] },
    ])
    expect(ledger.remarks).toBeUndefined()
    expect(await toPromise(provider.getUser({ email: 'ada@example.com' }))).toEqual(items[0])
    const { items: holders } = await toPromise(toReadonlyArray(listHolders(provider, 'a')))
    expect(holders).toHaveLength(3)
  })

  test('is the newest by its time, whatever its text', async () => {
    const told = [
      { at: '2026-01-01T01:00:00.000+05:00', source: 'a' },
      { at: '2025-12-31T22:00:00Z', source: 'b' },
      { at: '2025-12-31T22:00:00.500Z', source: 'c' },
    ]
    const provider = memory({ users: [user('u1', { activity: told })] })
    const facts = { activity: [{ user: 'u1', at: '2025-01-01T00:00:00Z', source: 'file' }] }
    const { items } = await usersOf(withFacts(provider, facts))
    expect(items[0]?.lastActiveAt).toBe('2025-12-31T22:00:00.500Z')
  })

  test('says whether it is of all that users do', async () => {
    const facts: Facts = { activity: [{ ...seen('u3', OLD, 2), covers: 'some' }] }
    const { items } = await usersOf(withFacts(memory({ users }), facts))
    expect(items[2]?.activity).toEqual([{ at: OLD, source: 'seen.csv', covers: 'some' }])
  })

  test('is told where it names no user, or several, and is no gap', async () => {
    const twins = [...users, user('u4', { email: 'ada@example.com' })]
    const facts: Facts = {
      activity: [
        seen('ada@example.com', NEW, 2),
        ...[3, 4, 5, 6].map((line) => seen(`gone${line}@example.com`, NEW, line)),
      ],
    }
    const { ledger } = await usersOf(withFacts(memory({ users: twins }), facts))
    expect(ledger).toMatchObject({
      verdict: 'complete',
      remarks: [
        '4 rows about activity: no user in the list has that id or address (seen.csv: line 3, seen.csv: line 4, seen.csv: line 5, and 1 more)',
        '1 row about activity: several users share the address, and it counts for each of them (seen.csv: line 2)',
      ],
    })
  })
})

test('facts are decoded: a fraction of a seat, a text that is no time and a license without a name are refused', () => {
  const refused = (facts: unknown) => () => withFacts(memory(), facts as Facts)
  expect(refused({ licenses: [bought(2, { license: 'a', purchased: known(1.5) })] })).toThrow(
    'facts.licenses[0].purchased: expected a whole number of seats from 0',
  )
  expect(refused({ licenses: [bought(2, { license: 'a', consumed: known(-1) })] })).toThrow('whole number of seats')
  expect(refused({ licenses: [bought(2, { purchased: known(1) })] })).toThrow('a fact with `license` or `sku`')
  expect(refused({ activity: [{ user: 'u1', at: '03/04/2026', source: 'x' }] })).toThrow('a time such as')
})
