import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { numberText } from '../../src/model/quantity.ts'
import { renderReport, textOf } from '../../src/render/index.ts'
import { describeInChromium } from './support/chromium.ts'
import { eventually } from './support/looking.ts'
import { organization, withIdleHolders, withLicenses } from './support/organization.ts'

const SLOWNESS = 3

const MOST_BYTES = 30_000_000

const bytesOf = (text: string): number => new TextEncoder().encode(text).length

/** While a user reads, the page reads what a search needs. */
const isPrepared = (page: Page): Promise<void> =>
  eventually(() => page.evaluate("performance.getEntriesByName('prepared').length")).toBe(1)

describeInChromium('the report of a large organization as a page', (openPage, timeToOpen) => {
  it.each([
    ['100,000 people', () => organization(100_000)],
    ['50,000 people and 2,000 licenses', () => withLicenses(organization(50_000), 2_000)],
  ])(
    'opens, filters and sorts %s within a second each',
    async (title, reportOf) => {
      const file = textOf(await renderReport(reportOf(), { format: 'html' }))
      expect(bytesOf(file)).toBeLessThan(MOST_BYTES)
      const opened = await timeToOpen(file)
      const { page } = await openPage(file)
      await isPrepared(page)
      const filtered = Number(
        await page.evaluate(`(() => {
        const search = document.querySelector('#people-filters input')
        const started = performance.now()
        search.value = 'garcia half'
        search.dispatchEvent(new Event('input', { bubbles: true }))
        document.querySelector('.people').getBoundingClientRect()
        return performance.now() - started
      })()`),
      )
      const sorted = Number(
        await page.evaluate(`(() => {
        const started = performance.now()
        document.querySelector('th[data-column="licenses"] button').click()
        document.querySelector('.people').getBoundingClientRect()
        return performance.now() - started
      })()`),
      )
      console.info(
        `${title}: opened in ${Math.round(opened)} ms, filtered in ${Math.round(filtered)} ms, sorted in ${Math.round(sorted)} ms`,
      )
      expect(await page.locator('.people tbody tr').count()).toBe(50)
      // Opening is what a slow machine of CI takes a multiple of.
      expect(opened).toBeLessThan(1_000 * SLOWNESS)
      expect(filtered).toBeLessThan(1_000)
      expect(sorted).toBeLessThan(1_000)
    },
    60_000,
  )

  it('opens and searches 183,000 findings of 100,000 people within a second each, and stays below 30 MB', async () => {
    const holders = 61_000
    const findings = '183,000'
    const report = withIdleHolders(organization(100_000), holders)
    expect(numberText(report.findings?.length ?? 0)).toBe(findings)
    const file = textOf(await renderReport(report, { format: 'html' }))
    expect(bytesOf(file)).toBeLessThan(MOST_BYTES)
    const opened = await timeToOpen(file)
    const { page, complaints } = await openPage(file)
    await isPrepared(page)
    const searches = (await page.evaluate(`['idle', 'garcia 11', ''].map((text) => {
      const search = document.querySelector('#finding-filters input')
      const started = performance.now()
      search.value = text
      search.dispatchEvent(new Event('input', { bubbles: true }))
      document.querySelector('#findings').getBoundingClientRect()
      return Math.round(performance.now() - started)
    })`)) as readonly number[]
    console.info(
      `${findings} findings: ${(bytesOf(file) / 1_000_000).toFixed(1)} MB, opened in ${Math.round(opened)} ms, searched in ${searches.join(', ')} ms`,
    )
    expect(await page.locator('#finding-matches').textContent()).toBe(
      `${numberText(holders)} findings; ${findings} seats can be given up`,
    )
    expect(complaints).toEqual([])
    expect(opened).toBeLessThan(1_000 * SLOWNESS)
    for (const took of searches) expect(took).toBeLessThan(1_000)
  }, 300_000)
})
