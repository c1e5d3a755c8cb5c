import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { numberText } from '../../src/model/quantity.ts'

test('a number for people is written as in American English', () => {
  const { format } = new Intl.NumberFormat('en-US')
  const numbers = fc.oneof(
    fc.integer({ min: 0, max: 10_000_000 }),
    fc.maxSafeInteger(),
    fc.double().filter((number) => !Object.is(number, -0)),
  )
  fc.assert(
    fc.property(numbers, (number) => {
      expect(numberText(number)).toBe(format(number))
    }),
  )
})
