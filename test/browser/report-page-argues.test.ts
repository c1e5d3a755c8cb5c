import { readFile } from 'node:fs/promises'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { known } from '../../src/model/count.ts'
import { renderReport, textOf } from '../../src/render/index.ts'
import type { Finding, LicenseReport } from '../../src/report/license-report.ts'
import { describeInChromium } from './support/chromium.ts'
import { eventually, LOOKING_MS, openEverything, violationsAtSizes } from './support/looking.ts'
import { organization, withLicenses } from './support/organization.ts'

const SIZES = [390, 768, 1440].map((width) => ({ width, height: 900 }))

const text = (page: Page, selector: string) => page.locator(selector).innerText()

/** Of the first users of `genesys`: each could do without two licenses. */
const dormant = (report: LicenseReport, count: number): readonly Finding[] =>
  (report.users ?? [])
    .filter(({ provider }) => provider === 'genesys')
    .slice(0, count)
    .flatMap(({ id, displayName }) =>
      ['half', 'over'].map(
        (licenseId): Finding => ({
          rule: 'dormant-holder',
          id: `${id}-${licenseId}`,
          group: id,
          message: `${displayName} has not been active for 120 days and holds ${licenseId}`,
          provider: 'genesys',
          licenseId,
          userId: id,
          evidence: { lastActiveAt: '2026-07-18T20:30:00.000Z', days: 120 },
          seats: known(1),
          cost: { kind: 'known', amounts: [{ amount: 4_200, currency: 'EUR' }] },
          removals: [{ provider: 'genesys', userId: id, licenseId }],
        }),
      ),
    )

const withDormant = (report: LicenseReport, count: number): LicenseReport => {
  const found = dormant(report, count)
  const both = { seats: known(2), cost: { kind: 'known', amounts: [{ amount: 8_400, currency: 'EUR' }] } } as const
  const groups = found
    .filter((_, place) => place % 2 === 0)
    .map(({ group = '', rule, message, provider, userId }) => ({
      id: group,
      rule,
      message,
      provider,
      userId,
      findings: [`${group}-half`, `${group}-over`],
      ...both,
    }))
  return { ...report, findings: found, findingGroups: groups, abstentions: [] }
}

describeInChromium('the page of a report, to act on', (openPage) => {
  const openReport = async (report: LicenseReport, options?: BrowserContextOptions) =>
    openPage(textOf(await renderReport(report, { format: 'html' })), options)
  const report = withDormant(organization(60), 12)

  it(
    'has nothing that axe-core complains of, at any width, in light or dark',
    async () => {
      // Rows are all alike, and axe-core looks at each of them.
      const { page } = await openReport(withDormant(organization(12), 2), { timezoneId: 'Asia/Kolkata' })
      await openEverything(page)
      expect(await violationsAtSizes(page, SIZES)).toEqual([])
    },
    LOOKING_MS,
  )

  it.each(SIZES)('needs no scrolling to the side, $width pixels wide', async (viewport) => {
    const { page } = await openReport(report, { viewport, timezoneId: 'Asia/Kolkata' })
    await openEverything(page)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(viewport.width)
  })

  it('makes a file of the seats in the findings that were searched for', async () => {
    const { page, requests, complaints } = await openReport(report, { acceptDownloads: true })
    expect(await text(page, '#finding-matches')).toBe('12 findings; 24 seats can be given up')
    await page.locator('#finding-filters input').fill('ada')
    await eventually(() => text(page, '#finding-matches')).toBe('2 of 12 findings match; 4 seats can be given up')
    expect(await page.locator('#open-dormant-holder > li').count()).toBe(2)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download CSV' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('seats.csv')
    const [first, ...seats] = (await readFile(await download.path(), 'utf8')).split('\r\n')
    expect(first).toBe('\ufeffprovider,user,action,license')
    expect(seats).toEqual([
      'genesys,genesys-0,remove,half',
      'genesys,genesys-0,remove,over',
      'genesys,genesys-10,remove,half',
      'genesys,genesys-10,remove,over',
      '',
    ])
    expect(requests).toEqual([])
    expect(complaints).toEqual([])
  })

  it('copies the same', async () => {
    const permissions = ['clipboard-read', 'clipboard-write']
    const { page } = await openReport(report, { permissions })
    await page.getByRole('button', { name: 'Copy as CSV' }).click()
    await eventually(() => text(page, '#finding-matches')).toBe('24 seats copied')
    expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(/^provider,user,action,license\r?\ngenesys,/)
  })

  it('finds people by department and by what was found about them', async () => {
    const { page } = await openReport(report)
    const filters = page.locator('#people-filters')
    await filters.getByRole('combobox', { name: 'Dormant or other finding' }).selectOption({ index: 2 })
    await eventually(() => text(page, '#people-matches')).toBe('12 of 60 people match')
    await filters.getByRole('combobox', { name: 'Department' }).selectOption('Sales')
    const inSales = report.users?.filter(
      ({ id, department }) => department === 'Sales' && report.findings?.some(({ userId }) => userId === id),
    ).length
    await eventually(() => text(page, '#people-matches')).toBe(`${inSales} of 60 people match`)
  })

  it('sorts licenses by each column, what is not known last', async () => {
    const { page } = await openReport(report)
    const table = page.locator('#licenses table').first()
    const names = () => table.locator('tbody th').evaluateAll((cells) => cells.map((cell) => cell.textContent))
    const heading = table.getByRole('button', { name: 'Available' })
    await heading.click()
    await eventually(names).toEqual(['Over-assigned', 'Half in useHALF', 'Not told'])
    await heading.click()
    await eventually(names).toEqual(['Half in useHALF', 'Over-assigned', 'Not told'])
    expect(await table.locator('th[aria-sort]').getAttribute('aria-sort')).toBe('descending')
    await table.getByRole('button', { name: 'License' }).click()
    await eventually(names).toEqual(['Half in useHALF', 'Not told', 'Over-assigned'])
  })

  it('folds free licenses away, those of people too, and finds them nevertheless', async () => {
    const licenses = report.licenses.map((row) =>
      row.id === 'endless' ? { ...row, purchased: { kind: 'notApplicable' } as const } : row,
    )
    const { page } = await openReport({ ...report, licenses: [...withLicenses(report, 15).licenses, ...licenses] })
    const row = page.locator('#licenses tr:has-text("Without limit")')
    expect(await row.isVisible()).toBe(false)
    await page.locator('#license-search input').fill('without limit')
    await eventually(() => row.isVisible()).toBe(true)
    const held = page.locator('.people .held', { hasText: '1 free' }).first()
    expect(await held.innerText()).not.toContain('Without limit')
    await held.locator('summary').click()
    await eventually(() => held.innerText()).toContain('Without limit')
  })

  it('has times in the zone of its reader, with UTC beside', async () => {
    const { page } = await openReport(report, { timezoneId: 'Asia/Kolkata' })
    await page.locator('#findings summary').first().click()
    await eventually(() => text(page, '#open-dormant-holder > li:first-child > .muted')).toContain(
      'last active: 2026-07-19 02:00 UTC+5:30 (2026-07-18 20:30 UTC)',
    )
    const [active] = await page.locator('.people td.date time').allInnerTexts()
    expect(active?.replace(/\s+/g, ' ')).toMatch(/^2026-\d\d-\d\d 05:30 UTC\+5:30 2026-\d\d-\d\d 00:00 UTC$/)
  })

  it('has tables on a tablet, and cards on a phone', async () => {
    const displayOf = (page: Page, selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => getComputedStyle(element).display)
    const { page: tablet } = await openReport(report, { viewport: { width: 768, height: 1_024 } })
    const { page: phone } = await openReport(report, { viewport: { width: 390, height: 844 } })
    for (const cell of ['.licenses tbody td', '.people tbody td', '#quality tbody td']) {
      expect(await displayOf(tablet, cell)).toBe('table-cell')
      expect(await displayOf(phone, cell)).not.toBe('table-cell')
    }
  })

  it('draws the cost of providers and departments, and says it in words', async () => {
    const { page } = await openReport(report)
    const [departments] = await page
      .locator('#cost svg.shares')
      .evaluateAll((charts) => charts.map((chart) => chart.getAttribute('aria-label')))
    expect(departments).toBe(
      'Cost per month: Department (seats that people hold): Research 50%, Support 33%, Sales 17%',
    )
  })

  it('is printed on ten pages at most, and on more where everything is asked for', async () => {
    const many = withDormant(withLicenses(organization(300), 120), 90)
    const groups = many.licenses
      .slice(0, 40)
      .map(({ name }) => ({ kind: 'named', name, users: known(1), people: known(1), seats: known(1) }) as const)
    const { page } = await openReport({ ...many, groups: { by: 'department', rows: groups } })
    await openEverything(page)
    const margin = { top: '12mm', right: '12mm', bottom: '12mm', left: '12mm' }
    const pages = async () => {
      const pdf = await page.pdf({ format: 'A4', margin })
      return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
    }
    expect(await pages()).toBeLessThanOrEqual(10)
    await page.locator('#print-all').check()
    expect(await pages()).toBeGreaterThan(10)
  })
})
