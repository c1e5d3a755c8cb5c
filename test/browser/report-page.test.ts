import type { BrowserContextOptions, Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { known } from '../../src/model/count.ts'
import { renderReport, textOf } from '../../src/render/index.ts'
import type { LicenseReport } from '../../src/report/license-report.ts'
import { describeInChromium } from './support/chromium.ts'
import { ATTACKS, eventually, LOOKING_MS, openEverything, violationsAtSizes, violationsOf } from './support/looking.ts'
import { organization, withLicenses } from './support/organization.ts'

const DESKTOP = { width: 1440, height: 900 }
const TABLET = { width: 768, height: 1_024 }
const PHONE = { width: 360, height: 740 }

const namesOf = (page: Page) => page.locator('.people tbody .person').allTextContents()

const text = (page: Page, selector: string) => page.locator(selector).innerText()

describeInChromium('the report as a page', (openPage) => {
  const texts = new Map<LicenseReport, Promise<string>>()
  /** The page of a report, which is made once. */
  const pageOf = (shown: LicenseReport): Promise<string> => {
    const made = texts.get(shown) ?? renderReport(shown, { format: 'html' }).then(textOf)
    texts.set(shown, made)
    return made
  }
  const openReport = async (shown: LicenseReport, options?: BrowserContextOptions) =>
    openPage(await pageOf(shown), options)
  const report = organization(300)
  const partial = incomplete(report)
  const manyLicenses = withLicenses(report, 2_000)

  it(
    'has nothing that axe-core complains of, on a desktop, a tablet or a phone, in light or dark',
    async () => {
      const { page } = await openReport(fewOfEach(organization(12)))
      await openEverything(page)
      expect(await violationsAtSizes(page, [DESKTOP, TABLET, PHONE])).toEqual([])
    },
    LOOKING_MS,
  )

  it('has nothing that axe-core complains of where something is missing', async () => {
    const { page } = await openReport(incomplete(fewOfEach(organization(12))))
    await openEverything(page)
    expect(await violationsOf(page)).toEqual([])
  })

  it.each([
    ['Asia/Kolkata', '21 November 2026, 01:30 UTC+5:30 (20 November 2026, 20:00 UTC)'],
    ['America/New_York', '20 November 2026, 15:00 UTC-5 (20 November 2026, 20:00 UTC)'],
    ['UTC', '20 November 2026, 20:00 UTC'],
  ])('says in the zone of its reader, %s, and in UTC, when it was made', async (timezoneId, shown) => {
    const { page } = await openReport({ ...report, generatedAt: '2026-11-20T20:00:00.000Z' }, { timezoneId })
    expect(await text(page, 'header time')).toBe(shown)
    expect(await page.locator('header time').getAttribute('datetime')).toBe('2026-11-20T20:00:00.000Z')
  })

  it('says in UTC when it was made, where its script does not run', async () => {
    const shown = { ...report, generatedAt: '2026-11-20T20:00:00.000Z' }
    const { page } = await openReport(shown, { timezoneId: 'Asia/Kolkata', javaScriptEnabled: false })
    expect(await text(page, 'header time')).toBe('20 November 2026, 20:00 UTC')
  })

  it('asks for nothing, and breaks its own policy nowhere', async () => {
    const { page, requests, complaints } = await openReport(report)
    await openEverything(page)
    await page.locator('#people-filters input').fill('ada')
    await page.emulateMedia({ media: 'print' })
    expect(requests).toEqual([])
    expect(complaints).toEqual([])
  })

  it('lets no other script run, and nothing be loaded', async () => {
    const { page } = await openReport(report)
    const refused = page.waitForEvent('requestfailed')
    await page.evaluate(`
      const script = document.createElement('script')
      script.textContent = 'document.title = "taken over"'
      const image = document.createElement('img')
      image.src = 'https://example.com/image.png'
      document.body.append(script, image)`)
    expect((await refused).failure()?.errorText).toBe('csp')
    expect(await page.title()).toContain('License report')
  })

  it('fits a phone, and needs no scrolling to the side', async () => {
    const { page } = await openReport(report, { viewport: PHONE })
    await openEverything(page)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(PHONE.width)
  })

  it('has room for the groups of a report on a phone', async () => {
    const counts = { people: known(12), users: known(14), seats: known(1_200) }
    const cost = { kind: 'known', amounts: [{ amount: 123_456_700, currency: 'EUR' }] } as const
    const atStake = { findings: known(20), seats: known(20), cost }
    const name = '140f25b2-df23-452f-af83-3934197a86fa'
    const rows = [{ kind: 'named', name, ...counts, cost, atStake }] as const
    const { page } = await openReport({ ...report, groups: { by: 'department', rows } }, { viewport: PHONE })
    expect(await text(page, '#groups')).toContain(name)
    expect((await page.locator('#groups tbody th').boundingBox())?.width).toBeLessThan(PHONE.width / 2)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(PHONE.width)
  })

  it.each([600, 390])(
    'has its names of columns beside what people have, not under it, %d pixels wide',
    async (width) => {
      const { page } = await openReport(report, { viewport: { width, height: 900 } })
      const widths = await page.evaluate<readonly number[]>(`
      const [cell] = document.querySelectorAll('.people td[data-heading="Cost per month"]')
      const range = document.createElement('span')
      range.textContent = cell.dataset.heading
      const { width: room, font, whiteSpace } = getComputedStyle(cell, '::before')
      Object.assign(range.style, { display: 'block', font, whiteSpace, width: 'max-content', maxWidth: room })
      cell.append(range)
      ;[range.scrollWidth, Number.parseFloat(room)]`)
      expect(widths[0]).toBeLessThanOrEqual(widths[1] ?? 0)
    },
  )

  it('says of a person which fields are empty, and leaves out those that were not read', async () => {
    const [one, ...others] = report.users ?? []
    const some = one === undefined ? [] : [{ ...one, division: null, costCenter: 'C-7' }]
    const { page } = await openReport({ ...report, users: [...some, ...others] })
    await page.locator('#people-filters input').fill('C-7')
    await eventually(() => namesOf(page)).toHaveLength(1)
    expect(await text(page, '.people tbody th')).toMatch(/division: none · cost center: C-7$/)
    expect(await text(page, '#people .fields')).toMatch(/A field that is not shown was not read/)
  })

  it('says a remark once', async () => {
    const remark = '2 holders have two addresses'
    const [first, ...others] = report.providers
    const { ledgers } = first ?? {}
    if (first === undefined || ledgers === undefined) throw new Error('the report has a provider')
    const licenses = { ...ledgers.licenses, remarks: [remark] }
    const shown = { ...report, providers: [{ ...first, ledgers: { ...ledgers, licenses } }, ...others] }
    expect((await pageOf(shown)).split(remark)).toHaveLength(2)
  })

  it.each([820, 390])(
    'has every figure of a license and every part of the contents in sight, %d pixels wide',
    async (width) => {
      const { page } = await openReport(report, { viewport: { width, height: 900 } })
      const linesOf = (cells: Locator) =>
        cells.evaluateAll((all) => {
          const tops = all.map((cell) => Math.round(cell.getBoundingClientRect().top))
          return [...new Set(tops)].map((top) => tops.filter((other) => other === top).length)
        })
      const figures = page.locator('.licenses tbody tr').first().locator('td.number')
      expect(await linesOf(figures)).toEqual(width === 820 ? [5] : [3, 2])
      const ends = await page
        .locator('.contents a')
        .evaluateAll((links) => links.map((link) => link.getBoundingClientRect().right))
      expect(ends).toHaveLength(8)
      expect(Math.max(...ends)).toBeLessThanOrEqual(width)
    },
  )

  it('shows the numbers of the report', async () => {
    const { page } = await openReport(report)
    expect(await text(page, '.figure:has(dt:text-is("People with a license")) .value')).toBe(
      numberOf(report.people.total),
    )
    expect(await text(page, '.figure:has(dt:text-is("Licensed in several providers")) .value')).toBe(
      numberOf(report.people.inSeveralProviders),
    )
    expect(await text(page, '.figure.seats .value')).toBe(
      ['2,365 purchased', '1,350 in use', '1,025 available', '10 over'].join('\n'),
    )
    await page.evaluate(
      "for (const mark of document.querySelectorAll('sup')) mark.textContent = '[' + mark.textContent + ']'",
    )
    const cells = await page
      .locator('.licenses tbody tr')
      .evaluateAll((rows) =>
        rows.map((row) => [...row.querySelectorAll('th, td')].map((cell) => cell.textContent?.trim())),
      )
    expect(cells).toEqual([
      ['Half in useHALF', '50%', '2,000', '1,000', '1,000', '1,000', 'EUR 220,000.00'],
      ['Over-assigned', '125%', '40', '–', '50', '-10', 'EUR 400.00'],
      ['Not told', 'unknown[1]', 'unknown[1]', '–', '≥ 77[2]', 'unknown[1]', 'unknown[3]'],
      ['All in use', '100%', '300', '300[1]', '299', '0', '–'],
      ['Without limit', '–', 'unlimited', '–', '9', 'unlimited', '–'],
      ['Not in use at all', '0%', '25', '–', '0', '25', '–'],
    ])
  })

  it('draws what is in use, beyond what was bought too, and draws nothing where it is not known', async () => {
    const { page } = await openReport(report)
    const barOf = (name: string) => page.locator(`.licenses tr:has-text("${name}") .gauge`)
    expect(await barOf('Half in use').locator('rect.free').getAttribute('width')).toBe('50')
    expect(await barOf('Over-assigned').locator('rect.over').getAttribute('width')).toBe('80')
    expect(await barOf('Over-assigned').locator('rect.excess').count()).toBe(1)
    expect(await barOf('Not in use at all').locator('rect:not(.track)').getAttribute('width')).toBe('0')
    expect(await barOf('Not told').locator('rect').count()).toBe(0)
  })

  it('says first what is missing, and why', async () => {
    const { page } = await openReport(partial)
    const first = page.locator('main > section').first()
    expect(await first.innerText()).toContain('This report is not complete')
    expect(await first.innerText()).toContain('page 3: the vendor answered nonsense')
  })

  it('lists findings by rule, the accepted ones apart, and says what could not be looked into', async () => {
    const { page } = await openReport(report)
    await page.locator('#findings summary:has-text("Paid for the same service in several providers")').click()
    const list = page.locator('#open-several-providers')
    await eventually(() => list.locator('li').count()).toBe(100)
    await page.getByRole('button', { name: 'Show 50 more of 150' }).click()
    await eventually(() => list.locator('li').count()).toBe(150)
    await eventually(() => text(page, '#findings details:has(#open-several-providers) summary')).toMatch(
      /150\s+Paid for the same service in several providers\s+300 seats\s+≥ EUR 16,500\.00 per month/,
    )
    await page.locator('#findings .apart ~ details summary').first().click()
    await eventually(() => text(page, '#accepted-unassigned-seats')).toContain(
      'accepted: kept for the summer · until 2026-12-31',
    )
    await eventually(() => text(page, '#abstentions')).toContain(
      'the vendor does not tell when somebody was last active',
    )
  })

  it('says of a rule that could not look into everything that it comes to at least so much', async () => {
    const reason = 'how many are in use is not known'
    const abstentions = [1, 2].map(
      (id) => ({ rule: 'over-assigned', provider: 'webex', licenseId: `l${id}`, reason }) as const,
    )
    const { page } = await openReport({ ...report, abstentions })
    await eventually(() => text(page, '#findings details:has(#open-over-assigned) summary')).toMatch(
      /1\s+More in use than purchased\s+≥ 10 seats\s+cost unknown\s+2 unknown/,
    )
    await eventually(() => text(page, '#findings details:has(#open-several-providers) summary')).toMatch(/300 seats/)
    const { page: empty } = await openReport({ ...report, findings: [], abstentions })
    await eventually(() => text(empty, '#findings')).toContain('Nothing was found, but some rules lack data.')
    await eventually(() => text(empty, '.figure:has(dt:text-is("Findings"))')).toContain(
      'nothing was found; some data is missing',
    )
  })

  it('finds people by name, address, department and license, whatever the accents', async () => {
    const { page } = await openReport(report)
    const search = page.locator('#people-filters input')
    await search.fill('bjorn garcia')
    await eventually(() => namesOf(page)).toEqual(['Björn García 61', 'Björn García 161', 'Björn García 261'])
    await eventually(() => text(page, '#people-matches')).toBe('3 of 300 people match')
    await search.fill('person.7@example.com')
    await eventually(() => namesOf(page)).toHaveLength(1)
    await search.fill('research')
    await eventually(() => text(page, '#people-matches')).toBe('100 of 300 people match')
    await search.fill('')
    await page
      .locator('#people-filters')
      .getByRole('combobox', { name: 'Provider' })
      .selectOption('In several providers')
    await eventually(() => text(page, '#people-matches')).toBe(
      `${numberOf(report.people.inSeveralProviders)} of 300 people match`,
    )
    await page.getByRole('button', { name: 'Clear' }).click()
    await eventually(() => text(page, '#people-matches')).toBe('300 people')
    await page.getByRole('link', { name: 'Over-assigned' }).click()
    const holders = report.users?.filter(({ licenseIds }) => licenseIds.includes('over')).length
    await eventually(() => text(page, '#people-matches')).toBe(`${holders} of 300 people match`)
  })

  it('does not take people whom it could not read for people who are not there', async () => {
    const { page } = await openReport(partial)
    expect(await text(page, '#people > .section-head')).toContain('at least 300 people with 400 accounts')
    expect(await text(page, '#people-gaps')).toContain(
      'Genesys Cloud: people may be missing, and licenses of listed people: the list of users lacks page 3: the vendor answered nonsense',
    )
    await eventually(() => text(page, '#people-matches')).toBe('At least 300 people')
    const license = page.getByRole('combobox', { name: 'License' })
    const holders = (id: string) => report.users?.filter(({ licenseIds }) => licenseIds.includes(id)).length
    await license.selectOption('Not told (not all holders read)')
    await eventually(() => text(page, '#people-matches')).toBe(
      `${holders('untold')} of the 300 people who could be read match; there may be more`,
    )
    await license.selectOption('All in use')
    await eventually(() => text(page, '#people-matches')).toBe(
      `${holders('full')} of the 300 people who could be read match`,
    )
    await license.selectOption('')
    await page.locator('#people-filters').getByRole('combobox', { name: 'Provider' }).selectOption('Webex')
    const inWebex = report.users?.filter(({ provider }) => provider === 'webex').length
    await eventually(() => text(page, '#people-matches')).toBe(`${inWebex} of the 300 people who could be read match`)
  })

  it('marks what somebody holds where it may not be all', async () => {
    const { page } = await openReport(partial)
    const held = page.locator('.people tbody .held')
    await eventually(() => held.filter({ hasText: 'Half in use' }).first().innerText()).toMatch(/and maybe more/)
    await page.locator('#people-filters').getByRole('combobox', { name: 'Provider' }).selectOption('Webex')
    await page.locator('#people-filters input').fill('person.2@')
    await eventually(() => held.count()).toBe(1)
    expect(await held.innerText()).not.toContain('and maybe more')
  })

  it('says that the list of people names not everybody where a directory could not be read', async () => {
    const { page } = await openReport(withoutDirectory(report))
    expect(await text(page, '#people-gaps')).toContain('names, addresses and states may be missing')
    await eventually(() => text(page, '#people-matches')).toBe('300 people could be read')
    await page.locator('#people-filters input').fill('bjorn garcia')
    await eventually(() => text(page, '#people-matches')).toBe(
      '3 of the 300 people who could be read match; there may be more',
    )
  })

  it('counts findings as what is known of them where something was not looked into', async () => {
    const findings = '.figure:has(dt:text-is("Findings"))'
    const { page } = await openReport(report)
    expect(await text(page, `${findings} .value`)).toBe('≥ 152')
    expect(await text(page, findings)).toContain('some data is missing')
    const { page: whole } = await openReport({ ...report, abstentions: [] })
    expect(await text(whole, `${findings} .value`)).toBe('152')
    const { page: unread } = await openReport({ ...incomplete(report), abstentions: [] })
    expect(await text(unread, `${findings} .value`)).toBe('≥ 152')
  })

  it('does not take what is free or unlimited for what nobody tells', async () => {
    const counted = new Set(['known', 'unknown'])
    const licenses = report.licenses.filter(({ purchased }) => !counted.has(purchased.kind))
    expect(licenses).toHaveLength(1)
    const { page } = await openReport({ ...report, licenses })
    expect(await text(page, '.figure.seats .value')).toBe('–')
    expect(await text(page, '.figure.seats .note')).toBe('no license has a limited number of seats')
    const { page: unread } = await openReport({ ...incomplete(report), licenses })
    expect(await text(unread, '.figure.seats .value')).toBe('unknown')
  })

  it('keeps amounts whole, each on a line of its own, and leaves addresses their room', async () => {
    const { page } = await openReport(inThreeCurrencies(report))
    const cost = page.locator('.people td[data-heading="Cost per month"]').first()
    expect(await cost.locator('.amount').allTextContents()).toEqual([
      'EUR 1,000,000.00',
      '+ JPY 200,000',
      '+ USD 30.00',
    ])
    expect(await linesOf(cost.locator('.amount'))).toEqual([1, 1, 1])
    expect((await cost.boundingBox())?.width).toBeLessThan(180)
    expect(await linesOf(page.locator('.people tbody tr').first().locator('small'))).toEqual([1, 1])
    await page.emulateMedia({ media: 'print' })
    await page.setViewportSize({ width: 718, height: 1_000 })
    await eventually(
      async () => (await page.locator('.people td.held').first().boundingBox())?.width ?? 0,
    ).toBeGreaterThan(150)
  })

  it('sorts people by currency before it compares amounts', async () => {
    const { page } = await openReport(inThreeCurrencies(organization(9)))
    const button = page.locator('.people').getByRole('button', { name: 'Cost per month' })
    expect(await button.getAttribute('title')).toContain('Sorted by currency')
    await button.click()
    const costs = page.locator('.people td[data-heading="Cost per month"] > span')
    await eventually(() => costs.allInnerTexts()).toEqual([
      'EUR 9.00',
      'EUR 1,000.00',
      'EUR 1,000,000.00\n+ JPY 200,000\n+ USD 30.00',
      'JPY 500',
      'JPY 100,000',
      'USD 20.00',
      'USD 30.00',
      '–',
      '–',
    ])
  })

  it('is sorted and read by keyboard alone', async () => {
    const { page } = await openReport(report)
    const heading = page.locator('th[data-column="cost"]')
    await page.locator('.people').getByRole('button', { name: 'Cost per month' }).focus()
    await page.keyboard.press('Enter')
    await eventually(() => heading.getAttribute('aria-sort')).toBe('ascending')
    await eventually(() => page.locator('.people tbody td').last().innerText()).toMatch(/^EUR/)
    await page.keyboard.press('Enter')
    await eventually(() => heading.getAttribute('aria-sort')).toBe('descending')
    await eventually(() => page.locator('th[aria-sort]').count()).toBe(1)

    const focusedRow = () => page.evaluate('document.activeElement.getAttribute("aria-rowindex")')
    await page.keyboard.press('Tab')
    await eventually(() => focusedRow()).toBe('2')
    await page.keyboard.press('ArrowDown')
    await eventually(() => focusedRow()).toBe('3')
    await page.keyboard.press('PageDown')
    await eventually(() => focusedRow()).toBe('52')
    await page.keyboard.press('ArrowUp')
    await eventually(() => focusedRow()).toBe('51')
    await page.keyboard.press('End')
    await eventually(() => focusedRow()).toBe('301')
    await page.keyboard.press('ArrowDown')
    await eventually(() => focusedRow()).toBe('301')
    await page.keyboard.press('Home')
    await eventually(() => focusedRow()).toBe('2')
    await eventually(() => page.locator('.people').getAttribute('aria-rowcount')).toBe('301')
    await eventually(() => page.locator('#people-matches').getAttribute('role')).toBe('status')
  })

  it('never leaves the focus under the contents', async () => {
    const { page } = await openReport(report)
    const hidden = `Math.round(document.querySelector('.contents').getBoundingClientRect().bottom - document.activeElement.getBoundingClientRect().top)`
    await page.locator('.people tbody tr').first().focus()
    for (let row = 0; row < 20; row++) await page.keyboard.press('ArrowDown')
    for (let row = 0; row < 20; row++) {
      await page.keyboard.press('ArrowUp')
      expect(await page.evaluate<number>(hidden)).toBeLessThanOrEqual(0)
    }
    await page.locator('.licenses a[data-holders]').last().focus()
    await page.evaluate(
      'scrollTo({ top: document.activeElement.getBoundingClientRect().top + scrollY - 60, behavior: "instant" })',
    )
    for (let link = 0; link < 5; link++) {
      await page.keyboard.press('Shift+Tab')
      expect(await page.evaluate<number>(hidden)).toBeLessThanOrEqual(0)
    }
  })

  it('leads from each mark to its note, and does not let it be taken for a part of the number', async () => {
    const { page } = await openReport(report)
    const marks = page.locator('sup a')
    expect(await marks.count()).toBeGreaterThan(5)
    expect(
      await page.evaluate(
        "[...document.querySelectorAll('sup a')].filter((mark) => !document.querySelector(mark.hash)).length",
      ),
    ).toBe(0)
    expect(
      await page.evaluate(
        "(() => { const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id); return ids.length - new Set(ids).size })()",
      ),
    ).toBe(0)
    expect(await page.getByRole('link', { name: 'note 2' }).count()).toBeGreaterThan(0)
    const selected = await page.evaluate(`(() => {
      getSelection().selectAllChildren([...document.querySelectorAll('.licenses td .unknown')].find((cell) => cell.textContent.startsWith('≥')))
      return getSelection().toString()
    })()`)
    expect(selected).toBe('≥ 77')
  })

  it('says what it cannot show without scripts', async () => {
    const { page } = await openReport(report, { javaScriptEnabled: false })
    await page.locator('#findings summary:has-text("Paid for the same service in several providers")').click()
    expect(await page.locator('#open-several-providers > li').count()).toBe(20)
    for (const section of ['#findings', '#people']) {
      expect(await text(page, section)).toContain('scripts to be allowed in this file')
    }
  })

  it('has room for figures of ten digits on a phone', async () => {
    const { page } = await openReport(ofTenDigits(report), { viewport: PHONE })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(PHONE.width)
    const overflowing = await page.evaluate(`[...document.querySelectorAll('.figure .value, .licenses td')]
      .filter((cell) => cell.scrollWidth > cell.clientWidth + 1).map((cell) => cell.textContent)`)
    expect(overflowing).toEqual([])
  })

  describe('what was bought', () => {
    const term = { start: '2024-02-08', end: '2027-02-07' }
    const price = (amount: string) => [{ amount, currency: 'EUR', per: 'seat-month', validFrom: '2024-02-08' }]
    const bought: LicenseReport = {
      ...report,
      licenses: report.licenses.map((row, place) => ({
        ...row,
        purchases: [
          {
            name: `Agent Assist and Analytics Add-on ${place}`,
            sku: `ACME-agentAssistLicense-${place}`,
            quantity: known(1_200),
            billed: known(1_100),
            from: {
              source: 'contract',
              name: 'C-2002',
              period: { start: '2026-11-01', end: '2026-11-30', status: 'open' },
            },
            committedPrices: price('19.90'),
            overagePrices: price('24'),
            term,
          },
        ],
      })),
    }

    it.each([768, 1_000, 1_440])('needs no scrolling to the side, %d pixels wide', async (width) => {
      const { page } = await openReport(bought, { viewport: { width, height: 900 } })
      const beyond = await page.locator('#purchases .scroll').evaluate((box) => box.scrollWidth - box.clientWidth)
      expect(beyond).toBeLessThanOrEqual(0)
    })

    it('has its notes beside the texts on a phone, not below them', async () => {
      const { page } = await openReport(bought, { viewport: PHONE })
      const cell = page.locator('#purchases td[data-heading="Committed price"]').first()
      const [whole, note] = [await cell.boundingBox(), await cell.locator('sup').boundingBox()]
      expect((note?.x ?? 0) - (whole?.x ?? 0)).toBeGreaterThan(130)
    })
  })

  it('puts what is not known last, in either direction', async () => {
    const { page } = await openReport(report)
    const last = page.getByRole('button', { name: 'Last', exact: true })
    for (const _ of ['ascending', 'descending']) {
      await page.getByRole('button', { name: 'Last active' }).click()
      await last.click()
      await eventually(() => page.locator('.people tbody td[data-heading="Last active"]').last().innerText()).toBe(
        'unknown',
      )
    }
  })

  it('prints the first 1,000 of the people who were asked for where everything is to be printed, and says so', async () => {
    const { page } = await openReport(organization(1_500))
    await page.locator('#print-all').check()
    await page.locator('#people-filters input').fill('person')
    await page.getByRole('combobox', { name: 'Status' }).selectOption('Active')
    await page.emulateMedia({ media: 'print' })
    await eventually(() => page.locator('.people tbody tr').count()).toBe(1_000)
    await eventually(() => text(page, '#people-printed')).toBe(
      'Search: “person” · Status: Active · Only the first 1,000 of 1,425 are printed.',
    )
    await eventually(() => page.locator('#people-filters').isVisible()).toBe(false)
    await eventually(() => page.locator('.figures').isVisible()).toBe(true)
    await page.emulateMedia({ media: 'screen' })
    await eventually(() => page.locator('.people tbody tr').count()).toBe(50)
    await eventually(() => page.locator('#people-printed').isVisible()).toBe(false)
  })

  it('prints the first 1,000 licenses, of all or of those searched for, and says so', async () => {
    const { page } = await openReport(manyLicenses)
    const rows = page.locator('.licenses tbody tr:visible')
    await page.locator('#print-all').check()
    await page.locator('#licenses summary').first().click()
    await page.emulateMedia({ media: 'print' })
    await eventually(() => rows.count()).toBe(1_000)
    await eventually(() => text(page, '#licenses-printed')).toBe('Only the first 1,000 of 2,000 are printed.')
    await page.emulateMedia({ media: 'screen' })
    await eventually(() => rows.count()).toBe(0)
    await page.getByRole('searchbox', { name: 'Search licenses' }).fill('product 19')
    await page.emulateMedia({ media: 'print' })
    await eventually(() => rows.count()).toBe(139)
    await eventually(() => text(page, '#license-matches')).toBe('139 of 2,000 licenses match')
    await eventually(() => text(page, '#licenses-printed')).toBe('Search: “product 19” · All rows are printed.')
  })

  it('says on paper of which providers a search found nothing', async () => {
    const licenses = [
      ...withLicenses(report, 20).licenses,
      ...report.licenses.filter(({ provider }) => provider === 'webex'),
    ]
    const { page } = await openReport({ ...report, licenses })
    await page.getByRole('searchbox', { name: 'Search licenses' }).fill('all in use')
    await page.emulateMedia({ media: 'print' })
    await eventually(() => text(page, '#licenses-printed')).toBe(
      'Search: “all in use” · none in Genesys Cloud · All rows are printed.',
    )
  })

  it('says on paper how many of the findings are there', async () => {
    const { page } = await openReport(report)
    await page.locator('#findings summary:has-text("Paid for the same service in several providers")').click()
    await eventually(() => page.locator('#open-several-providers li').count()).toBe(100)
    await page.locator('#print-all').check()
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('#findings').innerText()).toContain('Only the first 100 of 150 are printed.')
  })

  it('takes nothing that a vendor says for anything but text', async () => {
    const { page, requests, complaints } = await openReport(hostile(report))
    await openEverything(page)
    const shown = (await page.locator('body').innerText()) + (await page.title())
    for (const attack of ATTACKS) expect(shown).toContain(attack.seen)
    await eventually(() => page.evaluate('globalThis.attacked')).toBeUndefined()
    await eventually(() => page.locator('main img, main iframe, main a[href^="javascript"]').count()).toBe(0)
    expect(requests).toEqual([])
    expect(complaints).toEqual([])
  })

  it('keeps 2,000 licenses readable: a part of each provider until somebody asks, and a search', async () => {
    const { page } = await openReport(manyLicenses)
    await eventually(() => page.locator('.licenses tbody tr:visible').count()).toBe(40)
    await page.getByRole('searchbox', { name: 'Search licenses' }).fill('product 1234')
    await eventually(() => page.locator('.licenses tbody tr:visible').count()).toBe(1)
    await eventually(() => page.locator('#license-matches').textContent()).toBe('1 of 2,000 licenses match')
    await page.getByRole('searchbox', { name: 'Search licenses' }).fill('')
    await page.getByRole('button', { name: 'Show all 2,000 licenses' }).click()
    await eventually(() => page.locator('.licenses tbody tr:visible').count()).toBe(2_000)
  })
})

/** The same with one finding of each rule, open and accepted. */
const fewOfEach = (report: LicenseReport): LicenseReport => ({
  ...report,
  findings: (report.findings ?? []).filter(
    ({ rule, accepted }, index, all) =>
      all.findIndex((other) => other.rule === rule && (other.accepted === undefined) === (accepted === undefined)) ===
      index,
  ),
})

const numberOf = (count: LicenseReport['people']['total']): string =>
  count.kind === 'known' ? new Intl.NumberFormat('en-US').format(count.value) : count.kind

const incomplete = (report: LicenseReport): LicenseReport => ({
  ...report,
  complete: false,
  licenses: report.licenses.map((row) =>
    row.provider === 'webex' ? row : { ...row, assigned: { kind: 'unknown', reason: 'page 3' } },
  ),
  users: (report.users ?? []).map((user) => (user.provider === 'webex' ? user : { ...user, doubt: 'page 3' })),
  providers: report.providers.map((provider) =>
    provider.id === 'webex'
      ? provider
      : {
          ...provider,
          status: 'partial',
          licensedUsers: {
            kind: 'unknown',
            reason: 'the list of users lacks page 3: the vendor answered nonsense',
            atLeast: 100,
          },
          ledgers: {
            ...provider.ledgers,
            assignments: {
              ...provider.ledgers.assignments,
              verdict: 'partial',
              gaps: [{ what: 'page 3', reason: 'the vendor answered nonsense' }],
            },
          },
        },
  ),
})

const withoutDirectory = (report: LicenseReport): LicenseReport => ({
  ...report,
  complete: false,
  providers: report.providers.map((provider) => {
    const { directory } = provider.ledgers
    if (directory === undefined) return provider
    const gaps = [{ what: 'the list', reason: 'the permission is missing' }]
    return {
      ...provider,
      status: 'partial',
      ledgers: { ...provider.ledgers, directory: { ...directory, verdict: 'partial', gaps } },
    }
  }),
})

/** That many of one provider, and no others. */
const euro = (amount: number) => ({ amount, currency: 'EUR' })
const yen = (amount: number) => ({ amount, currency: 'JPY' })
const dollar = (amount: number) => ({ amount, currency: 'USD' })

/** Everybody has one account, and the ways to pay take turns. */
const inThreeCurrencies = (report: LicenseReport): LicenseReport => {
  const amounts = [
    [euro(100_000_000), yen(200_000), dollar(3_000)],
    [yen(500)],
    [euro(900)],
    [dollar(3_000)],
    [yen(100_000)],
    [dollar(2_000)],
    [euro(100_000)],
  ]
  const users = (report.users ?? []).filter(
    ({ person }, index, all) => all.findIndex((other) => other.person === person) === index,
  )
  return {
    ...report,
    users: users.map(({ cost: _, ...user }, index) => {
      const own = amounts[index % (amounts.length + 2)]
      return own === undefined ? user : { ...user, cost: { kind: 'known', amounts: own } }
    }),
    ...(report.cost && { cost: { ...report.cost, currencies: ['EUR', 'JPY', 'USD'] } }),
  }
}

const TEN_DIGITS = { kind: 'known', value: 1_234_567_890 } as const

const ofTenDigits = (report: LicenseReport): LicenseReport => ({
  ...report,
  people: { ...report.people, total: TEN_DIGITS, inSeveralProviders: TEN_DIGITS },
  licenses: report.licenses.map((row) => ({
    ...row,
    purchased: TEN_DIGITS,
    consumed: { kind: 'unknown', reason: 'not told', atLeast: TEN_DIGITS.value },
    assigned: TEN_DIGITS,
    available: TEN_DIGITS,
    cost: { kind: 'known', amounts: [euro(123_456_789_012)] },
  })),
})

/** On how many lines each of them is. */
const linesOf = (elements: Locator): Promise<readonly number[]> =>
  elements.evaluateAll((found) =>
    found.map((element) => {
      const range = document.createRange()
      range.selectNodeContents(element)
      return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size
    }),
  )

/** Every text that a vendor or a configuration may choose is an attack. */
const hostile = (report: LicenseReport): LicenseReport => {
  const all = ATTACKS.map(({ told }) => told).join(' ')
  return {
    ...report,
    providers: report.providers.map((provider) => ({ ...provider, displayName: `${provider.id} ${all}` })),
    licenses: report.licenses.map((row) => ({ ...row, name: `${row.id} ${all}`, productCode: all })),
    users: (report.users ?? []).map((user) => ({ ...user, displayName: all, email: all, department: all })),
    findings: (report.findings ?? []).map((finding) => ({
      ...finding,
      message: all,
      evidence: { [all]: all },
      ...(finding.accepted && { accepted: { reason: all } }),
    })),
    abstentions: [{ rule: 'dormant-holder', reason: all }],
    ambiguousLinks: [{ email: all, users: [{ provider: all, id: all }] }],
  }
}
