import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allowedSeats, isAboveShare } from '../../src/report/limits/allowed-seats.ts'

/** By whole numbers only, which are exact. */
const seatsAt = (thousandths: number, bought: number): number => Math.floor((bought * thousandths) / 100_000)

const isExactAt = (thousandths: number, bought: number): boolean => {
  const percent = thousandths / 1_000
  const limit = seatsAt(thousandths, bought)
  return (
    allowedSeats(bought, percent) === limit &&
    !isAboveShare(limit, bought, percent) &&
    isAboveShare(limit + 1, bought, percent)
  )
}

describe('a percentage of what was bought', () => {
  it('is kept by as many seats as it allows, and breached by one more', () => {
    const percentage = fc.integer({ min: 0, max: 10_000_000 })
    const seats = fc.integer({ min: 1, max: 100_000 })
    fc.assert(
      fc.property(percentage, seats, (thousandths, bought) => isExactAt(thousandths, bought)),
      { numRuns: 20_000 },
    )
  })

  it.each([500, 1_000, 2_000])('is so for every percentage up to 200 with one decimal of %i seats', (bought) => {
    const tenths = Array.from({ length: 2_001 }, (_, index) => index)
    expect(tenths.filter((value) => !isExactAt(value * 100, bought))).toEqual([])
  })

  it('is exact in the smallest part and for more seats than anybody has', () => {
    expect(isAboveShare(500_000_011, 1_000_000_000, 50.000_001)).toBe(true)
    expect(isAboveShare(500_000_010, 1_000_000_000, 50.000_001)).toBe(false)
  })

  it('is of metered use, which is not always whole, exact as well', () => {
    expect(isAboveShare(3.23, 10, 32.3)).toBe(false)
    expect(isAboveShare(3.24, 10, 32.3)).toBe(true)
  })
})
