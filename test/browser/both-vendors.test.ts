import { afterAll, beforeAll, expect, it } from 'vitest'
import { createGenesysProvider } from '../../providers/genesys/index.ts'
import { type GenesysSimulator, startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { createWebexProvider } from '../../providers/webex/index.ts'
import { startWebexSimulator, type WebexSimulator } from '../../providers/webex/simulator/index.ts'
import { createLicenseReport, type LicenseReport } from '../../src/index.ts'
import { bundled } from './support/bundled.ts'
import { describeInChromium } from './support/chromium.ts'

const NOW = Date.UTC(2026, 10, 20)
const clock = `{ now: () => ${NOW}, elapsed: () => performance.now(), sleep: (ms) => new Promise((done) => setTimeout(done, ms)) }`

describeInChromium('an admin page that reads both vendors, in a browser', (openPage) => {
  let genesys: GenesysSimulator
  let webex: WebexSimulator
  let library: string

  beforeAll(async () => {
    const cors = { origins: '*' as const }
    genesys = await startGenesysSimulator({ users: 1_200, cors, now: () => NOW })
    webex = await startWebexSimulator({ users: 1_200, cors, now: () => NOW })
    library = [
      await bundled('dist/src/index.js', 'seatlens'),
      await bundled('dist/providers/genesys/index.js', 'genesys'),
      await bundled('dist/providers/webex/index.js', 'webex'),
      `const providers = (runtime) => [
         genesys.createGenesysProvider(${JSON.stringify(genesys.configuration)}, runtime),
         webex.createWebexProvider(${JSON.stringify(webex.configuration)}, runtime),
       ]`,
    ].join(';')
  }, 60_000)
  afterAll(() => Promise.all([genesys?.destroy(), webex?.destroy()]))

  const opened = async () => {
    const { page, complaints } = await openPage('<!doctype html><title>An admin page</title>')
    await page.addScriptTag({ content: library })
    return { page, complaints }
  }

  it('makes the same report as Node', async () => {
    const { page, complaints } = await opened()
    const inPage: LicenseReport = await page.evaluate(
      `seatlens.createLicenseReport({ detail: true, clock: ${clock} })(providers({ clock: ${clock} }))()`,
    )
    const runtime = { clock: { now: () => NOW, elapsed: () => performance.now(), sleep: async () => {} } }
    const inNode = await createLicenseReport({ detail: true, clock: runtime.clock })([
      createGenesysProvider(genesys.configuration, runtime),
      createWebexProvider(webex.configuration, runtime),
    ])()
    expect(inPage.complete).toBe(true)
    expect(inPage).toEqual(JSON.parse(JSON.stringify(inNode)))
    expect(complaints).toEqual([])
  })

  it('shows users as they come, and requests no more once the page has seen enough', async () => {
    const { page } = await opened()
    webex.requests.clear()
    const seen: number = await page.evaluate(`(async () => {
      const controller = new AbortController()
      let seen = 0
      try {
        for await (const user of providers({})[1].listUsers({ signal: controller.signal, pageSize: 100 })) {
          seen += 1
          if (seen === 10) controller.abort()
        }
      } catch (error) {
        if (error.error?._tag !== 'Aborted') throw error
      }
      return seen
    })()`)
    expect(seen).toBeGreaterThanOrEqual(10)
    expect(seen).toBeLessThan(1_000)
    const requests = webex.requests.count()
    await page.waitForTimeout(200)
    expect(webex.requests.count()).toBe(requests)
  })

  it('plans and applies a change, and takes it back', async () => {
    const { page } = await opened()
    const results: readonly string[] = await page.evaluate(`(async () => {
      const provider = providers({})[1]
      let holder
      for await (const user of provider.listUsers({ allowPartial: true })) {
        if (user.kind === 'internal' && user.licenseIds.length > 1) { holder = user; break }
      }
      const intents = [{ source: 'the page', action: 'remove', user: holder.id, license: holder.licenseIds[0] }]
      const plan = await seatlens.toPromise(seatlens.createPlan(provider, intents))
      let text = ''
      const append = async (lines) => { text += lines }
      const applied = await seatlens.toPromise(
        seatlens.applyPlan(plan, provider, { journal: seatlens.createJournal(append, { text }) }),
      )
      const state = await seatlens.toPromise(seatlens.readJournal(text))
      const undo = await seatlens.toPromise(seatlens.createUndo(state, provider))
      const undone = await seatlens.toPromise(
        seatlens.applyUndo(undo, provider, { state, journal: seatlens.createJournal(append, { text }) }),
      )
      return [...applied.changes, ...undone.changes].map(({ action, result }) => action + ' ' + result)
    })()`)
    expect(results).toEqual(['remove applied', 'assign applied'])
  })
})
