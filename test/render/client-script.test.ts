import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { describe, expect, it } from 'vitest'

const page = join(import.meta.dirname, '../../src/render/report/html')

/** The modules as one script: a page that loads nothing cannot load modules either. */
const asOneScript = async (): Promise<string> => {
  const bundle = await rolldown({ input: join(page, 'client/main.js'), platform: 'browser' })
  const { output } = await bundle.generate({ format: 'esm', comments: false })
  await bundle.close()
  return output[0].code
    .replace(/^\/\/#.*\n/gm, '')
    .replaceAll('\t', '  ')
    .trim()
}

const asModule = (script: string): string => `/**
 * The script of the page: the modules of \`client/\` as one. Made from them by \`npm run client-script\`; no file has to be
 * read to make a page, so that a browser can.
 */
export const clientScript =
  ${JSON.stringify(script)}
`

describe('the script of the page', () => {
  it('is what its modules are: where this fails, run npm run client-script', async () => {
    await expect(asModule(await asOneScript())).toMatchFileSnapshot(join(page, 'client-script.ts'))
  })
})
