import { describe, expect, test } from 'vitest'
import { readRetryAfter } from '../../../src/provider-kit/transport/retry-after.ts'

const now = Date.parse('2026-11-20T10:00:00.000Z')

describe('a Retry-After', () => {
  for (const { header, ms } of [
    { header: '120', ms: 120_000 },
    { header: ' 120 ', ms: 120_000 },
    { header: '1.5', ms: 1_500 },
    { header: '0.0001', ms: 1 },
    { header: '2.25', ms: 2_250 },
    { header: '999999999', ms: 999_999_999_000 },
    { header: 'Fri, 20 Nov 2026 10:00:07 GMT', ms: 7_000 },
    { header: 'Fri, 20 Nov 2026 10:00:07', ms: 7_000 },
    { header: 'Friday, 20-Nov-26 10:00:07 GMT', ms: 7_000 },
    { header: 'Fri 20 Nov 2026 10:00:07 GMT', ms: 7_000 },
    { header: '2026-11-20T10:00:07Z', ms: 7_000 },
    { header: '2026-11-21T00:00:00.000Z', ms: 14 * 3_600_000 },
  ]) {
    test(`of "${header}" names a wait of ${ms} ms`, () => {
      expect(readRetryAfter(header, now)).toBe(ms)
    })
  }

  test.each([...['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'].entries()])(
    'may be in month %i, %s',
    (index, month) => {
      const start = Date.UTC(2027, index, 15, 10)
      expect(readRetryAfter(`Fri, 15 ${month} 2027 10:00:07 GMT`, start)).toBe(7_000)
    },
  )

  for (const header of [
    undefined,
    '',
    '   ',
    '0',
    '0.0',
    '-5',
    '1.',
    '.5',
    '1e3',
    '5s',
    'in 5',
    '1234567890',
    '12 34',
    'rand(30),add(30)',
    'Infinity',
    '2099-01-01',
    '2099-01-01T10:00:00',
    '20 Nov 2099 10:00:07 GMT',
    'Maybe Fri, 20 Nov 2099 10:00:07 GMT',
    'Fri, 20 Nov 2099',
    'Fri, 20 Nov 2099 10:00:07 GMT or so',
    'Fri, 20 Nov 2099 10:00:07 (or so)',
    'Fri, 20 Nov 2099 9:00:07 GMT',
    'Fri, 20 Nov 2026 10:00:00 GMT',
    'Fri, 20 Nov 2026 09:59:59 GMT',
    'Fri, 20 Nov 2026 99:99:99 GMT',
    'Wed, 31 Feb 2027 10:00:07 GMT',
    'Fri, 00 Nov 2099 10:00:07 GMT',
    'Fri, 20 Nov 2099 24:00:00 GMT',
    'Fri, 20 Nov 2099 10:60:00 GMT',
    'Fri, 20 Nev 2099 10:00:07 GMT',
    'Fri, n/a 3 10:00:07 GMT',
  ]) {
    test(`of ${JSON.stringify(header)} names no wait`, () => {
      expect(readRetryAfter(header, now)).toBeUndefined()
    })
  }
})
