import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createNumberTable } from '../../src/model/number-table.ts'

const places = fc.integer({ min: 0, max: 20_000 })
/** About as often of one byte, of two and of four. */
const numbers = fc.oneof(
  fc.integer({ min: 0, max: 2 ** 8 }),
  fc.integer({ min: 2 ** 8 - 2, max: 2 ** 16 }),
  fc.integer({ min: 2 ** 16 - 2, max: 2 ** 32 - 2 }),
)

describe('a table of numbers', () => {
  test('gives what was set last, and nothing where nothing was', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(places, numbers)), places, (entries, other) => {
        const table = createNumberTable()
        for (const [place, number] of entries) table.set(place, number)
        const last = new Map(entries)
        for (const place of [...last.keys(), other]) expect(table.get(place)).toBe(last.get(place))
      }),
    )
  })

  test.each([253, 254, 255, 256, 2 ** 16 - 3, 2 ** 16 - 2, 2 ** 16 - 1, 2 ** 16, 2 ** 32 - 2])(
    'has %i, beside lower ones and by itself',
    (number) => {
      const table = createNumberTable()
      table.set(1, 0)
      table.set(2, number)
      table.set(5_000, number)
      expect([0, 1, 2, 5_000].map(table.get)).toEqual([undefined, 0, number, number])
    },
  )

  test('has nothing at what is no place', () => {
    const table = createNumberTable()
    table.set(0, 7)
    expect([-1, 2 ** 32, 0.5, Number.NaN].map(table.get)).toEqual([undefined, undefined, undefined, undefined])
  })

  test('takes a byte for each low number', () => {
    const before = process.memoryUsage().arrayBuffers
    const table = createNumberTable()
    for (let place = 0; place < 1_000_000; place++) table.set(place, place % 255)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_100_000)
    expect(table.get(999_999)).toBe(999_999 % 255)
  })
})
