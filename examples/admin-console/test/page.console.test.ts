import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { checkedSettings } from '../server/settings.ts'
import { type RunningConsole, startConsole } from '../server/start-console.ts'
import { eventually, executablePath, launch, type Opened, openConsole, signIn } from './support/chromium.ts'
import {
  type Company,
  configurationOf,
  holdings,
  type Name,
  removalsAt,
  signedIn,
  someAddress,
  startCompany,
  writes,
} from './support/console.ts'

/** Pages of a list that come where no later one does. */
const ANSWERED = 6

describe.skipIf(executablePath === undefined)('the page, in Chromium,', () => {
  let browser: Browser
  let folder = ''
  let northwind: Company
  let contoso: Company
  let running: RunningConsole
  let opened: Opened[] = []
  let log: string[] = []
  let count = 0

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'seatlens-console-test-'))
    browser = await launch()
    contoso = await startCompany(1_001, 20)
  })
  afterAll(async () => {
    await browser?.close()
    await contoso?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const start = async (users: number): Promise<void> => {
    northwind = await startCompany(++count, users)
    const settings = checkedSettings(await configurationOf(northwind, contoso), {})
    const database = join(folder, `${count}.db`)
    running = await startConsole({ ...settings, database }, { write: (line) => log.push(line) })
  }
  beforeEach(async ({ onTestFinished }) => {
    opened = []
    log = []
    onTestFinished(async () => {
      await Promise.all(opened.map(({ close }) => close()))
      await running.stop()
      await northwind.stop()
      expect(opened.flatMap(({ complaints }) => complaints)).toEqual([])
    })
  })

  /** A browser of a user, at a view of the first tenant. */
  const at = async (name: Name, view: string): Promise<Opened> => {
    const console_ = await openConsole(browser, `${running.url}/#/northwind/${view}`)
    opened.push(console_)
    await signIn(console_, name)
    return console_
  }

  /** A plan that takes a Webex license from so many users. */
  const planOf = async (seats: number) => {
    const { license, changes } = removalsAt(northwind, 0, seats)
    const { json, text } = await (await signedIn(running.url, 'olga')).post('/api/tenants/northwind/plans', { changes })
    if (json?.id === undefined) throw new Error(text)
    return { license, changes, view: `plans/${json.id}` }
  }

  /** The first pages come at once, and no other one comes: a reading does not end by itself. */
  const slowVendors = () => {
    const list = { path: '/api/v2/license/users' }
    const listed = [...northwind.genesys.organization.users()].filter((user) => user.listed)
    const pages = Math.ceil(listed.length / 100)
    // By page, as several are asked for at once and may come in any order.
    for (let page = ANSWERED + 1; page <= pages; page += 1) {
      const query = { pageNumber: String(page) }
      northwind.genesys.faults.add({ match: { ...list, query }, effect: { kind: 'hang' } })
    }
    northwind.webex.faults.add({ match: { path: '/v1/licenses' }, effect: { kind: 'hang' } })
    return { asked: () => northwind.genesys.requests.count(list), pages }
  }
  /** Waits until the server says that it has stopped reading users: then nothing is asked any more, and nothing hangs. */
  const noMoreRequests = (): Promise<void> =>
    eventually(async () => log.map((line) => JSON.parse(line)).filter(({ ended }) => ended === 'users')).toMatchObject([
      { tenant: 'northwind', complete: false, left: true },
    ])

  test('signs in and out, by keyboard, and lets the user choose a tenant', async () => {
    await start(40)
    const console_ = await openConsole(browser, running.url)
    opened.push(console_)
    const { page } = console_
    await page.getByLabel('Name').fill('olga')
    await page.getByLabel('Password').fill('wrong')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').filter({ hasText: 'The name or the password is wrong.' }).waitFor()
    await signIn(console_, 'olga')
    await page.getByRole('link', { name: 'Contoso' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Licenses', exact: true }).waitFor()
    await page.getByLabel('Tenant').selectOption('Northwind')
    await eventually(async () => page.url()).toContain('#/northwind/licenses')
    // A session that has ended elsewhere: the page asks for the password, and goes on where it was.
    await page.context().clearCookies()
    await page.getByRole('link', { name: 'Findings' }).click()
    await page.getByText('Your session has ended. Sign in again.').waitFor()
    await signIn(console_, 'olga')
    await page.getByRole('heading', { name: 'Findings' }).waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    expect(await page.context().cookies()).toEqual([])
  })

  test.for(['nowhere/licenses', 'northwind/constructor', '%zz'])(
    'says of the address #/%s that there is no such page',
    async (path) => {
      await start(20)
      const console_ = await openConsole(browser, `${running.url}/#/${path}`)
      opened.push(console_)
      await signIn(console_, 'olga')
      await console_.page.getByRole('heading', { name: 'Not found' }).waitFor()
      await console_.page.getByRole('link', { name: 'Choose a tenant' }).click()
      await console_.page.getByRole('heading', { name: 'Tenants' }).waitFor()
    },
  )

  test('shows pools: known, unknown and unlimited numbers are told apart', async () => {
    await start(80)
    const { page } = await at('vera', 'licenses')
    const row = page.getByRole('row').filter({ hasText: 'Webex Calling - Professional' })
    const { json: report } = await (await signedIn(running.url, 'olga')).get('/api/tenants/northwind/report')
    const expected = report.licenses.find(({ name }: { name: string }) => name === 'Webex Calling - Professional')
    const cells = (await row.getByRole('cell').allInnerTexts()).map((text) => text.trim())
    const { purchased, assigned, available, cost } = expected
    expect(cells.slice(1)).toEqual([
      String(purchased.value),
      String(assigned.value),
      String(available.value),
      `EUR ${((cost.amounts[0].amount ?? 0) / 100).toLocaleString('en-US', { minimumFractionDigits: 2 })}`,
    ])
    expect(await row.getByRole('img').getAttribute('aria-label')).toBe(
      `${Math.round((assigned.value / purchased.value) * 100)} percent of Webex Calling - Professional in use`,
    )
    // What Genesys Cloud has sold is not told by its API: unknown, with the reason, and not 0.
    const unknown = page.getByRole('row').filter({ hasText: 'CX 3' }).getByRole('cell').nth(1)
    expect((await unknown.locator('summary').innerText()).trim()).toBe('unknown')
    await unknown.locator('summary').click()
    expect((await unknown.innerText()).length).toBeGreaterThan(20)
  })

  test('shows what could be read where one vendor refuses, and why the rest is missing', async () => {
    await start(80)
    northwind.genesys.faults.add({
      match: { path: '/oauth/token' },
      effect: { kind: 'status', status: 400, body: { error: 'invalid_client' } },
    })
    const { page, go } = await at('olga', 'licenses')
    const alert = page.getByRole('alert')
    await alert.filter({ hasText: 'Genesys Cloud could not be read.' }).waitFor()
    expect(await alert.innerText()).toContain('Check the credentials of this provider')
    expect(await page.getByRole('table', { name: 'Licenses of Webex' }).getByRole('row').count()).toBeGreaterThan(3)
    expect(await page.getByRole('table', { name: 'Licenses of Genesys Cloud' }).count()).toBe(0)
    await go('#/northwind/users')
    await page.getByText(/^Partial: \d+ users could be read, there may be more\. See above/).waitFor()
    await page.getByRole('alert').filter({ hasText: 'genesys' }).waitFor()
    expect(await page.getByRole('row').filter({ hasText: 'webex' }).count()).toBeGreaterThan(10)
  })

  test('shows users as they come, filters meanwhile, and "Stop" ends the requests to the vendors', async () => {
    await start(3_000)
    const { asked, pages } = slowVendors()
    const { page } = await at('olga', 'users')
    await page.getByText(/^\d+ users read/).waitFor()
    await page.getByRole('row').nth(3).waitFor()
    // Not all is there, and the filter works on what is.
    expect(asked()).toBeLessThan(pages)
    const name = await page.locator('tbody tr td a').nth(4).innerText()
    await page.getByLabel('Filter').fill(name)
    await eventually(() => page.locator('tbody tr').count()).toBe(1)
    // What is read of what is expected, as the vendor that answers tells.
    await page.getByText(new RegExp(`^[\\d,]+ users read, page ${ANSWERED} of ${pages}, 1 match\\.$`)).waitFor()
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.getByText(/^Partial: stopped by you after [\d,]+ users?\.$/).waitFor()
    await noMoreRequests()
    expect(asked()).toBeLessThan(pages)
  })

  test.for([
    ['the view', (console_: Opened) => console_.go('#/northwind/plans')],
    ['the tab', (console_: Opened) => console_.page.close()],
  ] as const)('ends the requests to the vendors when %s is left', async ([, leave]) => {
    await start(3_000)
    const { asked, pages } = slowVendors()
    const console_ = await at('olga', 'users')
    await console_.page.getByRole('row').nth(3).waitFor()
    await leave(console_)
    await noMoreRequests()
    expect(asked()).toBeLessThan(pages)
  })

  test('says that the users are partial where the server goes away while they are read', async () => {
    await start(3_000)
    slowVendors()
    const settings = checkedSettings(await configurationOf(northwind, contoso), {})
    const other = await startConsole({ ...settings, database: join(folder, `${count}-other.db`) })
    const console_ = await openConsole(browser, `${other.url}/#/northwind/users`)
    opened.push(console_)
    await signIn(console_, 'olga')
    await console_.page.getByRole('row').nth(3).waitFor()
    await other.stop()
    await console_.page.getByText(/^Partial: the connection to the server was lost after [\d,]+ users\.$/).waitFor()
    expect(await console_.page.getByRole('row').count()).toBeGreaterThan(3)
  })

  test('shows the seats of a person over all vendors, and plans to remove one', async () => {
    await start(80)
    const genesys = new Map([...northwind.genesys.organization.users()].map((user) => [user.record?.email, user]))
    const both = [...northwind.webex.organization.users()].find(
      ({ person, licenseIds }) => licenseIds.length > 0 && (genesys.get(person.email)?.licenseIds.length ?? 0) > 0,
    )
    const email = both?.person.email ?? ''
    const { page } = await at('olga', 'person')
    await page.getByLabel('E-mail address').fill('unknown@example.com')
    await page.getByRole('button', { name: 'Find' }).click()
    await page.getByText('No provider knows unknown@example.com. Check the spelling.').waitFor()
    await page.getByLabel('E-mail address').fill(email)
    await page.keyboard.press('Enter')
    const seats = (vendor: string) => page.getByRole('table', { name: `Seats at ${vendor}` }).locator('tbody tr')
    await seats('Webex').first().waitFor()
    expect(await seats('Webex').count()).toBe(both?.licenseIds.length)
    expect(await seats('Genesys Cloud').count()).toBe(genesys.get(email)?.licenseIds.length)
    await seats('Webex').getByRole('checkbox').first().check()
    await page.getByRole('button', { name: 'Plan to remove the selected seats' }).last().click()
    await page.getByRole('heading', { name: 'At Webex: remove 1 seat' }).waitFor()
    expect(northwind.webex.requests.count(writes)).toBe(0)
  })

  test('goes from findings to a plan, applies it with live progress, and takes it back', async () => {
    await start(80)
    const before = [holdings(northwind.genesys), holdings(northwind.webex)]
    const { page } = await at('olga', 'findings')
    await page.getByRole('button', { name: 'Select all of these' }).click()
    await page.getByRole('button', { name: /^Plan (this|these \d+) at Webex$/ }).click()
    const heading = page.getByRole('heading', { name: /^At Webex: remove \d+ seats?$/ })
    await heading.waitFor()
    const seats = Number(/\d+/.exec(await heading.innerText())?.[0])
    await page.getByText('Planned. Nothing was changed yet.').waitFor()
    await page.getByText('It can be applied until').waitFor()
    await page.getByText(/^Saves /).waitFor()
    await page.getByRole('button', { name: 'Apply …' }).click()
    // The user has a second thought.
    await page.keyboard.press('Escape')
    expect(await page.getByRole('dialog').count()).toBe(0)
    await eventually(() => page.evaluate('document.activeElement.textContent')).toBe('Apply …')
    expect(northwind.webex.requests.count(writes)).toBe(0)
    await page.getByRole('button', { name: 'Apply …' }).click()
    const number = page.getByLabel('Number of seats')
    if ((await number.count()) > 0) await number.fill(String(seats))
    await page.getByRole('button', { name: 'Apply', exact: true }).click()
    await page.getByText(`Applied. ${seats} done.`).waitFor()
    expect(northwind.webex.requests.count(writes)).toBeGreaterThan(0)
    expect(holdings(northwind.webex)).not.toEqual(before[1])
    expect(await page.locator('.outcome').allInnerTexts()).toEqual(Array(seats).fill('done'))

    await page.getByRole('button', { name: 'Undo …' }).click()
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await page.getByText(/^Taken back\. The users hold what they held before\./).waitFor()
    expect(await page.getByText('It can be applied until').isVisible()).toBe(false)
    expect([holdings(northwind.genesys), holdings(northwind.webex)]).toEqual(before)
    await eventually(() => page.locator('.outcome').allInnerTexts()).toEqual(Array(seats).fill('taken back'))
    await page.getByRole('link', { name: 'Plans' }).click()
    await page.getByRole('row').filter({ hasText: 'undone' }).waitFor()
  })

  test('wants the number typed where a plan takes many seats away', async () => {
    await start(80)
    const plan = await planOf(15)
    const { page } = await at('olga', plan.view)
    await page.getByRole('button', { name: 'Apply …' }).click()
    const apply = page.getByRole('button', { name: 'Apply', exact: true })
    expect(await apply.isDisabled()).toBe(true)
    const brake = /^The plan takes away 15 seats: 15 of \d+ holders lose Advanced Messaging\. To go on, type 15\.$/
    await page.getByRole('dialog').getByText(brake).waitFor()
    await page.getByLabel('Number of seats').fill('14')
    expect(await apply.isDisabled()).toBe(true)
    await page.keyboard.press('Enter')
    await page.getByLabel('Number of seats').fill('15')
    expect(northwind.webex.requests.count(writes)).toBe(0)
    await page.keyboard.press('Enter')
    await page.getByText('Applied. 15 done.').waitFor()
    expect(northwind.webex.requests.count(writes)).toBe(15)
  })

  test('tells a second browser who applies the plan since when, and shows it the progress', async () => {
    await start(80)
    northwind.webex.faults.add({ match: writes, effect: { kind: 'delay', ms: 700 } })
    const plan = await planOf(10)
    const [olga, oscar] = [await at('olga', plan.view), await at('oscar', plan.view)]
    for (const { page } of [olga, oscar]) await page.getByRole('button', { name: 'Apply …' }).click()
    await olga.page.getByRole('button', { name: 'Apply', exact: true }).click()
    await eventually(async () => northwind.webex.requests.count(writes)).toBeGreaterThan(0)
    await oscar.page.getByRole('button', { name: 'Apply', exact: true }).click()
    await oscar.page.getByText('olga is at work on this plan').waitFor()
    expect(await oscar.page.locator('.notice time').count()).toBe(1)
    await oscar.page.getByText('The plan is being applied.').waitFor()
    await Promise.all(
      [olga, oscar].map(async ({ page }) => {
        await page.getByText(/^[1-9] of 10$/).waitFor()
        await page.getByText('Applied. 10 done.').waitFor()
      }),
    )
    expect(northwind.webex.requests.count(writes)).toBe(10)
  })

  test('says what was refused, and why', async () => {
    await start(80)
    const plan = await planOf(3)
    northwind.webex.faults.add({
      match: { ...writes, times: 1 },
      effect: { kind: 'status', status: 400, body: { message: 'the license is held by a template' } },
    })
    const { page } = await at('olga', plan.view)
    await page.getByRole('button', { name: 'Apply …' }).click()
    await page.getByRole('button', { name: 'Apply', exact: true }).click()
    await page.getByText('Applied, but not in full.').waitFor()
    await page.getByRole('heading', { name: 'What did not work' }).waitFor()
    expect(await page.getByRole('listitem').filter({ hasText: 'refused' }).innerText()).toContain('held by a template')
    await page.getByRole('button', { name: 'Try again' }).waitFor()
  })

  test('offers a viewer nothing that changes something', async () => {
    await start(80)
    const plan = await planOf(1)
    const { page, go } = await at('vera', 'licenses')
    const allowed = /^(Sign out|Read again|Stop|Find|Show .*)$/
    const views: readonly (readonly [view: string, seen: string])[] = [
      ['licenses', 'table'],
      ['users', '.notice.good'],
      ['findings', 'table'],
      ['report', 'iframe'],
      ['plans', 'table'],
      [plan.view, '.notice'],
      [`person?email=${encodeURIComponent(someAddress(northwind))}`, 'table'],
    ]
    for (const [view, seen] of views) {
      await go(`#/northwind/${view}`)
      await page.locator(`.view ${seen}`).first().waitFor()
      const names = await page.getByRole('button').allInnerTexts()
      expect([view, names.filter((name) => !allowed.test(name))]).toEqual([view, []])
      expect([view, await page.getByRole('checkbox').count()]).toEqual([view, 0])
    }
  })

  test('shows the report in a frame that has no part in the session', async () => {
    await start(40)
    const { page } = await at('olga', 'report')
    const frame = page.frameLocator('iframe')
    await frame.getByRole('heading', { name: 'Licenses of Northwind' }).waitFor()
    const inner = page.frames().find((one) => one !== page.mainFrame())
    await expect(inner?.evaluate('document.cookie')).rejects.toThrow('sandboxed')
    await page.getByRole('button', { name: 'Take a snapshot' }).click()
    await eventually(() => page.getByLabel('As of').locator('option').count()).toBe(2)
    await frame.getByRole('heading', { name: 'Licenses of Northwind' }).waitFor()
  })

  test('shows names and messages of a vendor as text', async () => {
    await start(40)
    northwind.webex.faults.add({
      match: { path: '/v1/people' },
      effect: {
        kind: 'rewrite',
        rewrite: (answer) => ({
          ...answer,
          body: answer.body.replaceAll(/"displayName":"[^"]*"/g, '"displayName":"<img src=x>"'),
        }),
      },
    })
    const { page } = await at('olga', 'users')
    await page.getByText('<img src=x>').first().waitFor()
    expect(await page.locator('img').count()).toBe(0)
  })
})
