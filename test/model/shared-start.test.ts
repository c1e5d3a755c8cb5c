import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sharedStart } from '../../src/model/shared-start.ts'

describe('what texts begin with alike', () => {
  test('is in all of them, and no more is', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'é'), maxLength: 6 })
    fc.assert(
      fc.property(text, fc.array(text, { minLength: 1, maxLength: 4 }), (start, ends) => {
        const texts = ends.map((end) => start + end)
        const length = sharedStart(texts)
        expect(new Set(texts.map((one) => one.slice(0, length))).size).toBe(1)
        const isOver = texts.some((one) => one.length === length)
        expect(isOver || new Set(texts.map((one) => one[length])).size > 1).toBe(true)
        expect(sharedStart(texts.map((one) => [...one]))).toBe(length)
      }),
    )
  })

  test('is nothing where there are none', () => {
    expect([sharedStart([]), sharedStart(['', 'a'])]).toEqual([0, 0])
  })
})
