import { describe, expect, test } from 'vitest'
import { isOver, jobIdOf, nextPeriod, periodAt, slotOf } from '../src/schedule.ts'

const settings = { everyHours: 24 }
const noon = Date.parse('2026-11-29T12:00:00Z')

describe('the schedule', () => {
  test('has one period a day, by its date, and several by their hour', () => {
    expect(periodAt(noon, settings)).toEqual({ name: '2026-11-29', startsAt: Date.parse('2026-11-29T00:00:00Z') })
    expect(nextPeriod(periodAt(noon, settings), settings).name).toBe('2026-11-30')
    expect(periodAt(noon + 1, { everyHours: 6 }).name).toBe('2026-11-29T12')
  })

  test.each([48, 72, 168])('has a period of %i hours by the day when it begins', (everyHours) => {
    const period = periodAt(noon, { everyHours })
    expect(period.name).toBe(new Date(period.startsAt).toISOString().slice(0, 10))
    expect(new Date(period.startsAt).toISOString()).toMatch(/T00:00:00.000Z$/)
    expect(noon - period.startsAt).toBeLessThan(everyHours * 3_600_000)
    expect(nextPeriod(period, { everyHours }).startsAt - period.startsAt).toBe(everyHours * 3_600_000)
    const latest = slotOf('customer-1', period, { everyHours }).getTime() - period.startsAt
    expect(latest).toBeLessThan((everyHours * 3_600_000 * 5) / 6)
    // Of the weeks, that of this Sunday began on Thursday, and what days were called before sorts with them.
    expect(periodAt(noon, { everyHours: 168 }).name).toBe('2026-11-26')
    expect(isOver('2026-11-25', noon, { everyHours })).toBe(true)
    expect(isOver(period.name, noon, { everyHours })).toBe(false)
  })

  test('has a period end when the next one begins, by its name alone', () => {
    const midnight = Date.parse('2026-11-30T00:00:00Z')
    const over = (time: number) => ['2026-11-28', '2026-11-29', '2026-11-30'].map((day) => isOver(day, time, settings))
    expect(over(midnight - 1)).toEqual([true, false, false])
    expect(over(midnight)).toEqual([true, true, false])
    expect(isOver('2026-11-29T18', midnight - 1, { everyHours: 6 })).toBe(false)
    expect(isOver('2026-11-29T18', midnight, { everyHours: 6 })).toBe(true)
  })

  test('gives an organization the same time in each period', () => {
    const today = periodAt(noon, settings)
    const tomorrow = nextPeriod(today, settings)
    const offset = (period: typeof today) => slotOf('acme', period, settings).getTime() - period.startsAt
    expect(offset(today)).toBe(offset(tomorrow))
  })

  test('spreads 5,000 organizations over the day: no hour has half as many again as its part', () => {
    const wholeDay = { ...settings, spreadMinutes: 1_440 }
    const hours = new Array<number>(24).fill(0)
    for (let organization = 0; organization < 5_000; organization++) {
      const hour = slotOf(`customer-${organization}`, periodAt(noon, settings), wholeDay).getUTCHours()
      hours[hour] = (hours[hour] ?? 0) + 1
    }
    expect(Math.max(...hours)).toBeLessThan((5_000 / 24) * 1.5)
    expect(Math.min(...hours)).toBeGreaterThan((5_000 / 24) * 0.5)
  })

  test('leaves the last sixth of a period for further tries', () => {
    const latest = (everyHours: number) => {
      const period = periodAt(noon, { everyHours })
      const times = Array.from({ length: 5_000 }, (_, place) => slotOf(`customer-${place}`, period, { everyHours }))
      return (Math.max(...times.map(Number)) - period.startsAt) / 60_000
    }
    expect(latest(24)).toBeLessThan(20 * 60)
    expect(latest(24)).toBeGreaterThan(19.9 * 60)
    expect(latest(1)).toBeLessThan(50)
  })

  test('names a job by its organization and period', () => {
    const today = periodAt(noon, settings)
    expect(jobIdOf('acme', today)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(jobIdOf('acme', today)).toBe(jobIdOf('acme', today))
    expect(jobIdOf('acme', today)).not.toBe(jobIdOf('acme', nextPeriod(today, settings)))
    expect(jobIdOf('acme', today)).not.toBe(jobIdOf('other', today))
  })
})
