import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'providers/genesys/README.md',
  'providers/webex/README.md',
  'docs/adding-a-provider.md',
]

/** The examples are run by test/examples.test.ts, so that what the README shows is what was seen to work. */
describe('the documents', () => {
  const blocks = [...read('README.md').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code)
  const examples = new Map(
    readdirSync(join(root, 'examples')).map((file) => [file, read(join('examples', file))] as const),
  )

  it.each(['list-users.ts', 'report-with-promises.ts', 'report-with-fp-ts.ts'])('show %s as it is', (file) => {
    expect(blocks).toContain(examples.get(file))
  })

  it('show no TypeScript in the README that is not an example', () => {
    expect(blocks.filter((block) => ![...examples.values()].includes(block ?? ''))).toEqual([])
  })

  it('show the report of the demo as it is', () => {
    const bin = join(root, 'dist', 'src', 'cli', 'bin.js')
    const { stdout } = spawnSync(process.execPath, [bin, 'demo'], { encoding: 'utf8' })
    const [, shown = ''] = /```text\n([\s\S]*?)```/.exec(read('README.md')) ?? []
    const printed = new Set(stdout.split('\n'))
    expect(shown.split('\n').filter((line) => line !== '…' && !printed.has(line))).toEqual([])
    expect(shown).toContain('in several providers')
  })

  it.each(documents)('lead somewhere with every link of %s', (document) => {
    const links = [...read(document).matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path]) => path ?? '')
    expect(links.filter((path) => !existsSync(join(root, dirname(document), path)))).toEqual([])
  })
})
