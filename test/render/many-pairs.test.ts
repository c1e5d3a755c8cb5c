import { describe, expect, it } from 'vitest'
import { createLicenseReport, type LicenseReport } from '../../src/index.ts'
import { renderReport, textOf } from '../../src/render/index.ts'
import { organization, user } from '../report/reported-organization.ts'

const render = async (format: 'html' | 'md', report: LicenseReport) => textOf(await renderReport(report, { format }))

const reportOf = (count: number, inAll: number) =>
  createLicenseReport({ detail: true, findings: {} })(
    Array.from({ length: count }, (_, index) =>
      organization(`p${index}`, {
        users: [
          user(`u${index}`, ['a']),
          ...(index < inAll ? [user('admin', ['a'])] : []),
          ...(index < 2 ? [user('ada', ['a'])] : []),
        ],
      }),
    ),
  )()

describe('a report on very many pairs of providers', () => {
  it('is no longer for the pairs in which nobody is', async () => {
    const [page, half] = [await render('html', await reportOf(400, 0)), await render('html', await reportOf(200, 0))]
    expect(page.length / half.length).toBeLessThan(2.1)
    expect(page).toContain('people in both of 79,799 more pairs of providers: 0')
  })

  it.each(['html', 'md'] as const)(
    'shows the pairs with most people as %s, and says how many more there are',
    async (format) => {
      const text = await render(format, await reportOf(30, 30))
      expect(text).toContain('335 more pairs of providers have people in both; the json format has all')
      expect(text.split('licensed both in').length - 1).toBe(format === 'html' ? 100 : 0)
    },
  )
})
