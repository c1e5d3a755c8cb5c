import { beforeAll, expect, it } from 'vitest'
import { bytesOf, piecesOf, renderReport, reportFormats, textOf } from '../../src/render/index.ts'
import { readWorkbook } from '../cli/support/read-workbook.ts'
import { bundled } from './support/bundled.ts'
import { describeInChromium } from './support/chromium.ts'
import { organization } from './support/organization.ts'

describeInChromium('rendering in a page', (openPage) => {
  const report = organization(60)
  let library: string

  beforeAll(async () => {
    library = await bundled('dist/src/render/index.js', 'render')
  }, 60_000)

  /** What the page makes of the report, byte by byte. */
  const renderedInPage = async (format: string): Promise<Buffer> => {
    const { page, requests, complaints } = await openPage('<!doctype html><title>An admin page</title>')
    await page.addScriptTag({ content: library })
    const bytes: readonly number[] = await page.evaluate(`(async () => {
      const content = await render.renderReport(${JSON.stringify(report)}, { format: ${JSON.stringify(format)} })
      return [...new Uint8Array(await new Blob([...render.piecesOf(content)]).arrayBuffer())]
    })()`)
    expect(requests).toEqual([])
    expect(complaints).toEqual([])
    return Buffer.from(bytes)
  }

  it.each(reportFormats.filter((format) => format !== 'xlsx'))(
    'makes the very text that Node makes: %s',
    async (format) => {
      expect((await renderedInPage(format)).toString()).toBe(textOf(await renderReport(report, { format })))
    },
  )

  it('makes a workbook with the sheets that Node makes', async () => {
    const made = bytesOf(await renderReport(report, { format: 'xlsx' }))
    expect(readWorkbook(await renderedInPage('xlsx'))).toEqual(readWorkbook(Buffer.from(made)))
  })

  // Where this does not compile, embedders cannot write it either: the types here are those of browsers.
  it('makes what a page can offer as a file, and a service worker can answer with', async () => {
    const content = await renderReport(report, { format: 'xlsx' })
    const bytes = bytesOf(content)
    expect(new Uint8Array(await new Blob([...piecesOf(content)]).arrayBuffer())).toEqual(bytes)
    expect(new Uint8Array(await new Response(bytes).arrayBuffer())).toEqual(bytes)
  })

  it('makes a page that opens, and shows its people', async () => {
    const { page, complaints } = await openPage((await renderedInPage('html')).toString())
    expect(await page.locator('.people tbody .person').count()).toBeGreaterThan(0)
    expect(complaints).toEqual([])
  })
})
