import { describe, expect, test } from 'vitest'
import { withDeclaredLicenses } from '../../src/index.ts'
import { organization } from '../plan/organization.ts'

const price = { amount: 11_000, currency: 'EUR', per: 'seat-month' }

describe('overrides of licenses, as a caller hands them in', () => {
  test.each<[string, unknown, string]>([
    ['a price in fractions', { prices: [{ ...price, amount: 110.5 }] }, 'prices[0].amount'],
    ['a price as a text', { prices: [{ ...price, amount: '11000' }] }, 'prices[0].amount'],
    ['a price below nothing', { prices: [{ ...price, amount: -1 }] }, 'prices[0].amount'],
    ['a name in place of a currency', { prices: [{ ...price, currency: 'euro' }] }, 'prices[0].currency'],
    ['packs of nothing', { prices: [{ ...price, per: 'pack-month', packSize: 0 }] }, 'prices[0].packSize'],
    ['packs without a size', { prices: [{ ...price, per: 'pack-month' }] }, 'prices[0].packSize'],
    ['a size of packs for seats', { prices: [{ ...price, packSize: 5 }] }, 'prices[0].packSize'],
    [
      'a period that ends before it begins',
      { prices: [{ ...price, validFrom: '2026-02-01', validTo: '2026-01-31' }] },
      'prices[0].validTo',
    ],
    ['two prices that begin together', { prices: [price, price] }, 'prices[1].validFrom'],
    ['a price without an amount', { prices: [{ currency: 'EUR', per: 'seat-month' }] }, 'prices[0].amount'],
    ['a day that there is not', { prices: [price, { ...price, validFrom: '2026-02-30' }] }, 'prices[1].validFrom'],
    ['one price in place of a list', { prices: price }, 'prices'],
    ['a number in place of a capacity', { purchased: 500 }, 'purchased'],
    ['a number as a name', { name: 5 }, 'name'],
    ['a service that there is not', { services: ['calling', 'phone'] }, 'services[1]'],
    ['one service in place of a list', { services: 'calling' }, 'services'],
  ])('are refused with their place: %s', (_, known, path) => {
    expect(() => withDeclaredLicenses(organization(), new Map([['pro', known as never]]))).toThrow(
      expect.objectContaining({
        error: expect.objectContaining({ _tag: 'InvalidInput', path: `"pro": ${path}`, message: expect.any(String) }),
      }),
    )
  })

  test('are refused where they are no Map', () => {
    expect(() => withDeclaredLicenses(organization(), { pro: {} } as never)).toThrow('declared: expected a Map')
  })

  test('may leave out anything, also as undefined', () => {
    const known = { name: undefined, prices: [{ ...price, packSize: undefined, validTo: undefined }] }
    expect(withDeclaredLicenses(organization(), new Map([['pro', known]])).declaredLicenses?.size).toBe(1)
  })
})
