import { describe, expect, test } from 'vitest'
import { known, type License, notApplicable, unknown, unlimited } from '../../src/index.ts'
import type { Cost } from '../../src/report/license-report.ts'
import { NOW, packPrice, priceTable, reportOn, seatPrice } from './priced.ts'
import { failure, license, organization, user } from './reported-organization.ts'

const euros = (amount: number): Cost => ({ kind: 'known', amounts: [{ amount, currency: 'EUR' }] })

const costOf = async (
  more: Parameters<typeof license>[1],
  price: Parameters<typeof priceTable>[0][string][string] | undefined,
) => {
  const prices = priceTable({ one: price === undefined ? {} : { a: price } })
  const { licenses } = await reportOn([organization('one', { licenses: [license('a', more)] })], { prices })
  return licenses[0]?.cost
}

describe('the cost of a license', () => {
  test('is that of the purchased seats, used or not', async () => {
    expect(await costOf({ purchased: known(50), consumed: known(3) }, seatPrice(1100))).toEqual(euros(55_000))
  })

  test('is that of whole packs', async () => {
    expect(await costOf({ purchased: known(45) }, packPrice(9900, 20))).toEqual(euros(29_700))
    expect(await costOf({ purchased: known(40) }, packPrice(9900, 20))).toEqual(euros(19_800))
  })

  test('is nothing where nothing was bought, which is known by its price', async () => {
    expect(await costOf({ purchased: known(0) }, seatPrice(1100))).toEqual(euros(0))
  })

  test('is unknown without a price, and never nothing', async () => {
    expect(await costOf({ purchased: known(50) }, undefined)).toEqual({
      kind: 'unknown',
      reason: 'no price is configured',
    })
    expect(await costOf({ purchased: known(0) }, undefined)).toMatchObject({ kind: 'unknown' })
  })

  test('is unknown where it has a price and comes free, as one of both is wrong', async () => {
    expect(await costOf({ purchased: notApplicable }, seatPrice(100))).toMatchObject({
      kind: 'unknown',
      reason: expect.stringContaining('comes free'),
    })
  })

  test('is unknown where it is not known how many were bought', async () => {
    expect(await costOf({ purchased: unknown('no number') }, seatPrice(1100))).toEqual({
      kind: 'unknown',
      reason: 'purchased seats unknown: no number',
    })
    expect(await costOf({ purchased: unknown('no number', 3) }, seatPrice(1100))).toMatchObject({
      kind: 'unknown',
      atLeast: [{ amount: 3300, currency: 'EUR' }],
    })
  })

  describe('without a price in the configuration', () => {
    const price = { amount: '75.50', currency: 'EUR', per: 'seat-month' } as const
    const byContract = async (committedPrices: License['committedPrices']) =>
      (await reportOn([organization('one', { licenses: [license('a', { purchased: known(10), committedPrices })] })]))
        .licenses[0]?.cost

    test('is made of the price of its contract, if that is known to be for a seat and a month', async () => {
      expect(await byContract([price])).toEqual(euros(75_500))
      expect(await byContract([{ ...price, validTo: '2026-10-31', amount: '80' }, price])).toEqual(euros(75_500))
    })

    test.each([
      ['it is for something else', [{ ...price, per: 'User' }], 'is per "User", which gives no monthly cost'],
      ['it does not say what it is for', [{ ...price, per: undefined }], 'does not say what it buys'],
      ['its currency changes', [{ ...price, validTo: '2026-10-31', currency: 'USD' }, price], 'prices in EUR and USD'],
      ['several hold at once', [price, { ...price, amount: '80' }], 'several prices on 2026-11-20: 75.50 EUR, 80 EUR'],
      ['it is not exact', [{ ...price, amount: '75.505' }], '75.505 EUR is no whole number of the smallest unit'],
      ['it is over', [{ ...price, validTo: '2026-10-31' }], 'no price of its contract holds on 2026-11-20'],
      ['it is negative', [{ ...price, amount: '-1' }], 'the price of its contract is -1 EUR'],
    ])('is unknown if %s, with what to do', async (_, prices, reason) => {
      expect(await byContract(prices)).toMatchObject({
        kind: 'unknown',
        reason: expect.stringMatching(new RegExp(`${reason}.*; set its price in the configuration$`)),
      })
    })

    test('is unknown if one of its products has seats and no price', async () => {
      const product = (name: string, seats: number, more: object) => ({
        name,
        quantity: known(seats),
        from: { source: 'contract' },
        ...more,
      })
      const priced = product('A', 6, { committedPrices: [price] })
      const costWith = async (other: ReturnType<typeof product>) => {
        const row = license('a', { purchased: known(10), committedPrices: [price], purchases: [priced, other] })
        return (await reportOn([organization('one', { licenses: [row] })])).licenses[0]?.cost
      }
      expect(await costWith(product('B', 4, {}))).toMatchObject({
        reason: 'its contract has no price of B; set its price in the configuration',
      })
      expect(await costWith(product('B', 0, {}))).toEqual(euros(75_500))
      expect(await costWith(product('A', 10, { from: { source: 'file' } }))).toEqual(euros(75_500))
    })

    test('is that of the prices that are given, not of the contract', async () => {
      const licenses = [license('a', { purchased: known(10), committedPrices: [price] })]
      const given = (prices: Parameters<typeof priceTable>[0]) =>
        reportOn([organization('one', { licenses })], { prices: priceTable(prices) })
      expect((await given({ one: { a: seatPrice(100) } })).licenses[0]?.cost).toEqual(euros(1_000))
      expect((await given({ one: {} })).licenses[0]?.cost).toMatchObject({ reason: 'no price is configured' })
    })
  })

  test('is unknown where seats are unlimited', async () => {
    expect(await costOf({ purchased: unlimited }, seatPrice(1100))).toMatchObject({ kind: 'unknown' })
  })

  test('is no question of what comes free', async () => {
    expect(await costOf({ purchased: notApplicable }, undefined)).toEqual(notApplicable)
  })

  test('is unknown by a price that is not per month', async () => {
    expect(await costOf({}, seatPrice(1100, { per: 'seat-year' }))).toEqual({
      kind: 'unknown',
      reason: 'its price is per "seat-year", which gives no monthly cost',
    })
  })

  test('is unknown rather than inexact', async () => {
    expect(await costOf({ purchased: known(10) }, seatPrice(Number.MAX_SAFE_INTEGER))).toMatchObject({
      kind: 'unknown',
    })
  })
})

describe('the price that counts', () => {
  const raised = [
    seatPrice(1000),
    seatPrice(1100, { validFrom: '2026-11-20' }),
    seatPrice(1200, { validFrom: '2026-11-21' }),
  ]

  test('is the one that began last', async () => {
    expect(await costOf({ purchased: known(1) }, raised)).toEqual(euros(1100))
    expect(await costOf({ purchased: known(1) }, [...raised].reverse())).toEqual(euros(1100))
  })

  test('holds on its last day, and not on the next', async () => {
    expect(await costOf({ purchased: known(1) }, seatPrice(1000, { validTo: '2026-11-20' }))).toEqual(euros(1000))
    expect(await costOf({ purchased: known(1) }, seatPrice(1000, { validTo: '2026-11-19' }))).toEqual({
      kind: 'unknown',
      reason: 'no price holds on 2026-11-20',
    })
  })
})

describe('costs of several', () => {
  const licenses = [license('a', { purchased: known(2) }), license('b', { purchased: known(3) }), license('c')]

  test('are added up by currency, and never across currencies', async () => {
    const prices = priceTable({ one: { a: seatPrice(100), b: seatPrice(70, { currency: 'USD' }), c: seatPrice(1) } })
    const report = await reportOn([organization('one', { licenses })], { prices })
    const total = {
      kind: 'known',
      amounts: [
        { amount: 210, currency: 'EUR' },
        { amount: 210, currency: 'USD' },
      ],
    }
    expect(report.cost).toEqual({ total, departments: [], currencies: ['EUR', 'USD'], unpriced: [] })
    expect(report.providers[0]?.cost).toEqual(total)
  })

  test('are unknown where one is, with what is known of them, and the one is named', async () => {
    const prices = priceTable({ one: { a: seatPrice(100) } })
    const { cost } = await reportOn([organization('one', { licenses })], { prices })
    expect(cost).toMatchObject({
      total: {
        kind: 'unknown',
        reason: 'no price is configured (2 licenses)',
        atLeast: [{ amount: 200, currency: 'EUR' }],
      },
      unpriced: [
        { provider: 'one', id: 'b', name: 'Name of b' },
        { provider: 'one', id: 'c', name: 'Name of c' },
      ],
    })
  })

  test('are unknown where licenses could not be read', async () => {
    const broken = organization('two', { onRequest: () => failure('two') })
    const prices = priceTable({ one: { a: seatPrice(100) } })
    const report = await reportOn([organization('one', { licenses: licenses.slice(0, 1) }), broken], { prices })
    expect(report.providers.map(({ cost }) => cost)).toMatchObject([euros(200), { kind: 'unknown' }])
    expect(report.cost?.total).toEqual({
      kind: 'unknown',
      reason: 'not all licenses of two are known',
      atLeast: [{ amount: 200, currency: 'EUR' }],
    })
  })

  test('say first that a provider is missing, however many licenses have no cost for other reasons', async () => {
    const reasons = ['not told', 'hidden', 'secret', 'lost'].map((reason) => unknown(reason))
    const unclear = reasons.map((purchased, index) => license(`u${index}`, { purchased }))
    const broken = organization('two', { onRequest: () => failure('two') })
    const prices = priceTable({ one: Object.fromEntries(unclear.map(({ id }) => [id, seatPrice(1)])) })
    const { cost } = await reportOn([organization('one', { licenses: unclear }), broken], { prices })
    const seats = (reason: string) => `purchased seats unknown: ${reason}`
    expect(cost?.total).toEqual({
      kind: 'unknown',
      reason: [
        'not all licenses of two are known',
        ...['not told', 'hidden', 'secret'].map(seats),
        'other reasons (1)',
      ].join('; '),
    })
  })
})

describe('the cost of people', () => {
  const prices = priceTable({ one: { a: seatPrice(100), b: seatPrice(7), c: packPrice(100, 3) } })
  const licenses = [license('a'), license('b'), license('c'), license('d')]
  const usersOf = async (...users: readonly ReturnType<typeof user>[]) =>
    reportOn([organization('one', { licenses, users })], { prices })

  test('is that of the seats that they hold', async () => {
    const { users } = await usersOf(user('ann', ['a', 'b']), user('bob', ['b']), user('carl', []))
    expect(users?.map(({ cost }) => cost)).toEqual([euros(107), euros(7), notApplicable])
  })

  test('is unknown where the license is unlimited or free, as that of the license is', async () => {
    const unclear = [license('a', { purchased: unlimited }), license('b', { purchased: notApplicable })]
    const one = organization('one', { licenses: unclear, users: [user('ann', ['a']), user('bob', ['b'])] })
    const report = await reportOn([one], { prices })
    expect(report.users?.map(({ cost }) => cost)).toEqual(report.licenses.map(({ cost }) => cost))
    expect(report.users?.map(({ cost }) => cost?.kind)).toEqual(['unknown', 'unknown'])
  })

  test('is not all of it where their users could not all be read', async () => {
    const broken = organization('two', {
      licenses: [license('x')],
      users: [user('1', ['x']), user('2', ['x'])],
      pageSize: 1,
      onRequest: ({ operation, continuation }) =>
        operation === 'listUsers' && continuation !== undefined ? failure('two') : undefined,
    })
    const one = organization('one', { licenses, users: [user('ann', ['a'])] })
    const table = new Map([...prices, ...priceTable({ two: { x: seatPrice(1000) } })])
    const { users } = await reportOn([one, broken], { prices: table })
    expect(users?.map(({ cost }) => cost)).toMatchObject([
      euros(100),
      { kind: 'unknown', atLeast: [{ amount: 1000, currency: 'EUR' }] },
    ])
  })

  test('is unknown where a seat has no price, with what is known of it', async () => {
    const { users } = await usersOf(user('ann', ['a', 'd']))
    expect(users?.[0]?.cost).toEqual({
      kind: 'unknown',
      reason: 'no price is configured',
      atLeast: [{ amount: 100, currency: 'EUR' }],
    })
  })

  test('divides a pack so that its seats cost what it costs, in the order of ids', async () => {
    const { users } = await usersOf(user('u3', ['c']), user('u1', ['c']), user('u2', ['c']), user('u4', ['c']))
    expect(users?.map(({ id, cost }) => [id, cost])).toEqual([
      ['u3', euros(34)],
      ['u1', euros(33)],
      ['u2', euros(33)],
      ['u4', euros(33)],
    ])
  })

  test('does not count shared seats, which no user has alone', async () => {
    const shared = organization('one', {
      licenses: [license('a', { metric: 'concurrent' })],
      users: [user('ann', ['a']), user('bob', ['a'])],
    })
    const { users, licenses: rows } = await reportOn([shared], { prices })
    expect(rows[0]?.cost).toEqual(euros(1000))
    expect(users?.[0]?.cost).toMatchObject({ kind: 'unknown' })
  })

  test('is added up by the department that the vendor names, and for those without one', async () => {
    const { cost } = await usersOf(
      user('ann', ['a'], { department: 'IT' }),
      user('bob', ['a', 'b'], { department: ' IT ' }),
      user('carl', ['b'], { department: 'Credit' }),
      user('dora', ['b']),
      user('emil', [], { department: 'Nothing held' }),
    )
    expect(cost?.departments).toEqual([
      { cost: euros(7) },
      { department: 'Credit', cost: euros(7) },
      { department: 'IT', cost: euros(207) },
    ])
  })

  test('is not known of departments where the directory could not be read', async () => {
    const directory = {
      pages: 0,
      items: 0,
      repeated: 0,
      undecodable: 0,
      gaps: [{ what: 'page 2', reason: 'refused' }],
      omits: [],
      verdict: 'partial',
    } as const
    const users = [user('ann', ['a'], { department: 'IT' }), user('bob', ['a'])]
    const { cost } = await reportOn([organization('one', { licenses, users, directory })], { prices })
    expect(cost?.departments).toEqual([
      { cost: euros(100) },
      {
        department: 'IT',
        cost: {
          kind: 'unknown',
          reason: 'not all departments of one are known',
          atLeast: [{ amount: 100, currency: 'EUR' }],
        },
      },
    ])
  })

  test('is that of their department in every provider, where one of them names it', async () => {
    const one = organization('one', { licenses, users: [user('ann', ['a'], { department: 'IT' })] })
    const two = organization('two', { licenses: [license('x')], users: [user('ann', ['x']), user('bob', ['x'])] })
    const table = new Map([...prices, ...priceTable({ two: { x: seatPrice(1000) } })])
    const { cost } = await reportOn([one, two], { prices: table })
    expect(cost?.departments).toEqual([{ cost: euros(1000) }, { department: 'IT', cost: euros(1100) }])
  })

  test('is not that of people who have only what is free in one of two providers', async () => {
    const free = license('free', { purchased: notApplicable })
    const two = organization('two', {
      licenses: [license('x'), free],
      users: [user('ann', ['free']), user('bob', ['x', 'free'])],
    })
    const one = organization('one', { licenses, users: [user('ann', ['a']), user('bob', ['a'])] })
    const table = new Map([...prices, ...priceTable({ two: { x: seatPrice(1000) } })])
    const { overlaps } = await reportOn([one, two], { prices: table })
    expect(overlaps).toEqual([{ providers: ['one', 'two'], people: known(2), paid: known(1), cost: euros(1100) }])
  })

  test('is that of both providers for those who are paid for in both', async () => {
    const two = organization('two', {
      licenses: [license('x')],
      users: [user('2', ['x'], { email: 'ANN@example.com' }), user('3', ['x'])],
    })
    const one = organization('one', { licenses, users: [user('ann', ['a', 'b']), user('bob', ['a'])] })
    const table = new Map([...prices, ...priceTable({ two: { x: seatPrice(1000) } })])
    const { overlaps } = await reportOn([one, two], { prices: table })
    expect(overlaps).toEqual([{ providers: ['one', 'two'], people: known(1), paid: known(1), cost: euros(1107) }])
  })
})

describe('a report', () => {
  test('says nothing of cost where there is no price and no detail', async () => {
    const report = await reportOn([organization('one', { licenses: [license('a')] })], { detail: false })
    expect(report).not.toHaveProperty('cost')
    expect(report.licenses[0]).not.toHaveProperty('cost')
  })

  test('takes the prices that are declared with a provider', async () => {
    const declaredLicenses = new Map([['a', { prices: [seatPrice(5)] }]])
    const provider = { ...organization('one', { licenses: [license('a')] }), declaredLicenses }
    const report = await reportOn([provider], { detail: false })
    expect(report.generatedAt).toBe(NOW)
    expect(report.licenses[0]?.cost).toEqual(euros(50))
    expect(report.cost).toEqual({ total: euros(50), currencies: ['EUR'], unpriced: [] })
  })
})
