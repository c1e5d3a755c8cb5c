import type { BrowserContextOptions } from 'playwright-core'
import { expect, it } from 'vitest'
import { renderTrend, textOf } from '../../src/render/index.ts'
import type { Trend } from '../../src/snapshot/index.ts'
import { describeInChromium } from './support/chromium.ts'
import { ATTACKS, LOOKING_MS, openEverything, violationsAtSizes } from './support/looking.ts'
import { everyOther, incompleteTrend, sharingName, trendNamed, trendOf } from './support/trends.ts'

const DESKTOP = { width: 1280, height: 900 }
const PHONE = { width: 390, height: 844 }

describeInChromium('the trend as a page', (openPage) => {
  const openTrend = async (trend: Trend, options?: BrowserContextOptions) =>
    openPage(textOf(await renderTrend(trend, { format: 'html' })), options)
  const many = incompleteTrend(200, 24)
  // As few as are not "few", all kinds among them: axe-core takes its time for each.
  const some = incompleteTrend(16, 8)
  const few = trendOf(8, 24)

  it.each([
    ['some licenses', some, [DESKTOP, PHONE]],
    ['few licenses', trendOf(3, 6), [DESKTOP]],
  ] as const)(
    'has nothing that axe-core complains of: %s, in light or dark',
    async (_, trend, sizes) => {
      const { page } = await openTrend(trend)
      await openEverything(page)
      expect(await violationsAtSizes(page, sizes)).toEqual([])
    },
    LOOKING_MS,
  )

  it('asks for nothing, and breaks its own policy nowhere', async () => {
    const { page, requests, complaints } = await openTrend(some)
    await openEverything(page)
    await page.emulateMedia({ media: 'print' })
    expect(requests).toEqual([])
    expect(complaints).toEqual([])
    expect(await page.locator('script').count()).toBe(0)
  })

  it('lets no script run, and nothing be loaded', async () => {
    const { page } = await openTrend(few)
    const refused = page.waitForEvent('requestfailed')
    await page.evaluate(`
      const script = document.createElement('script')
      script.textContent = 'document.title = "taken over"'
      const image = document.createElement('img')
      image.src = 'https://example.com/image.png'
      document.body.append(script, image)`)
    expect((await refused).failure()?.errorText).toBe('csp')
    expect(await page.title()).toBe('Utilization of licenses over time, 20 Nov 2026')
  })

  it('fits a phone with 200 licenses and 24 snapshots, everything closed or opened', async () => {
    const { page } = await openTrend(many, { viewport: PHONE })
    const width = () => page.evaluate('document.documentElement.scrollWidth')
    expect(await width()).toBeLessThanOrEqual(PHONE.width)
    await openEverything(page)
    expect(await width()).toBeLessThanOrEqual(PHONE.width)
  })

  it('says first what cannot be used, what is missing, and why', async () => {
    const { page } = await openTrend(some)
    const first = page.locator('main > section').first()
    const text = (await first.innerText()).replace(/\s+/g, ' ')
    expect(text).toMatch(/^This trend is not complete/)
    expect(text).toContain('1 snapshot left out 2025-03-21: webex-emea.users.ndjson: it was changed')
    expect(text).toContain('2025-03-20, 20 Mar 2025, 10:00 UTC Webex APAC failed too many requests')
    expect(text).toContain(
      '2025-05-20, 20 May 2025, 10:00 UTC Webex APAC partial the list of users lacks page 3: the vendor answered nonsense',
    )
  })

  it('says nothing of that where everything is known', async () => {
    const { page } = await openTrend(few)
    expect(await page.locator('#missing').count()).toBe(0)
    expect(await page.locator('main > section h2').first().innerText()).toBe(
      'Licenses by utilization in the last snapshot',
    )
  })

  it('has a line that breaks where nothing is known, and a mark there', async () => {
    const { page } = await openTrend(few)
    const chart = page.locator('figure', { has: page.getByRole('heading', { name: 'Genesys Cloud CX 2 5' }) })
    const values = few.licenses.find(({ id }) => id === 'license-5')?.points.map(({ utilization }) => utilization.kind)
    expect(values?.filter((kind) => kind === 'unknown')).toHaveLength(4)
    const path = (await chart.locator('.path').getAttribute('d')) ?? ''
    expect(path.match(/M/g)).toHaveLength(5)
    expect(await chart.locator('circle').count()).toBe(20)
    expect(await chart.locator('text.label', { hasText: '·' }).count()).toBe(4)
    expect(await chart.getByRole('img').getAttribute('aria-label')).toMatch(/unknown in 4 of 24 snapshots$/)
  })

  it('begins with what has changed the most where there are many licenses', async () => {
    const { page } = await openTrend(incompleteTrend(40, 8))
    expect(await page.locator('#changed figure').count()).toBe(6)
    const changes = await page.locator('#changed .change').allInnerTexts()
    const sizes = changes.map((text) => Math.abs(Number.parseInt(text, 10)))
    expect(sizes).toEqual([...sizes].sort((one, other) => other - one))
    expect(await page.locator('.series').count()).toBe(38)
    await page.getByRole('link', { name: 'Without utilization' }).click()
    await page.locator('#undrawn summary').click()
    expect(await page.locator('#undrawn li').count()).toBe(2)
    expect(await page.locator('#undrawn li').first().innerText()).toContain('the vendor does not tell what was bought')
  })

  it('opens a license by keyboard, with its chart and the figures behind it', async () => {
    const { page } = await openTrend(some)
    const series = page.locator('.series').first()
    expect(await series.locator('.opened').isVisible()).toBe(false)
    await series.locator('summary').first().focus()
    await page.keyboard.press('Enter')
    expect(await series.getByRole('img').isVisible()).toBe(true)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(await series.locator('tbody tr').count()).toBe(8)
    expect(await series.locator('tbody tr').first().isVisible()).toBe(true)
  })

  it('tells providers of one name apart, wherever it names them', async () => {
    const { page } = await openTrend(sharingName(incompleteTrend(30, 8)))
    expect(await page.locator('#missing').innerText()).toContain('Webex (webex-apac)')
    expect(await page.locator('nav').innerText()).toContain('Webex (webex-emea)')
    expect(await page.locator('nav').innerText()).toMatch(/(?:^|\n)Genesys Cloud(?:\n|$)/)
    expect(await page.locator('#snapshots').innerText()).toContain('Webex (webex-apac)')
    const headings = await page.locator('main > section h2').allInnerTexts()
    expect(headings).toContain('Webex (webex-emea)')
  })

  it.each([
    ['one snapshot', trendOf(8, 1), 'figure .plot', 7],
    ['one snapshot of many licenses', trendOf(40, 1), '.spark', 38],
    ['every other snapshot, of many licenses', everyOther(trendOf(40, 6)), '.spark', 111],
  ] as const)('has a dot to be seen where no line leads to a value: %s', async (_, trend, drawing, count) => {
    const { page } = await openTrend(trend)
    const dots = page.locator(`${drawing} circle`)
    expect(await dots.count()).toBe(count)
    for (const viewport of [DESKTOP, PHONE]) {
      await page.setViewportSize(viewport)
      const { width = 0, height = 0 } = (await dots.first().boundingBox()) ?? {}
      for (const size of [width, height]) expect(size).toBeGreaterThanOrEqual(5)
    }
  })

  it('takes nothing that anybody else says for anything but text', async () => {
    const { page, requests, complaints } = await openTrend(trendNamed(ATTACKS.map(({ told }) => told).join(' ')))
    await openEverything(page)
    const shown = await page.locator('body').innerText()
    for (const attack of ATTACKS) expect(shown).toContain(attack.seen)
    expect(await page.evaluate('globalThis.attacked')).toBeUndefined()
    expect(await page.locator('main img, main iframe, main a:not([href^="#"])').count()).toBe(0)
    expect(requests).toEqual([])
    expect(complaints).toEqual([])
  })
})
