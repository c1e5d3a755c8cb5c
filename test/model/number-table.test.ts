import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createNumberTable } from '../../src/model/number-table.ts'

const places = fc.integer({ min: 0, max: 5_000 })

describe('a table of numbers', () => {
  test('gives what was set last, and nothing where nothing was', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(places, fc.integer({ min: 0, max: 2 ** 32 - 2 }))), places, (entries, other) => {
        const table = createNumberTable()
        for (const [place, number] of entries) table.set(place, number)
        const last = new Map(entries)
        for (const place of [...last.keys(), other]) expect(table.get(place)).toBe(last.get(place))
      }),
    )
  })
})
