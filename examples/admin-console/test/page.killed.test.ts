import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { executablePath, launch, openConsole, signIn } from './support/chromium.ts'
import { configurationOf, holdings, removalsAt, signedIn, startCompany, writes } from './support/console.ts'
import { end, startServer } from './support/server-process.ts'

const SEATS = 24

describe.skipIf(executablePath === undefined)('the page, in Chromium,', () => {
  test('goes on after its server was killed in the middle of a plan: every change is made exactly once', {
    timeout: 180_000,
  }, async ({ onTestFinished }) => {
    const folder = await mkdtemp(join(tmpdir(), 'seatlens-console-test-'))
    const company = await startCompany(5, 120)
    const configuration = join(folder, 'console.json')
    const settings = { database: join(folder, 'console.db'), leaseSeconds: 3 }
    const content = await configurationOf(company, company, settings)
    const configure = (port: number) => writeFile(configuration, JSON.stringify({ ...content, port }))
    await configure(0)
    let server = await startServer(configuration)
    const browser = await launch()
    onTestFinished(async () => {
      await browser.close()
      await end(server, 'SIGTERM')
      await company.stop()
      await rm(folder, { recursive: true, force: true })
    })
    const before = holdings(company.webex)
    const { license, changes } = removalsAt(company, 0, SEATS)
    const { json: plan } = await (await signedIn(server.url, 'olga')).post('/api/tenants/northwind/plans', { changes })

    const opened = await openConsole(browser, `${server.url}/#/northwind/plans/${plan.id}`)
    const { page } = opened
    await signIn(opened, 'olga')
    // The vendor carries a request out, and its answer comes to no server any more.
    const first = server.process
    company.webex.faults.add({
      match: { ...writes, skip: 9, times: 1 },
      effect: {
        kind: 'rewrite',
        rewrite: (answer) => {
          first.kill('SIGKILL')
          return answer
        },
      },
    })
    const killed = new Promise((resolve) => first.once('exit', resolve))
    await page.getByRole('button', { name: 'Apply …' }).click()
    await page.getByLabel('Number of seats').fill(String(SEATS))
    await page.getByRole('button', { name: 'Apply', exact: true }).click()
    await killed
    await page.getByText('The connection to the server is lost.').waitFor()
    const sent = company.webex.requests.count(writes)
    expect(sent).toBeLessThan(SEATS)

    // Started again at the same address: the page, which was never loaded again, follows the plan again by itself.
    await configure(Number(new URL(server.url).port))
    server = await startServer(configuration)
    await page.getByText('The work was interrupted. Continue it: every change is made once.').waitFor()
    expect(await page.getByText('The connection to the server is lost.').count()).toBe(0)
    await page.getByRole('button', { name: 'Continue' }).click()
    const number = page.getByLabel('Number of seats')
    if ((await number.count()) > 0) await number.fill(String(SEATS))
    await page.getByRole('button', { name: 'Apply', exact: true }).click()
    await page.getByText(`Applied. ${SEATS} done.`).waitFor()

    expect(company.webex.requests.count(writes)).toBe(SEATS)
    const gone = new Set(changes.map(({ user }) => user))
    const expected = [...before].map(([user, held]) => [
      user,
      gone.has(user) ? held.filter((id) => id !== license) : held,
    ])
    expect([...holdings(company.webex)]).toEqual(expected)
    expect(await page.locator('.outcome').allInnerTexts()).toEqual(Array(SEATS).fill('done'))
    expect(opened.complaints.filter((complaint) => !complaint.includes('net::ERR'))).toEqual([])
  })
})
