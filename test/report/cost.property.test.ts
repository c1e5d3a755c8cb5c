import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { known } from '../../src/index.ts'
import { amountOfSeatAt, amountOfSeats, type MonthlyPrice } from '../../src/report/cost/monthly-price.ts'
import type { Cost } from '../../src/report/license-report.ts'
import { packPrice, priceTable, reportOn } from './priced.ts'
import { license, organization, user } from './reported-organization.ts'

const price = fc.record<MonthlyPrice>({
  kind: fc.constant('priced'),
  amount: fc.integer({ min: 0, max: 10_000_000 }),
  currency: fc.constantFrom('EUR', 'USD'),
  packSize: fc.integer({ min: 1, max: 200 }),
})

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0)

const amountsOf = (cost: Cost | undefined): Readonly<Record<string, number>> => {
  const money = cost?.kind === 'known' ? cost.amounts : cost?.kind === 'unknown' ? (cost.atLeast ?? []) : []
  return Object.fromEntries(money.map(({ amount, currency }) => [currency, amount]))
}

const sumOf = (costs: readonly (Cost | undefined)[]): Readonly<Record<string, number>> => {
  const total: Record<string, number> = {}
  for (const cost of costs) {
    for (const [currency, amount] of Object.entries(amountsOf(cost))) total[currency] = (total[currency] ?? 0) + amount
  }
  return total
}

test('the seats of whole packs cost what the packs cost, to the minor unit', () => {
  fc.assert(
    fc.property(price, fc.integer({ min: 1, max: 5 }), (monthly, packs) => {
      const seats = packs * monthly.packSize
      const shares = Array.from({ length: seats }, (_, place) => amountOfSeatAt(monthly, place))
      expect(sum(shares)).toBe(amountOfSeats(monthly, seats))
      expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1)
    }),
  )
})

test('seats never cost more by themselves than the packs that they are in', () => {
  fc.assert(
    fc.property(price, fc.integer({ min: 0, max: 700 }), (monthly, seats) => {
      const shares = sum(Array.from({ length: seats }, (_, place) => amountOfSeatAt(monthly, place)))
      expect(shares).toBeLessThanOrEqual(amountOfSeats(monthly, seats))
      expect(amountOfSeats(monthly, seats) - shares).toBeLessThanOrEqual(monthly.amount)
    }),
  )
})

test('licenses add up to providers and to the total, people to departments, whatever there is', async () => {
  const organizations = fc.array(
    fc.record({
      licenses: fc.array(
        fc.record({
          bought: fc.nat(500),
          amount: fc.nat(99_999),
          size: fc.integer({ min: 1, max: 25 }),
          usd: fc.boolean(),
        }),
        { minLength: 1, maxLength: 4 },
      ),
      users: fc.array(
        fc.record({
          held: fc.subarray(['l0', 'l1', 'l2', 'l3']),
          department: fc.constantFrom(undefined, 'IT', 'Credit'),
        }),
        { maxLength: 40 },
      ),
    }),
    { minLength: 1, maxLength: 3 },
  )
  await fc.assert(
    fc.asyncProperty(organizations, async (worlds) => {
      const prices = priceTable(
        Object.fromEntries(
          worlds.map(({ licenses }, index) => [
            `p${index}`,
            Object.fromEntries(
              licenses.map(({ amount, size, usd }, place) => [
                `l${place}`,
                packPrice(amount, size, { currency: usd ? 'USD' : 'EUR' }),
              ]),
            ),
          ]),
        ),
      )
      const providers = worlds.map(({ licenses, users }, index) =>
        organization(`p${index}`, {
          licenses: licenses.map(({ bought }, place) => license(`l${place}`, { purchased: known(bought) })),
          users: users.map(({ held, department }, place) =>
            user(`u${place}`, held, department === undefined ? {} : { department }),
          ),
        }),
      )
      const report = await reportOn(providers, { prices })
      expect(amountsOf(report.cost?.total)).toEqual(sumOf(report.licenses.map(({ cost }) => cost)))
      expect(amountsOf(report.cost?.total)).toEqual(sumOf(report.providers.map(({ cost }) => cost)))
      const ofPeople = sumOf((report.users ?? []).map(({ cost }) => cost))
      expect(sumOf((report.cost?.departments ?? []).map(({ cost }) => cost))).toEqual(ofPeople)
    }),
    { numRuns: 50 },
  )
})
