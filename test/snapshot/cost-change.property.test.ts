import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amountOfSeats } from '../../src/report/cost/monthly-price.ts'
import { addChanges, costChanges, type PricedLicense, type PricedSeats } from '../../src/snapshot/diff/cost-change.ts'

const CURRENCIES = ['EUR', 'JPY', 'USD']

const at = (seats: number, amount: number, currency = 'EUR', packSize = 1): PricedSeats => ({
  seats,
  price: { kind: 'priced', amount, currency, packSize },
})

const seatCount = fc.nat(100_000)
const price = fc.record({
  kind: fc.constant('priced' as const),
  amount: fc.nat(1_000_000),
  currency: fc.constantFrom(...CURRENCIES),
  packSize: fc.integer({ min: 1, max: 50 }),
})
const priced: fc.Arbitrary<PricedSeats> = fc.record({ seats: seatCount, price })

/** Some come, some go, and some change their currency. */
const license: fc.Arbitrary<PricedLicense> = fc.record({ before: priced, after: priced }, { requiredKeys: [] })
const licenses = fc.array(license, { maxLength: 12 })

const costIn = (currency: string, all: readonly PricedLicense[], side: 'before' | 'after'): number =>
  all
    .flatMap((one) => one[side] ?? [])
    .filter((one) => one.price.currency === currency)
    .reduce((sum, one) => sum + amountOfSeats(one.price, one.seats), 0)

describe('the change of cost', () => {
  it('adds up in every currency, whatever the seats, prices and packs, and is an integer in every part', () => {
    fc.assert(
      fc.property(licenses, (all) => {
        const changes = costChanges(all)
        for (const currency of CURRENCIES) {
          const [before, after] = [costIn(currency, all, 'before'), costIn(currency, all, 'after')]
          const change = changes.find((one) => one.currency === currency)
          expect([change?.before ?? 0, change?.after ?? 0]).toEqual([before, after])
          if (change === undefined) continue
          expect(change.difference).toBe(after - before)
          expect(change.price + change.seats + change.mix).toBe(change.difference)
          for (const part of [change.price, change.seats, change.mix]) expect(Number.isSafeInteger(part)).toBe(true)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('is all price where every license has as many seats as before, also in another currency', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(seatCount, price, price), { maxLength: 12 }), (all) => {
        const changes = costChanges(
          all.map(([seats, old, now]) => ({ before: { seats, price: old }, after: { seats, price: now } })),
        )
        for (const { price: ofPrice, seats, mix, difference } of changes) {
          expect({ ofPrice, seats, mix }).toEqual({ ofPrice: difference, seats: 0, mix: 0 })
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it('adds up over providers, each currency by itself', () => {
    fc.assert(
      fc.property(fc.array(licenses, { maxLength: 4 }), (providers) => {
        for (const total of addChanges(providers.flatMap(costChanges))) {
          const all = providers.flat()
          expect(total.before).toBe(costIn(total.currency, all, 'before'))
          expect(total.price + total.seats + total.mix).toBe(total.difference)
          expect(total.difference).toBe(costIn(total.currency, all, 'after') - total.before)
        }
      }),
    )
  })

  it('is the other way round nothing but what it is, where only seats or only prices change', () => {
    fc.assert(
      fc.property(fc.nat(1_000), fc.nat(1_000), fc.nat(5_000), fc.nat(5_000), (old, now, oldPrice, newPrice) => {
        const [onlySeats] = costChanges([{ before: at(old, oldPrice), after: at(now, oldPrice) }])
        expect(onlySeats).toMatchObject({ price: 0, seats: now * oldPrice - old * oldPrice, mix: 0 })
        const [onlyPrice] = costChanges([{ before: at(now, oldPrice), after: at(now, newPrice) }])
        expect(onlyPrice).toMatchObject({ price: now * newPrice - now * oldPrice, seats: 0, mix: 0 })
      }),
    )
  })

  it('takes the price effect on the seats of now, and the seats effect at the old average', () => {
    const both = [
      { before: at(10, 100), after: at(20, 110) },
      { before: at(30, 200), after: at(30, 200) },
    ]
    // 40 seats cost 7000, 175 each; 10 more at 175 are 1750, but they are of the cheaper license.
    expect(costChanges(both)).toEqual([
      { currency: 'EUR', before: 7_000, after: 8_200, difference: 1_200, price: 200, seats: 1_750, mix: -750 },
    ])
  })

  it('is all mix where people move to a dearer license', () => {
    const moved = [
      { before: at(10, 100), after: at(0, 100) },
      { before: at(0, 300), after: at(10, 300) },
    ]
    expect(costChanges(moved)).toMatchObject([{ difference: 2_000, price: 0, seats: 0, mix: 2_000 }])
  })

  it('is all seats where there were none, and where all of them are gone', () => {
    expect(costChanges([{ after: at(3, 50) }])).toMatchObject([{ difference: 150, price: 0, seats: 150, mix: 0 }])
    expect(costChanges([{ before: at(3, 50) }])).toMatchObject([{ difference: -150, price: 0, seats: -150, mix: 0 }])
  })

  it('is left out of a currency in which it could not be told exactly, and never ends in an error', () => {
    const most = Number.MAX_SAFE_INTEGER
    expect(costChanges([{ before: at(1, 100), after: at(most, 100) }])).toEqual([])
    expect(costChanges([{ before: at(most, 1) }, { before: at(most, 1) }, { before: at(1, 5, 'USD') }])).toMatchObject([
      { currency: 'USD', before: 5 },
    ])
    const [one = []] = [costChanges([{ after: at(most, 1) }])]
    expect(addChanges([...one, ...one])).toEqual([])
  })

  it('has the seats that came with another currency in the old one, and counts none of them twice', () => {
    const dollars = { before: at(10, 50, 'USD'), after: at(20, 50, 'USD') }
    expect(costChanges([{ before: at(10, 100), after: at(12, 120, 'USD') }, dollars])).toEqual([
      { currency: 'EUR', before: 1_000, after: 0, difference: -1_000, price: -1_200, seats: 200, mix: 0 },
      { currency: 'USD', before: 500, after: 2_440, difference: 1_940, price: 1_440, seats: 500, mix: 0 },
    ])
  })
})
