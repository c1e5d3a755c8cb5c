import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** Imports and exports of built code that are loaded at once. */
const IMPORTS = /^(?:import|export)\b[^'"\n]*?["']([^"'\n]+)["']/gm

/** What each entry point loads of other packages. The parsers and the display of the command line are in none. */
const LOADED: Readonly<Record<string, readonly string[]>> = {
  '.': ['fastest-levenshtein', 'fp-ts', 'io-ts', 'p-limit'],
  './genesys': ['fastest-levenshtein', 'fp-ts', 'io-ts', 'p-limit'],
  './webex': ['fastest-levenshtein', 'fp-ts', 'http-link-header', 'io-ts', 'p-limit'],
  './provider-kit': ['fastest-levenshtein', 'fp-ts', 'io-ts', 'p-limit'],
  './render': ['fastest-levenshtein', 'fp-ts'],
  './node': ['fp-ts', 'io-ts', 'jsonc-parser'],
  './query': ['fastest-levenshtein', 'fp-ts', 'io-ts', 'jsonc-parser', 'p-limit'],
  './simulator-kit': ['fp-ts'],
  './testing': ['fastest-levenshtein', 'fp-ts', 'io-ts', 'p-limit'],
  './genesys/simulator': ['fp-ts', 'io-ts'],
  './webex/simulator': ['fp-ts', 'io-ts'],
}

interface SourceMap {
  readonly sources: readonly string[]
  readonly sourcesContent: readonly string[]
}

/** The package as others get it: packed, installed elsewhere, loaded by plain Node without any of this project's tools. */
describe('the packed package', () => {
  const root = join(import.meta.dirname, '..')
  const manifest: { exports: Record<string, string>; version: string } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  )
  const entryPoints = Object.keys(manifest.exports).filter((path) => path !== './package.json')
  let folder: string

  const npm = (cwd: string, ...words: string[]) =>
    execFileSync('npm', words, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  const node = (...words: string[]) => execFileSync(process.execPath, words, { cwd: folder, encoding: 'utf8' })

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'seatlens-package-'))
    const packed = npm(root, 'pack', '--ignore-scripts', '--silent', '--pack-destination', folder).trim()
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    npm(folder, 'install', '--prefer-offline', '--no-save', '--no-audit', '--no-fund', join(folder, packed))
  }, 120_000)

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.each(entryPoints)('loads %s with plain Node', (entryPoint) => {
    const specifier = `seatlens${entryPoint.slice(1)}`
    const names = node('-e', `import('${specifier}').then((module) => console.log(Object.keys(module).join()))`)
    expect(names.trim()).not.toBe('')
  })

  /** What a file and all that it imports at once take of other packages. */
  const packagesOf = (file: string): readonly string[] => {
    const files = new Set<string>()
    const packages = new Set<string>()
    const visit = (path: string): void => {
      if (files.has(path)) return
      files.add(path)
      for (const [, specifier = ''] of readFileSync(path, 'utf8').matchAll(IMPORTS)) {
        if (specifier.startsWith('.')) visit(join(dirname(path), specifier))
        else if (!specifier.startsWith('node:')) packages.add(specifier.split('/')[0] ?? '')
      }
    }
    visit(file)
    return [...packages].sort()
  }

  it.each(Object.entries(LOADED))('loads of other packages with %s no more than it needs', (entryPoint, packages) => {
    const file = manifest.exports[entryPoint] ?? ''
    expect(packagesOf(join(folder, 'node_modules', 'seatlens', file))).toEqual(packages)
  })

  it('says of every entry point what it loads', () => {
    expect(Object.keys(LOADED)).toEqual(entryPoints)
  })

  it.skipIf(!('require_module' in process.features))('is loaded by CommonJS programs with require', () => {
    const program = `const names = ${JSON.stringify(entryPoints)}.map((path) => Object.keys(require('seatlens' + path.slice(1))).length)
      console.log(Math.min(...names))`
    writeFileSync(join(folder, 'program.cjs'), program)
    expect(Number(node('program.cjs'))).toBeGreaterThan(0)
  })

  it('leads from its code to its sources, which its maps carry', () => {
    const parts = join(folder, 'node_modules', 'seatlens', 'dist', 'src', 'parts')
    const maps = readdirSync(parts)
      .filter((name) => name.endsWith('.js.map'))
      .map((name): SourceMap => JSON.parse(readFileSync(join(parts, name), 'utf8')))
    expect(maps.flatMap(({ sources }) => sources).some((path) => path.endsWith('/providers/webex/provider.ts'))).toBe(
      true,
    )
    const empty = maps.filter(({ sources, sourcesContent }) => sourcesContent.filter(Boolean).length < sources.length)
    expect(empty).toEqual([])
  })

  it('loads every part with nothing but what it depends on', () => {
    const parts = join(folder, 'node_modules', 'seatlens', 'dist', 'src', 'parts')
    const names = readdirSync(parts).filter((name) => name.endsWith('.js'))
    expect(names.length).toBeGreaterThan(20)
    node(
      '--input-type=module',
      '-e',
      names.map((name) => `await import('./node_modules/seatlens/dist/src/parts/${name}')`).join('\n'),
    )
  })

  it('runs its command line', () => {
    expect(node(join('node_modules', 'seatlens', 'dist', 'src', 'cli', 'bin.js'), '--version').trim()).toBe(
      manifest.version,
    )
  })

  it('takes a provider from a package that is installed beside it', () => {
    const place = join(folder, 'node_modules', 'seatlens-acme')
    cpSync(join(folder, 'node_modules', 'seatlens', 'dist', 'examples', 'acme'), place, { recursive: true })
    writeFileSync(join(place, 'package.json'), '{ "type": "module", "exports": { "import": "./index.js" } }')
    writeFileSync(join(place, 'index.js'), "export { acmeDefinition as default } from './definition.js'")
    writeFileSync(join(folder, 'seatlens.json'), '{ "providers": [{ "id": "a", "type": "seatlens-acme" }] }')
    const told = node(join('node_modules', 'seatlens', 'dist', 'src', 'cli', 'bin.js'), 'schema')
    expect(told).toContain('"The API. Default: https://api.acme.example"')
  })

  it('carries what its README leads to, and neither tests nor sources', () => {
    const files = node(
      '-e',
      "console.log(require('node:fs').readdirSync('node_modules/seatlens', {recursive:true}).join('\\n'))",
    )
    expect(files).not.toMatch(/\.test\.|^test|^(src|providers)\/.*\.ts$/m)
    // An example that is a package of its own, as it is in the repository, and not what was installed or built there.
    expect(files).not.toMatch(/^examples\/[^/]+\/(node_modules|dist|test|package-lock\.json)/m)
    expect(files).toMatch(/^examples\/hono-server\/app\.ts$/m)
    expect(files).toMatch(/^providers\/webex\/README\.md$/m)
    expect(files).toMatch(/^LICENSE$/m)
  })

  it('carries what every link in its documents leads to', () => {
    const installed = join(folder, 'node_modules', 'seatlens')
    const documents = readdirSync(installed, { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('.md'),
    )
    const links = documents.flatMap((document) =>
      [...readFileSync(join(installed, document), 'utf8').matchAll(/\]\((?!\w+:|#)([^)#\s]+)/g)].map(
        ([, link = '']) => ({
          document,
          link,
        }),
      ),
    )
    expect(links.length).toBeGreaterThan(10)
    expect(links.filter(({ document, link }) => !existsSync(join(installed, dirname(document), link)))).toEqual([])
  })

  it('is enough for the author of a provider: the example passes the conformance suite, set up by the guide', {
    timeout: 180_000,
  }, () => {
    const installed = join(folder, 'node_modules', 'seatlens')
    const author = join(folder, 'author')
    cpSync(join(installed, 'examples', 'acme'), join(author, 'src'), { recursive: true })
    const guide = readFileSync(join(installed, 'docs', 'provider-packages.md'), 'utf8')
    const [, tsconfig = ''] = /```json\n(\{\n {2}"compilerOptions"[\s\S]*?)```/.exec(guide) ?? []
    writeFileSync(join(author, 'tsconfig.json'), tsconfig)
    writeFileSync(join(author, 'package.json'), '{ "type": "module" }')
    mkdirSync(join(folder, 'node_modules', '@types'), { recursive: true })
    symlinkSync(join(root, 'node_modules/@types/node'), join(folder, 'node_modules/@types/node'), 'junction')
    node(join(root, 'node_modules/typescript/bin/tsc'), '-p', author)
    const output = node('--test', join(author, 'dist', 'conformance.js'))
    expect(output).toMatch(/\bfail 0\b/)
    expect(Number(/\bpass (\d+)/.exec(output)?.[1])).toBeGreaterThan(50)
  })

  it('carries examples that run', () => {
    const example = (name: string) => `./node_modules/seatlens/dist/examples/${name}.js`
    const output = node(
      '--input-type=module',
      '-e',
      `import { startWebexSimulator } from 'seatlens/webex/simulator'
       const simulator = await startWebexSimulator({ users: 10 })
       process.env.WEBEX_API_URL = simulator.configuration.apiUrl
       process.env.WEBEX_ACCESS_TOKEN = simulator.configuration.accessToken
       await import('${example('list-users')}')
       await simulator.stop()`,
    )
    expect(output.trim().split('\n').length).toBeGreaterThan(5)
    for (const name of [
      'change-assignments',
      'journal-and-snapshots',
      'report-server',
      'report-with-fp-ts',
      'report-with-promises',
    ]) {
      expect(existsSync(join(folder, example(name)))).toBe(true)
    }
  })
})
