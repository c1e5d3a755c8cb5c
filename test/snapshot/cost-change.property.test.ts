import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amountOfSeats } from '../../src/report/cost/monthly-price.ts'
import { addChanges, costChange, type PricedLicense } from '../../src/snapshot/diff/cost-change.ts'

const priced = fc
  .record({ seats: fc.nat(100_000), amount: fc.nat(1_000_000), packSize: fc.integer({ min: 1, max: 50 }) })
  .map(({ seats, amount, packSize }) => ({
    seats,
    amountOf: (count: number) => amountOfSeats({ kind: 'priced', currency: 'EUR', amount, packSize }, count),
  }))

const license: fc.Arbitrary<PricedLicense> = fc.record({ before: priced, after: priced }, { requiredKeys: [] })
const licenses = fc.array(license, { maxLength: 12 })

const costOf = (all: readonly PricedLicense[], side: 'before' | 'after'): number =>
  all.reduce((sum, one) => sum + (one[side]?.amountOf(one[side]?.seats ?? 0) ?? 0), 0)

/** One license with a price for each seat. */
const at = (seats: number, price: number) => ({ seats, amountOf: (count: number) => count * price })

describe('the change of cost', () => {
  it('adds up, whatever the seats, prices and packs, and is an integer in every part', () => {
    fc.assert(
      fc.property(licenses, (all) => {
        const { before, after, difference, price, seats, mix } = costChange('EUR', all)
        expect(before).toBe(costOf(all, 'before'))
        expect(after).toBe(costOf(all, 'after'))
        expect(difference).toBe(after - before)
        expect(price + seats + mix).toBe(difference)
        for (const part of [price, seats, mix]) expect(Number.isSafeInteger(part)).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })

  it('adds up over providers, each currency by itself', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('EUR', 'USD'), licenses)), (providers) => {
        for (const total of addChanges(providers.map(([currency, all]) => costChange(currency, all)))) {
          const own = providers.filter(([currency]) => currency === total.currency).flatMap(([, all]) => all)
          expect(total.before).toBe(costOf(own, 'before'))
          expect(total.price + total.seats + total.mix).toBe(total.difference)
          expect(total.difference).toBe(costOf(own, 'after') - costOf(own, 'before'))
        }
      }),
    )
  })

  it('is the other way round nothing but what it is, where only seats or only prices change', () => {
    fc.assert(
      fc.property(fc.nat(1_000), fc.nat(1_000), fc.nat(5_000), fc.nat(5_000), (old, now, oldPrice, newPrice) => {
        const onlySeats = costChange('EUR', [{ before: at(old, oldPrice), after: at(now, oldPrice) }])
        expect(onlySeats).toMatchObject({ price: 0, seats: now * oldPrice - old * oldPrice, mix: 0 })
        const onlyPrice = costChange('EUR', [{ before: at(now, oldPrice), after: at(now, newPrice) }])
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
    expect(costChange('EUR', both)).toEqual({
      currency: 'EUR',
      before: 7_000,
      after: 8_200,
      difference: 1_200,
      price: 200,
      seats: 1_750,
      mix: -750,
    })
  })

  it('is all mix where people move to a dearer license', () => {
    const moved = [
      { before: at(10, 100), after: at(0, 100) },
      { before: at(0, 300), after: at(10, 300) },
    ]
    expect(costChange('EUR', moved)).toMatchObject({ difference: 2_000, price: 0, seats: 0, mix: 2_000 })
  })

  it('is all seats where there were none, and where all of them are gone', () => {
    expect(costChange('EUR', [{ after: at(3, 50) }])).toMatchObject({ difference: 150, price: 0, seats: 150, mix: 0 })
    expect(costChange('EUR', [{ before: at(3, 50) }])).toMatchObject({
      difference: -150,
      price: 0,
      seats: -150,
      mix: 0,
    })
  })
})
