import { expect, it } from 'vitest'
import { createLicenseReport } from '../../src/index.ts'
import { piecesOf, renderReport } from '../../src/render/index.ts'
import { organization, user } from '../report/reported-organization.ts'

/** V8 keeps a text that takes more bytes apart, and for longer than one that takes less. */
const LARGE = 1 << 17

it.each(['table', 'md', 'csv', 'json'] as const)(
  'a report by person is written in pieces that are in memory for a short time only: %s',
  async (format) => {
    const users = Array.from({ length: 2_000 }, (_, index) => ({
      ...user(`00000000-0000-4000-8000-${String(index).padStart(12, '0')}`, ['a', 'b']),
      displayName: `Grace Hopper the ${index}th`,
      email: `grace.hopper.${index}@example.com`,
      department: `Department ${index % 40}`,
      lastActiveAt: '2026-01-31T10:00:00Z',
    }))
    const report = await createLicenseReport({ detail: true })([organization('one', { users })])()
    const sizes = Array.from(piecesOf(await renderReport(report, { format, layout: 'user' })), ({ length }) => length)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeGreaterThan(2 * LARGE)
    expect(Math.max(...sizes)).toBeLessThan(LARGE)
  },
)
