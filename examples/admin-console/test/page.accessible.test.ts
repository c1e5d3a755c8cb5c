import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkedSettings } from '../server/settings.ts'
import { type RunningConsole, startConsole } from '../server/start-console.ts'
import { executablePath, launch, openConsole, signIn, violationsIn } from './support/chromium.ts'
import {
  type Company,
  configurationOf,
  eventsUntil,
  isState,
  removalsAt,
  signedIn,
  someAddress,
  startCompany,
} from './support/console.ts'

/** Rows are all alike, and axe-core looks at each of them. */
const USERS = 24
const SEATS = 11
const WIDTHS = [390, 768, 1440]

describe.skipIf(executablePath === undefined)('the page, in Chromium,', () => {
  let folder = ''
  let company: Company
  let running: RunningConsole
  let browser: Browser
  /** One that takes many seats, and one that was applied and taken back. */
  let braked = ''
  let undone = ''

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'seatlens-console-test-'))
    company = await startCompany(1, USERS)
    company.genesys.faults.add({
      match: { path: '/api/v2/authorization/roles' },
      effect: { kind: 'status', status: 403 },
    })
    const settings = checkedSettings(await configurationOf(company, company), {})
    running = await startConsole({ ...settings, database: join(folder, 'console.db') })
    browser = await launch()
    const olga = await signedIn(running.url, 'olga')
    const planOf = async (from: number, to: number): Promise<string> => {
      const { changes } = removalsAt(company, from, to)
      return (await olga.post('/api/tenants/northwind/plans', { changes })).json.id
    }
    braked = await planOf(0, SEATS)
    undone = await planOf(SEATS, SEATS + 2)
    const path = `/api/tenants/northwind/plans/${undone}`
    await olga.post(`${path}/apply`, {})
    await eventsUntil(olga, `${path}/events`, isState('applied'))
    await olga.post(`${path}/undo`)
    await eventsUntil(olga, `${path}/events`, isState('undone'))
  })
  afterAll(async () => {
    await browser?.close()
    await running?.stop()
    await company?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  // In one page, as the first look at a page takes several times what the next ones take.
  test('has nothing that axe-core complains of, and nothing too wide, at any width', {
    timeout: 180_000,
  }, async ({ onTestFinished }) => {
    const console_ = await openConsole(browser, running.url)
    onTestFinished(console_.close)
    const { page, go, complaints } = console_
    const check = async (view: string): Promise<void> => {
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 })
        expect([view, width, await violationsIn(page)]).toEqual([view, width, []])
        const tooWide = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
        expect([view, width, tooWide]).toEqual([view, width, 0])
      }
    }
    await page.getByLabel('Name').waitFor()
    await check('sign in')
    await signIn(console_, 'olga')
    await check('tenants')
    const views: readonly (readonly [view: string, seen: string])[] = [
      ['licenses', 'table'],
      ['users', '.notice.good, .notice.warm'],
      [`person?email=${encodeURIComponent(someAddress(company))}`, 'table'],
      ['findings', 'table'],
      ['report', 'iframe'],
      ['plans', 'table'],
      [`plans/${undone}`, '.notice.good'],
      [`plans/${braked}`, '.notice'],
    ]
    for (const [view, seen] of views) {
      await go(`#/northwind/${view}`)
      await page.locator(`.view ${seen}`).first().waitFor()
      await check(view)
    }
    await page.getByRole('button', { name: 'Apply …' }).click()
    await page.getByRole('dialog').waitFor()
    await check('the dialog')
    expect(complaints).toEqual([])
  })
})
