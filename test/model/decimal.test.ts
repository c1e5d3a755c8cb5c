import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { decimalText, minorUnitsOf } from '../../src/model/decimal.ts'

describe('a decimal number of a vendor', () => {
  test.each([
    [75.5, '75.5'],
    ['75.50', '75.50'],
    [' 80 ', '80'],
    [5e-7, '0.0000005'],
    [1.25e-7, '0.000000125'],
    [1.5e21, '1500000000000000000000'],
    [-3, '-3'],
    [0.1 + 0.2, '0.30000000000000004'],
  ])('%j is %s, exactly', (value, text) => {
    expect(decimalText(value)).toBe(text)
  })

  test.each([['1,5'], ['1 000'], [''], ['free'], ['1e3'], [Number.NaN], [null], [true]])('%j is none', (value) => {
    expect(decimalText(value)).toBeUndefined()
  })
})

describe('an amount in minor units', () => {
  test.each([
    ['75.50', 'EUR', 7550],
    ['75.5', 'EUR', 7550],
    ['75.500', 'EUR', 7550],
    ['9000', 'JPY', 9000],
    ['1.234', 'KWD', 1234],
    ['1.2345', 'CLF', 12345],
    ['110', 'HUF', 11000],
    ['-0.00', 'USD', 0],
    ['-1.5', 'USD', -150],
  ])('%s %s is %d', (amount, currency, minor) => {
    expect(minorUnitsOf(amount, currency)).toEqual(E.right(minor))
  })

  test.each([
    ['75.505', 'EUR', 'no whole number of the smallest unit of the currency'],
    ['1.5', 'JPY', 'no whole number of the smallest unit of the currency'],
    ['90071992547409.93', 'EUR', 'more than can be counted exactly'],
    ['free', 'EUR', 'no amount of money'],
  ])('%s %s is none', (amount, currency, why) => {
    expect(minorUnitsOf(amount, currency)).toEqual(E.left(`${amount} ${currency} is ${why}`))
  })
})
