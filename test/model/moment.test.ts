import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isDay, momentOf, toldMomentOf } from '../../src/model/comparing.ts'

describe('a moment', () => {
  test.each([
    ['2026-11-20T10:00:00Z', '2026-11-20T10:00:00.000Z'],
    ['2026-11-20T10:00Z', '2026-11-20T10:00:00.000Z'],
    ['2026-11-20T10:00:00.1Z', '2026-11-20T10:00:00.100Z'],
    ['2026-11-20T10:00:00.123456789Z', '2026-11-20T10:00:00.123Z'],
    ['2026-11-20T10:00:00+02:00', '2026-11-20T08:00:00.000Z'],
    ['2026-11-20T10:00:00.000+0000', '2026-11-20T10:00:00.000Z'],
    ['2026-11-20T20:00:00-05:30', '2026-11-21T01:30:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59.000Z'],
  ])('is what %s names', (text, moment) => {
    expect(toldMomentOf(text)).toBe(moment)
    expect(momentOf(text)).toBe(Date.parse(moment))
  })

  test.each([
    '',
    ' ',
    '0',
    '5',
    'never 1',
    'n/a 3',
    'tomorrow',
    'Fri 20 Nov',
    'Fri, 20 Nov 2026 10:00:00 GMT',
    '28/11/2026',
    '1764324000',
    '2026',
    '2026-11',
    '2026-11-28',
    '2026-13-01',
    '2026-11-28T10:00:00',
    '2026-11-28 10:00:00Z',
    '2026-11-28T10:00:00z',
    ' 2026-11-28T10:00:00Z',
    '2026-11-28T10:00:00Z\n',
    '2026-11-28T10Z',
    '2026-11-28T10:00:00+25:00',
    '2026-11-28T10:00:00+02:60',
    '2026-11-28T10:00:00+2',
    '2026-02-29T10:00:00Z',
    '2026-02-30T10:00:00Z',
    '2026-04-31T10:00:00Z',
    '2026-00-10T10:00:00Z',
    '2026-11-00T10:00:00Z',
    '2026-11-28T24:00:00Z',
    '2026-11-28T10:60:00Z',
    '2026-11-28T10:00:60Z',
    '2026-11-28T10:00:00.1234567890Z',
    '+012026-11-28T10:00:00Z',
    '２０２６-11-28T10:00:00Z',
    undefined,
    null,
    true,
    0,
    1764324000,
    {},
    ['2026-11-28T10:00:00Z'],
  ])('is not what %j names', (text) => {
    expect([momentOf(text), toldMomentOf(text)]).toEqual([undefined, undefined])
  })

  test('is the one that was written down, whatever it was', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(1), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true }),
        (date) => {
          expect(momentOf(date.toISOString())).toBe(date.getTime())
          expect(toldMomentOf(date.toISOString())).toBe(date.toISOString())
        },
      ),
    )
  })

  test.each([2023, 2024])('is on a day that the calendar of %i has', (year) => {
    for (let month = 1; month <= 12; month++) {
      for (let day = 1; day <= 31; day++) {
        const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}T10:00:00.000Z`
        const isThere = new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day
        expect([text, toldMomentOf(text)]).toEqual([text, isThere ? text : undefined])
      }
    }
  })

  test('is not told by the zero of some clock', () => {
    expect(['0001-01-01T00:00:00Z', '1601-01-01T00:00:00Z', '1970-01-01T00:00:00Z'].map(toldMomentOf)).toEqual(
      Array(3).fill(undefined),
    )
    expect(momentOf('0001-01-01T00:00:00Z')).toBe(-62_135_596_800_000)
  })
})

describe('a day', () => {
  test('is one that the calendar has', () => {
    expect(['2026-01-31', '2024-02-29', '0026-01-01'].map(isDay)).toEqual([true, true, true])
  })

  test.each(['2026-02-30', '2026-02-29', '2026-13-01', '2026-00-01', '2026-1-1', '2026-01-01T00:00:00Z', '', 'today'])(
    'is not what %j names',
    (text) => {
      expect(isDay(text)).toBe(false)
    },
  )
})
