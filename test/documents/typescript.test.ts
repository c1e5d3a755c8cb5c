import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { documents, filesIn, read, root } from './documents.ts'

interface Block {
  /** The document, and the line of the first line of code. */
  readonly place: string
  readonly document: string
  /** What a comment before the block says that comes before it. Empty: it is whole. */
  readonly context: string
  readonly code: string
}

const BLOCK = /(?:<!-- context\n([\s\S]*?)-->\n+)?^```(?:ts|typescript)\n([\s\S]*?)^```$/gm

const blocks: readonly Block[] = documents.flatMap((document) =>
  [...read(document).matchAll(BLOCK)].map(({ 0: whole, 1: context = '', 2: code = '', index, input }) => {
    const line = input.slice(0, index + whole.indexOf('```')).split('\n').length + 1
    return { place: `${document}:${line}`, document, context, code }
  }),
)

/** What is compiled, and run, by other tests: `npm run typecheck`, test/examples.test.ts, the tests of an example. */
const programs = new Map(
  [...filesIn('examples', '.ts'), 'providers/genesys/provider.ts'].map((path) => [path, read(path)] as const),
)
const isShown = ({ code }: Block): boolean => [...programs.values()].some((text) => text.includes(code))

/** Where the package is installed, as in the project of a reader. */
const install = (folder: string) => {
  const modules = join(folder, 'node_modules')
  mkdirSync(join(modules, '@types'), { recursive: true })
  symlinkSync(root, join(modules, 'seatlens'), 'junction')
  for (const name of ['@types/node', 'fp-ts', 'io-ts', 'undici', 'vitest']) {
    symlinkSync(join(root, 'node_modules', name), join(modules, name), 'junction')
  }
  const compilerOptions = {
    ...{ target: 'es2023', lib: ['es2023'], module: 'nodenext', types: ['node'], skipLibCheck: true, noEmit: true },
    ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true },
    ...{ verbatimModuleSyntax: true, allowImportingTsExtensions: true, moduleDetection: 'force' },
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
}

describe('the code in the documents', () => {
  it('is there', () => {
    expect(blocks.length).toBeGreaterThan(25)
    expect(new Set(blocks.map(({ document }) => document)).size).toBeGreaterThan(6)
  })

  it('is a copy of a program that tests compile and run, or compiles where the package is installed', () => {
    const folder = mkdtempSync(join(tmpdir(), 'seatlens-documents-'))
    try {
      install(folder)
      const compiled = blocks.filter((block) => !isShown(block))
      const placeOf = new Map(
        compiled.map(({ place, context, code }, index) => {
          const file = `block-${index}.ts`
          writeFileSync(join(folder, file), `${context}// ${place}\n${code}`)
          return [file, place] as const
        }),
      )
      expect(compiled.length).toBeGreaterThan(5)
      const tsc = join(root, 'node_modules/typescript/bin/tsc')
      const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8', cwd: folder })
      const problems = stdout.replace(/block-\d+\.ts/g, (file) => `${file} (${placeOf.get(file)})`)
      expect({ status, problems }).toEqual({ status: 0, problems: '' })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('is a program that runs, in the README and the guide for embedders, where it is whole', () => {
    const whole = blocks.filter(
      ({ document, context, code }) =>
        (document === 'README.md' || dirname(document) === 'docs/embedders') &&
        context === '' &&
        code.includes('import '),
    )
    expect(whole.length).toBeGreaterThan(8)
    expect(whole.filter((block) => !isShown(block)).map(({ place }) => place)).toEqual([])
  })

  it('has names in the text, too, that the package has', () => {
    const guides = documents.filter(
      (path) => dirname(path) === 'docs/embedders' || /^docs\/(?:adding-.*|provider-packages|glossary)\.md$/.test(path),
    )
    const code = ['src', 'providers', 'examples']
      .flatMap((folder) => filesIn(folder, '.ts'))
      .map(read)
      .join('\n')
    const known = new Set(code.match(/\w+/g))
    // npm's.
    const foreign = new Set(['peerDependencies'])
    const named = guides.flatMap((path) => {
      const prose = read(path).replace(/```[\s\S]*?```|<!--[\s\S]*?-->/g, '')
      const names = [...prose.matchAll(/`([^`]+)`/g)].flatMap(([, text = '']) => text.match(/\b[a-z]+[A-Z]\w*/g) ?? [])
      return names.map((name) => ({ path, name }))
    })
    expect(named.length).toBeGreaterThan(100)
    expect(named.filter(({ name }) => !known.has(name) && !foreign.has(name))).toEqual([])
  })

  it('shows every example', () => {
    const examples = [...programs].filter(([path]) => dirname(path) === 'examples' && basename(path) !== 'providers.ts')
    const linked = new Set(documents.flatMap((path) => [...read(path).matchAll(/examples\/[\w-]+\.ts/g)].map(String)))
    const unshown = examples.filter(([path, text]) => !blocks.some(({ code }) => code === text) && !linked.has(path))
    expect(unshown.map(([path]) => path)).toEqual([])
  })
})
