import { beforeAll, expect, it, onTestFinished } from 'vitest'
import { startWebexSimulator } from '../../providers/webex/simulator/index.ts'
import type { LicenseReport } from '../../src/index.ts'
import { bundled } from './support/bundled.ts'
import { describeInChromium } from './support/chromium.ts'

const PEOPLE = 25

/** What a page does with the library: a report of users of another origin. */
const makeReport = (configuration: object): string =>
  `seatlens.createLicenseReport()([webex.createWebexProvider(${JSON.stringify(configuration)})])()`

describeInChromium('a list that is read by a page of another origin', (openPage) => {
  let library: string

  beforeAll(async () => {
    library = [
      await bundled('dist/src/index.js', 'seatlens'),
      await bundled('dist/providers/webex/index.js', 'webex'),
    ].join(';')
  }, 60_000)

  /** The report's account of the users, who come `pageSize` at a time. */
  const accountInPage = async (pageSize: number, exposed: readonly string[]) => {
    const simulator = await startWebexSimulator({ users: PEOPLE, cors: { origins: '*', exposed } })
    onTestFinished(simulator.destroy)
    const { page } = await openPage('<!doctype html><title>An admin page</title>')
    await page.addScriptTag({ content: library })
    const configuration = { ...simulator.configuration, userSource: 'people', pageSize }
    const { providers }: LicenseReport = await page.evaluate(makeReport(configuration))
    return { status: providers[0]?.status, ledger: providers[0]?.ledgers.assignments }
  }

  it('is whole where the vendor exposes the Link header', async () => {
    expect(await accountInPage(10, ['Link'])).toMatchObject({
      status: 'complete',
      ledger: { pages: 3, items: PEOPLE, gaps: [], verdict: 'unverifiable' },
    })
  })

  it('is not whole after a full page where the vendor does not, and the account says why', async () => {
    expect(await accountInPage(10, [])).toMatchObject({
      status: 'partial',
      ledger: {
        pages: 1,
        items: 10,
        verdict: 'partial',
        gaps: [{ reason: expect.stringContaining('without a Link header that this browser is shown') }],
      },
    })
  })

  it('is whole after a page that is not full, whether the header is shown or not', async () => {
    expect(await accountInPage(100, [])).toMatchObject({
      status: 'complete',
      ledger: { pages: 1, items: PEOPLE, gaps: [], verdict: 'unverifiable' },
    })
  })
})
