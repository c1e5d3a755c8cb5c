import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, TestRunner } from 'vitest'

const inPath = (): string | undefined => {
  for (const command of ['chromium', 'chromium-browser', 'google-chrome']) {
    try {
      return execFileSync('which', [command], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
    } catch {
      // Not that one.
    }
  }
  return undefined
}

/** Where Debian has it. Without the parts for a screen, it takes a third less of the processor's time. */
const OF_THE_SYSTEM = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium']

/** `SEATLENS_CHROMIUM` decides alone where it is set; otherwise the one that the system has. */
const findChromium = (): string | undefined => {
  const { SEATLENS_CHROMIUM: named } = process.env
  if (named !== undefined) return existsSync(named) ? named : undefined
  return OF_THE_SYSTEM.find((path) => existsSync(path)) ?? inPath()
}

const executablePath = findChromium()

/** An opened page, and everything that went on in it besides. */
interface OpenedPage {
  readonly page: Page
  /** What the page asked for, itself excepted. */
  readonly requests: readonly string[]
  /** Errors of the script, complaints of the console, breaches of the policy. */
  readonly complaints: readonly string[]
}

/** Opens a page that is given as its text. Without options, one page shows one text after the other. */
export type OpenPage = (text: string, options?: BrowserContextOptions) => Promise<OpenedPage>

/**
 * How many milliseconds a page takes to open that is given as its text, which is the median of three times. Each is in a
 * tab of its own that is not watched: for what watches a tab, the browser decodes the whole file once more.
 */
export type TimeToOpen = (text: string) => Promise<number>

const LOOK_EVERY_MS = 20

/** 0 while the page is not open: before it there is an empty one. */
const OPENED = "location.protocol === 'file:' ? performance.getEntriesByType('navigation')[0].domComplete : 0"

const openUnwatched = async (browser: Browser, url: string): Promise<number> => {
  const session = await browser.newBrowserCDPSession()
  const { browserContextId } = await session.send('Target.createBrowserContext')
  const { targetId } = await session.send('Target.createTarget', { url: 'about:blank', browserContextId })
  const { sessionId } = await session.send('Target.attachToTarget', { targetId })
  const ask = (method: string, params: object) =>
    new Promise<{ readonly result?: { readonly value?: unknown } }>((resolve) => {
      session.once('Target.receivedMessageFromTarget', ({ message }) => resolve(JSON.parse(message).result ?? {}))
      void session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id: 1, method, params }) })
    })
  // As a reader's browser has it: the tab is there, with a process of its own.
  await ask('Runtime.evaluate', { expression: '0' })
  await ask('Page.navigate', { url })
  let opened = 0
  while (opened === 0) {
    await delay(LOOK_EVERY_MS)
    opened = Number((await ask('Runtime.evaluate', { expression: OPENED })).result?.value ?? 0)
  }
  await session.send('Target.disposeBrowserContext', { browserContextId })
  await session.detach()
  return opened
}

/** Shows texts in a page, and listens to each for itself. */
const createShowing = (page: Page, fileOf: (text: string) => string) => {
  let heard: { url: string; requests: string[]; complaints: string[] } = { url: '', requests: [], complaints: [] }
  page.on('request', (request) => {
    if (request.url() !== heard.url) heard.requests.push(request.url())
  })
  page.on('console', (message) => heard.complaints.push(message.text()))
  page.on('pageerror', (error) => heard.complaints.push(error.message))
  page.on('dialog', async (dialog) => {
    heard.complaints.push(`a dialog: ${dialog.message()}`)
    await dialog.dismiss()
  })
  return async (text: string): Promise<OpenedPage> => {
    heard = { url: pathToFileURL(fileOf(text)).href, requests: [], complaints: [] }
    await page.goto(heard.url)
    return { page, requests: heard.requests, complaints: heard.complaints }
  }
}

const PLAIN = { viewport: { width: 1280, height: 720 } }

/** Tests in a real browser; where there is none, they are left out by name. */
export const describeInChromium = (
  title: string,
  tests: (openPage: OpenPage, timeToOpen: TimeToOpen) => void,
): void => {
  describe.skipIf(executablePath === undefined)(title, () => {
    let browser: Browser
    let plain: Page
    let showPlain: (text: string) => Promise<OpenedPage>
    let folder: string
    let files = 0

    const fileOf = (text: string): string => {
      files += 1
      const file = join(folder, `page-${files}.html`)
      writeFileSync(file, text)
      return file
    }

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'seatlens-browser-'))
      browser = await chromium.launch({ ...(executablePath && { executablePath }), args: ['--no-sandbox'] })
      plain = await (await browser.newContext(PLAIN)).newPage()
      showPlain = createShowing(plain, fileOf)
    }, 60_000)
    afterEach(async () => {
      const others = browser.contexts().filter((context) => context !== plain.context())
      await Promise.all(others.map((context) => context.close()))
      await plain.emulateMedia({ media: null, colorScheme: null })
      await plain.setViewportSize(PLAIN.viewport)
    })
    afterAll(async () => {
      await browser?.close()
      rmSync(folder, { recursive: true, force: true })
    })

    tests(
      async (text, options) => {
        if (options === undefined) return showPlain(text)
        return createShowing(await (await browser.newContext(options)).newPage(), fileOf)(text)
      },
      async (text) => {
        const url = pathToFileURL(fileOf(text)).href
        const times: number[] = []
        while (times.length < 3) times.push(await openUnwatched(browser, url))
        return times.toSorted((one, other) => one - other)[1] ?? Number.NaN
      },
    )
    if (executablePath === undefined) {
      const names = TestRunner.getCurrentSuite().tasks.map(({ name }) => `  ${title}: ${name}`)
      console.warn(`Left out, because no Chromium was found (SEATLENS_CHROMIUM may name one):\n${names.join('\n')}`)
    }
  })
}
