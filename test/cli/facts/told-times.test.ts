import { describe, expect, it } from 'vitest'
import { timesIn } from '../../../src/cli/facts/told-times.ts'

const told = (text: string, column: readonly string[] = [text]) => {
  const time = timesIn(column)(text)
  return time.kind === 'time' ? time.at : time.kind
}

describe('a time in a file', () => {
  it.each([
    ['2026-11-20', '2026-11-20T00:00:00.000Z'],
    ['2026/11/20', '2026-11-20T00:00:00.000Z'],
    ['2026-11-20 07:05', '2026-11-20T07:05:00.000Z'],
    ['2026-11-20 07:05:09.123 UTC', '2026-11-20T07:05:09.000Z'],
    ['2026-11-20T07:05:09', '2026-11-20T07:05:09.000Z'],
    ['2026-11-20T07:05:09+02:00', '2026-11-20T05:05:09.000Z'],
    ['20 Nov 2026', '2026-11-20T00:00:00.000Z'],
    ['20-Nov-2026 11:30 PM', '2026-11-20T23:30:00.000Z'],
    ['November 20, 2026', '2026-11-20T00:00:00.000Z'],
    ['Sept 1, 2026 12:00:00 AM', '2026-09-01T00:00:00.000Z'],
    ['20/11/2026', '2026-11-20T00:00:00.000Z'],
    ['11/20/2026', '2026-11-20T00:00:00.000Z'],
    ['05/05/2026', '2026-05-05T00:00:00.000Z'],
  ])('%s is read', (text, at) => {
    expect(told(text)).toBe(at)
  })

  it.each(['2026-02-30', '2026-11-20 25:00', '20 Foo 2026', '11.20', '46000', 'yesterday', '2026-11-20 13:00 PM', ''])(
    '%s is not read',
    (text) => {
      expect(told(text)).toBe('unreadable')
    },
  )

  it.each(['never', 'N/A', '-', '0001-01-01', '1970-01-01T00:00:00Z', '01/01/1601'])(
    '%s says that there is none',
    (text) => {
      expect(told(text)).toBe('none')
    },
  )

  it('is read by the order that another one of its column tells, and not where none does or they differ', () => {
    const april = '03/04/2026'
    expect(told(april)).toBe('ambiguous')
    expect(told(april, [april, '25/12/2025'])).toBe('2026-04-03T00:00:00.000Z')
    expect(told(april, [april, '12/25/2025'])).toBe('2026-03-04T00:00:00.000Z')
    expect(told(april, [april, '12/25/2025', '25/12/2025'])).toBe('ambiguous')
  })
})
