import { existsSync } from 'node:fs'
import axe from 'axe-core'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { type Name, passwords } from './console.ts'

const { SEATLENS_CHROMIUM: named } = process.env
/** Where Debian has it. Without the parts for a screen, it takes a third less of the processor's time. */
const OF_THE_SYSTEM = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium']
/** Undefined: this machine has none. */
export const executablePath = (named === undefined ? OF_THE_SYSTEM : [named]).find((path) => existsSync(path))

export const launch = (): Promise<Browser> =>
  chromium.launch({ ...(executablePath === undefined ? {} : { executablePath }), args: ['--no-sandbox'] })

/** An opened console, in a browser of its own: no cookie is shared. */
export interface Opened {
  readonly page: Page
  /** Errors of the script and breaches of the policy. An answer of the server that says no is neither. */
  readonly complaints: readonly string[]
  readonly go: (hash: string) => Promise<void>
  readonly close: () => Promise<void>
}

const LONG_MS = 50_000

export const openConsole = async (
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Opened> => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  context.setDefaultTimeout(LONG_MS)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', ({ message }) => complaints.push(message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text())
  })
  await page.goto(url)
  return {
    page,
    complaints,
    go: (hash) => page.evaluate(`location.hash = ${JSON.stringify(hash)}`),
    close: () => context.close(),
  }
}

export const signIn = async ({ page }: Opened, name: Name): Promise<void> => {
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Password').fill(passwords[name])
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Sign out' }).waitFor()
}

interface AxeResults {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[]
}

/** Of what is fine, nothing is told; and no selectors are made, which took two thirds of its time. */
const CHECKS = { iframes: false, resultTypes: ['violations'], selectors: false }

/** What axe-core complains of, in light colors, and in dark ones, which differ in nothing else: rule and element. */
export const violationsIn = async (page: Page): Promise<readonly string[]> => {
  // As a debugger does it: the policy of the page allows no script but its own. Once, as it takes as long as most checks.
  if (!(await page.evaluate("'axe' in globalThis"))) await page.evaluate(axe.source)
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const options = colorScheme === 'light' ? CHECKS : { ...CHECKS, runOnly: ['color-contrast'] }
    const { violations }: AxeResults = await page.evaluate(
      `axe.run({ exclude: ['iframe'] }, ${JSON.stringify(options)})`,
    )
    found.push(...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`)))
  }
  return found
}

/** A page answers in its own time. */
export const eventually = <A>(seen: () => Promise<A>) => expect.poll(seen)
