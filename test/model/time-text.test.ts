import { describe, expect, test, vi } from 'vitest'
import { timeText } from '../../src/model/time-text.ts'

test.each([
  ['2026-11-20T10:00:59.999Z', '2026-11-20 10:00 UTC'],
  ['2026-11-20T01:00:00+02:00', '2026-11-19 23:00 UTC'],
  ['2026-11-20T00:00:00Z', '2026-11-20 00:00 UTC'],
  ['some day', 'some day'],
  ['', ''],
])('%j is %j for people', (iso, text) => {
  expect(timeText(iso)).toBe(text)
})

test('many times in UTC need no new format each', () => {
  const made = vi.spyOn(Intl, 'DateTimeFormat')
  for (let minute = 10; minute < 60; minute++) timeText(`2026-11-20T10:${minute}:00Z`)
  expect(made).not.toHaveBeenCalled()
  made.mockRestore()
})

describe('in the zone of a reader', () => {
  test.each([
    ['Europe/Berlin', '2026-11-20T23:30:00Z', '2026-11-21 00:30 UTC+1'],
    ['Europe/Berlin', '2026-06-20T22:00:00Z', '2026-06-21 00:00 UTC+2'],
    ['America/New_York', '2026-11-20T03:00:00Z', '2026-11-19 22:00 UTC-5'],
    ['Asia/Kolkata', '2026-11-20T10:00:00Z', '2026-11-20 15:30 UTC+5:30'],
    ['Europe/London', '2026-11-20T10:00:00Z', '2026-11-20 10:00 UTC'],
    ['Europe/London', '2026-06-20T10:00:00Z', '2026-06-20 11:00 UTC+1'],
    ['UTC', '2026-11-20T10:00:00Z', '2026-11-20 10:00 UTC'],
  ])('%s, %j is %j', (timeZone, iso, text) => {
    expect(timeText(iso, timeZone)).toBe(text)
  })

  test('that the system does not know, it is in UTC', () => {
    expect(timeText('2026-11-20T10:00:00Z', 'Mars/Olympus')).toBe('2026-11-20 10:00 UTC')
  })

  test('what is not a time stays as it is', () => {
    expect(timeText('some day', 'Europe/Berlin')).toBe('some day')
  })
})
