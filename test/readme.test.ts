import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { documents } from './documents/documents.ts'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

/** That their TypeScript compiles is in test/documents/typescript.test.ts. */
describe('the documents', () => {
  const programs = (folder: string) =>
    new Map(
      readdirSync(join(root, folder))
        .filter((file) => file.endsWith('.ts'))
        .map((file) => [file, read(join(folder, file))] as const),
    )

  describe('show in the guides for providers', () => {
    const guide = read('docs/adding-a-provider.md')
    const excerpts = [guide, read('docs/adding-changes.md')].flatMap((text) =>
      [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => code),
    )
    const acme = programs('examples/acme')
    it('something of every file', () => {
      const unshown = [...acme].filter(([, text]) => !excerpts.some((code) => text.includes(code)))
      expect(unshown.map(([file]) => file)).toEqual([])
    })

    it('no more than can be read at once', () => {
      expect(guide.split('\n').length).toBeLessThanOrEqual(220)
    })
  })

  it('begin with a README that is read at once', () => {
    expect(read('README.md').split('\n').length).toBeLessThanOrEqual(150)
  })

  it('name tests that exist', () => {
    const named = [...read('docs/reliability.md').matchAll(/`((?:test|src)\/[^`]+)`/g)].map(([, path]) => path ?? '')
    expect(named.length).toBeGreaterThan(10)
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([])
    const files = new Set(
      readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' }).map((path) => basename(path)),
    )
    const bare = [...read('docs/reliability.md').matchAll(/`([^`/]+\.test\.ts)`/g)].map(([, file]) => file ?? '')
    expect(bare.filter((file) => !files.has(file))).toEqual([])
  })

  it.each(['docs/architecture.md', 'CONTRIBUTING.md'])('name files and folders of %s that exist', (document) => {
    const named = [...read(document).matchAll(/`((?:src|providers|examples|test)\/[\w./-]+)`/g)].map(
      ([, path = '']) => path,
    )
    expect(named.length).toBeGreaterThan(10)
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  it.each(documents)('lead somewhere with every link of %s', (document) => {
    const links = [...read(document).matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path]) => path ?? '')
    expect(links.filter((path) => !existsSync(join(root, dirname(document), path)))).toEqual([])
  })

  /** As GitHub makes them. */
  const anchorOf = (heading: string) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, '')
      .replaceAll(' ', '-')

  it.each(documents)('lead to a heading with every link of %s that names one', (document) => {
    const links = [...read(document).matchAll(/\]\((?!https?:)([^)#]*)#([^)]+)\)/g)]
    const dead = links.filter(([, path = '', anchor = '']) => {
      const target = path === '' ? read(document) : readFileSync(join(root, dirname(document), path), 'utf8')
      return ![...target.matchAll(/^#+ (.*)$/gm)].some(([, heading = '']) => anchorOf(heading) === anchor)
    })
    expect(dead.map(([link]) => link)).toEqual([])
  })

  it.each(documents)('wrap the prose of %s', (document) => {
    const prose = read(document).replace(/```[\s\S]*?```/g, '')
    const long = prose.split('\n').filter((line) => line.length > 120 && !line.startsWith('|') && line.includes(' '))
    expect(long).toEqual([])
  })
})
