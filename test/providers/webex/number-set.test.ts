import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createNumberSet } from '../../../providers/webex/number-set.ts'

test('a set of numbers has each once, lowest first', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 5_000 })), (numbers) => {
      const set = createNumberSet()
      for (const number of numbers) set.add(number)
      expect([...set]).toEqual([...new Set(numbers)].sort((one, other) => one - other))
    }),
  )
})

test('a set of numbers has the highest bit of a word, and all of its bits', () => {
  const set = createNumberSet()
  const all = Array.from({ length: 2_000 }, (_, number) => number)
  for (const number of all) set.add(number)
  expect([...set]).toEqual(all)
})
