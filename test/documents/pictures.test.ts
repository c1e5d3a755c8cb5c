import { statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { registry } from '../../src/cli/registry.ts'
import { run } from '../cli/support/run.ts'
import { read, root } from './documents.ts'

/** As website/pictures.mjs makes them. */
const WIDTH = 104

describe('the pictures of the README', () => {
  it('show the report of the demo as it is', async () => {
    const { stdout } = await run(['demo'], { registry, configuration: null, stdout: { columns: WIDTH } })
    // Terms end so many days after the day of the demo, and billing periods with the month.
    const withoutDays = (text: string): string => text.replace(/\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2})?/g, '(a day)')
    const printed = withoutDays(stdout)
    const picture = read('docs/pictures/terminal.svg')
    const shown = [...picture.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text = '']) =>
      withoutDays(text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')),
    )
    expect(shown.length).toBeGreaterThan(100)
    expect(shown.filter((text) => !printed.includes(text) && !['…', '$', 'npx seatlens demo'].includes(text))).toEqual(
      [],
    )
  })

  it.each(['report-page.webp', 'terminal.svg'])('are light: %s', (name) => {
    expect(read('README.md')).toContain(`(docs/pictures/${name})`)
    expect(statSync(join(root, 'docs', 'pictures', name)).size).toBeLessThanOrEqual(200_000)
  })
})
