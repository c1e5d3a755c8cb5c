import { describe, expect, test } from 'vitest'
import { clampPageSize } from '../../src/paging/index.ts'

describe('the page size that a vendor is asked for', () => {
  for (const { what, hint, max, byDefault, size } of [
    { what: 'the hint, where the vendor accepts it', hint: 25, max: 100, byDefault: 50, size: 25 },
    { what: 'the most that the vendor accepts, where the hint is more', hint: 101, max: 100, byDefault: 50, size: 100 },
    { what: 'one, where the hint is none at all', hint: 0, max: 100, byDefault: 50, size: 1 },
    { what: 'one, where the hint is less than nothing', hint: -3, max: 100, byDefault: 50, size: 1 },
    { what: 'a whole number, never more than the hint', hint: 2.9, max: 100, byDefault: 50, size: 2 },
    { what: 'what suits the vendor, where there is no hint', hint: undefined, max: 100, byDefault: 50, size: 50 },
    { what: 'the most, where there is no hint and nothing suits better', hint: undefined, max: 100, size: 100 },
  ]) {
    test(`is ${what}`, () => {
      expect(clampPageSize(hint, max, byDefault)).toBe(size)
    })
  }
})
