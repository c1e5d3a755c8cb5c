import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  known,
  type License,
  type LicensedUser,
  type LicenseProvider,
  notApplicable,
  type Price,
  unknown,
} from '../../src/index.ts'
import { knownOf } from '../../src/report/cost/cost-tally.ts'
import type { Saving, Savings, SeatsAndCost } from '../../src/report/license-report.ts'
import { packPrice, priceTable, reportOn, seatPrice } from './priced.ts'
import { failure, license, organization, user } from './reported-organization.ts'

const END = '2027-03-31'

/** So many holders of one license, some of whom have left. */
const holders = (all: number, left: number, licenseId = 'a'): readonly Omit<LicensedUser, 'provider'>[] =>
  Array.from({ length: all }, (_, place) =>
    user(`u${String(place).padStart(3, '0')}`, [licenseId], { status: place < left ? 'inactive' : 'active' }),
  )

const savingsOf = async (
  providers: readonly LicenseProvider[],
  prices: Parameters<typeof priceTable>[0] = { one: { a: seatPrice(100) } },
  suppressions: NonNullable<NonNullable<Parameters<typeof reportOn>[1]>['findings']>['suppressions'] = [],
  limits: NonNullable<Parameters<typeof reportOn>[1]>['limits'] = [],
): Promise<Savings> => {
  const { savings } = await reportOn(providers, { prices: priceTable(prices), limits, findings: { suppressions } })
  if (savings === undefined) throw new Error('no savings')
  return savings
}

const ofLicense = (more: Partial<License>, all: number, left: number, price: Price = seatPrice(100)) =>
  savingsOf([organization('one', { licenses: [license('a', more)], users: holders(all, left) })], {
    one: { a: price },
  })

const euros = (amount: number): SeatsAndCost['cost'] => ({ kind: 'known', amounts: [{ amount, currency: 'EUR' }] })
const nothing = { seats: known(0), cost: notApplicable }
const bill = { source: 'contract', period: { start: '2026-11-01', end: '2026-11-30', status: 'open' } } as const

describe('what the seats of those who have left save', () => {
  test('is saved at the end of the term, as they are purchased until then', async () => {
    const { removable, unassigned } = await ofLicense({ purchased: known(10), term: { end: END } }, 8, 3)
    expect(removable).toEqual({
      seats: known(3),
      cost: euros(300),
      now: nothing,
      atRenewal: { seats: known(3), cost: euros(300), firstEnd: END, lastEnd: END },
      untold: nothing,
    })
    expect(unassigned).toMatchObject({ seats: known(2), cost: euros(200), atRenewal: { seats: known(2) } })
  })

  test('is saved at once as far as more are in use than were purchased', async () => {
    const { removable, unassigned } = await ofLicense({ purchased: known(5), term: { end: END } }, 8, 4)
    expect(removable).toMatchObject({
      seats: known(4),
      now: { seats: known(3), cost: euros(300) },
      atRenewal: { seats: known(1), cost: euros(100) },
      untold: nothing,
    })
    expect(unassigned).toMatchObject(nothing)
  })

  test.each<[string, Partial<License>]>([
    ['the term has no end', { term: { start: '2026-01-01' } }],
    ['the term has ended', { term: { end: '2026-11-19' } }],
    ['the end is no day', { term: { end: 'soon' } }],
    ['it is not known how many were purchased', { purchased: unknown('not told'), term: { end: END } }],
  ])('is saved at a time that is not known if %s', async (_, more) => {
    const { removable } = await ofLicense(more, 8, 3)
    expect(removable).toMatchObject({ seats: known(3), now: nothing, untold: { seats: known(3), cost: euros(300) } })
    expect(removable.atRenewal).toEqual(nothing)
  })

  test('is not at a renewal for certain while more may be in use than were read', async () => {
    const gap = {
      pageSize: 7,
      onRequest: ({ continuation }: { readonly continuation?: string | undefined }) =>
        continuation === undefined ? undefined : failure('one', 'GET /users'),
    }
    const licenses = [license('a', { purchased: known(5), term: { end: END } })]
    const { removable } = await savingsOf([organization('one', { licenses, users: holders(9, 4), ...gap })])
    // Seven came, so that two are beyond the purchased ones for certain, and perhaps more.
    expect(removable).toMatchObject({ seats: known(4), now: { seats: known(2) }, untold: { seats: known(2) } })
  })

  test('is nothing at once if seats are billed only where they are used', async () => {
    const billed: Partial<License> = { consumed: known(4), consumedFrom: bill, term: { end: END } }
    // Ten are held, six are purchased, four are billed. Without three, seven are held: six must still be purchased.
    expect((await ofLicense({ purchased: known(6), ...billed }, 10, 3)).removable).toMatchObject(nothing)
    expect((await ofLicense({ purchased: known(6), ...billed }, 10, 5)).removable).toMatchObject({
      seats: known(1),
      now: nothing,
      atRenewal: { seats: known(1), cost: euros(100) },
    })
    // All that are purchased are billed: no seat of those who have left is.
    expect((await ofLicense({ purchased: known(4), ...billed }, 10, 6)).removable).toMatchObject(nothing)
  })

  test('saves a pack with the last seat of it, and nothing before', async () => {
    const saved = async (left: number) =>
      (await ofLicense({ purchased: known(8), term: { end: END } }, 8, left, packPrice(1000, 4))).removable.cost
    expect(await saved(3)).toEqual(euros(0))
    expect(await saved(4)).toEqual(euros(1000))
    expect(await saved(7)).toEqual(euros(1000))
    expect(await saved(8)).toEqual(euros(2000))
  })

  test('fills up packs with seats that are not in use', async () => {
    const { removable, unassigned } = await ofLicense(
      { purchased: known(8), term: { end: END } },
      6,
      2,
      packPrice(1000, 4),
    )
    expect([unassigned.cost, removable.cost]).toEqual([euros(0), euros(1000)])
  })

  test('is not known of a shared license, of which no seat is a user’s', async () => {
    const { removable } = await ofLicense({ metric: 'concurrent', consumed: known(3) }, 8, 2)
    expect(removable).toMatchObject({ seats: notApplicable, cost: { kind: 'unknown' }, now: nothing })
  })

  test('counts a seat once, however many findings are about it', async () => {
    const licenses = [license('a', { term: { end: END } }), license('b', { includes: ['a'] })]
    const users = [user('ann', ['a', 'b'], { status: 'inactive' })]
    const providers = [organization('one', { licenses, users })]
    const prices = { one: { a: seatPrice(100), b: seatPrice(7) } }
    const { findings } = await reportOn(providers, { prices: priceTable(prices), findings: {} })
    expect(findings?.filter(({ userId, licenseId }) => userId === 'ann' && licenseId === 'a')).toHaveLength(2)
    expect((await savingsOf(providers, prices)).removable).toMatchObject({ seats: known(2), cost: euros(107) })
  })

  test('leaves out what is accepted', async () => {
    const providers = [organization('one', { licenses: [license('a', { term: { end: END } })], users: holders(8, 3) })]
    const accept = (rule: string) => savingsOf(providers, undefined, [{ rule, reason: 'spare' }])
    expect((await accept('inactive-holder')).removable).toMatchObject(nothing)
    // Two spare seats stay, and three others go.
    expect(await accept('unassigned-seats')).toMatchObject({
      unassigned: nothing,
      removable: { seats: known(3), cost: euros(300) },
    })
  })

  test('does not add up currencies', async () => {
    const licenses = [license('a', { purchased: known(4) }), license('b', { purchased: known(4) })]
    const users = [...holders(4, 1), user('x', ['b'], { status: 'deleted' })]
    const prices = { one: { a: seatPrice(100), b: seatPrice(7, { currency: 'USD' }) } }
    const { removable } = await savingsOf([organization('one', { licenses, users })], prices)
    expect(removable.cost).toEqual({
      kind: 'known',
      amounts: [
        { amount: 100, currency: 'EUR' },
        { amount: 7, currency: 'USD' },
      ],
    })
  })
})

describe('a license that was bought for several terms', () => {
  const contract = (name: string) => ({ source: 'contract', name })
  const purchase = (seats: number, name: string, end: string) => ({
    name: 'Seats',
    quantity: known(seats),
    from: contract(name),
    term: { end },
  })
  const bought: Partial<License> = {
    purchased: known(10),
    purchasedFrom: { source: 'contract' },
    purchases: [purchase(7, 'second', '2027-06-30'), purchase(3, 'first', '2026-12-31')],
    term: { end: '2026-12-31' },
  }

  test('saves first the seats that end first', async () => {
    const { removable, unassigned } = await ofLicense(bought, 8, 4)
    expect(unassigned.atRenewal).toMatchObject({ seats: known(2), firstEnd: '2026-12-31', lastEnd: '2026-12-31' })
    expect(removable.atRenewal).toMatchObject({ seats: known(4), firstEnd: '2026-12-31', lastEnd: '2027-06-30' })
  })

  test('has one term where the configuration gives it one', async () => {
    const { removable } = await ofLicense({ ...bought, term: { end: END } }, 8, 4)
    expect(removable.atRenewal).toMatchObject({ seats: known(4), firstEnd: END, lastEnd: END })
  })

  test('saves at a time that is not known if its seats are not the sum of the products', async () => {
    const { removable } = await ofLicense({ ...bought, purchased: known(12) }, 8, 4)
    expect(removable).toMatchObject({ atRenewal: nothing, untold: { seats: known(4) } })
  })
})

describe('savings, whatever was bought and is held', () => {
  const small = (max: number) => fc.integer({ min: 0, max })
  const pool = fc.record({
    purchased: small(12),
    counter: small(14),
    held: small(12),
    left: small(12),
    packSize: fc.integer({ min: 1, max: 5 }),
    isBilled: fc.boolean(),
    currency: fc.constantFrom('EUR', 'USD'),
    end: fc.constantFrom(END, '2026-01-01', undefined),
    keepsSpare: fc.boolean(),
    keepFree: fc.oneof(fc.constant(0), small(8)),
  })
  type Pool = typeof pool extends fc.Arbitrary<infer A> ? A : never

  const sumIn = (parts: readonly SeatsAndCost[], currency: string): number =>
    parts
      .flatMap(({ cost }) => knownOf(cost))
      .reduce((sum, money) => sum + (money.currency === currency ? money.amount : 0), 0)

  const seatsIn = (parts: readonly SeatsAndCost[]): number =>
    parts.reduce((sum, { seats }) => sum + (seats.kind === 'known' ? seats.value : 0), 0)

  const partsOf = ({ now, atRenewal, untold }: Saving): readonly SeatsAndCost[] => [now, atRenewal, untold]

  /** What so many seats cost, in packs of 1000. */
  const pay = (seats: number, { packSize }: Pool): number => Math.ceil(seats / packSize) * 1000

  /** By what is paid before and after, and not by seats. */
  const expected = (one: Pool) => {
    const { purchased, counter, held, isBilled, keepsSpare, keepFree } = one
    const left = Math.min(one.left, held)
    const inUse = Math.max(counter, held)
    const spare = keepsSpare ? Math.max(0, purchased - inUse) : 0
    const free = Math.max(spare, keepFree)
    const usedThen = inUse - left
    if (!isBilled) {
      const needed = Math.max(usedThen, Math.min(purchased, usedThen + free))
      return pay(Math.max(purchased, inUse), one) - pay(needed, one)
    }
    const needed = Math.min(purchased, Math.max(counter, usedThen) + free)
    return pay(purchased, one) - pay(needed, one)
  }

  test('are what is paid before less what is paid afterwards, and their parts add up', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(pool, { minLength: 1, maxLength: 3 }), async (pools) => {
        const idOf = (place: number) => `l${place}`
        const licenses = pools.map(({ purchased, counter, isBilled, end }, place) =>
          license(idOf(place), {
            purchased: known(purchased),
            consumed: known(counter),
            ...(isBilled ? { consumedFrom: bill } : {}),
            ...(end === undefined ? {} : { term: { end } }),
          }),
        )
        const users = pools.flatMap(({ held, left }, place) =>
          holders(held, left, idOf(place)).map((one) => ({
            ...one,
            id: `${place}-${one.id}`,
            email: `${place}-${one.id}@x.org`,
          })),
        )
        const prices = Object.fromEntries(
          pools.map(({ packSize, currency }, place) => [idOf(place), packPrice(1000, packSize, { currency })]),
        )
        const kept = pools.flatMap(({ keepsSpare }, place) =>
          keepsSpare ? [{ rule: 'unassigned-seats', license: idOf(place), reason: 'spare' }] : [],
        )
        const { removable, unassigned } = await savingsOf(
          [organization('one', { licenses, users })],
          { one: prices },
          kept,
          pools.map(({ keepFree }, place) => ({ license: idOf(place), keepFree })),
        )
        for (const currency of ['EUR', 'USD']) {
          const own = pools.filter((one) => one.currency === currency)
          const right = own.reduce((sum, one) => sum + expected(one), 0)
          expect(sumIn([removable, unassigned], currency)).toBe(right)
          for (const saving of [removable, unassigned]) {
            expect(sumIn(partsOf(saving), currency)).toBe(sumIn([saving], currency))
          }
        }
        for (const saving of [removable, unassigned]) expect(seatsIn(partsOf(saving))).toBe(seatsIn([saving]))
      }),
      { numRuns: 150 },
    )
  })
})
