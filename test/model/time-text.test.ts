import { expect, test } from 'vitest'
import { timeText } from '../../src/model/time-text.ts'

test.each([
  ['2026-11-20T10:00:59.999Z', '2026-11-20 10:00 UTC'],
  ['2026-11-20T01:00:00+02:00', '2026-11-19 23:00 UTC'],
  ['some day', 'some day'],
  ['', ''],
])('%j is %j for people', (iso, text) => {
  expect(timeText(iso)).toBe(text)
})
