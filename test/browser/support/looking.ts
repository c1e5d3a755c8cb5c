import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

interface AxeResults {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[]
}

/** Of what is fine, nothing is told; and no selectors are made, which took two thirds of its time. */
const TOLD = { resultTypes: ['violations'], selectors: false }

/** What axe-core complains of: rule and element. With `rules`, it looks for the breaches of these alone. */
export const violationsOf = async (page: Page, rules?: readonly string[]): Promise<readonly string[]> => {
  await page.evaluate(`globalThis.axe ?? (() => { ${axe.source} })()`)
  const options = rules === undefined ? TOLD : { ...TOLD, runOnly: rules }
  const { violations }: AxeResults = await page.evaluate(`axe.run(${JSON.stringify(options)})`)
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))
}

/** Time for all sizes and colors of a large page, on a busy machine too. */
export const LOOKING_MS = 240_000

/**
 * What axe-core complains of at each of some sizes of the window, in light colors and in dark ones, which differ in nothing
 * else. In one page, as the first look at a page takes several times what the next ones take. The page must not be one
 * that does otherwise when it is opened at another size.
 */
export const violationsAtSizes = async (
  page: Page,
  sizes: readonly { readonly width: number; readonly height: number }[],
): Promise<readonly string[]> => {
  const found: string[] = []
  for (const size of sizes) {
    const at = (violations: readonly string[], color: string) =>
      found.push(...violations.map((violation) => `${size.width} pixels wide, ${color}: ${violation}`))
    await page.setViewportSize(size)
    await page.emulateMedia({ colorScheme: 'light' })
    at(await violationsOf(page), 'light')
    await page.emulateMedia({ colorScheme: 'dark' })
    at(await violationsOf(page, ['color-contrast']), 'dark')
  }
  return found
}

export const openEverything = (page: Page): Promise<unknown> =>
  page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")

/** A page answers in its own time. */
export const eventually = <A>(seen: () => Promise<A>) => expect.poll(seen)

export const ATTACKS = [
  { told: '<img src=x onerror="globalThis.attacked=1">', seen: '<img src=x onerror="globalThis.attacked=1">' },
  { told: '</script><script>globalThis.attacked=2</script>', seen: '</script><script>globalThis.attacked=2</script>' },
  { told: '"><iframe src="https://example.com"></iframe>', seen: '"><iframe src="https://example.com"></iframe>' },
  { told: 'javascript:globalThis.attacked=3', seen: 'javascript:globalThis.attacked=3' },
  { told: '<!--<script>', seen: '<!--<script>' },
  { told: 'abc\u202edef', seen: 'abc<U+202E>def' },
  { told: 'one\u2028two', seen: 'one<U+2028>two' },
] as const
