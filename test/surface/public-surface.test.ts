import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { declarationsIn, entryPoints, exportsOf, publishedFiles, shownPath } from './declarations.ts'

const surface = (): string =>
  entryPoints
    .map(([entry, file]) => {
      const names = [...exportsOf(file)].map(([name, kinds]) => `  ${name}: ${[...kinds].sort().join(', ')}`)
      return [`${entry} (${names.length})`, ...names.sort(), ''].join('\n')
    })
    .join('\n')

const OPTIONS_OR_ALIAS =
  /^export (?:declare )?(?:interface|type) (\w*(?:Options|Request|Config|Runtime|Settings|Harness|Folder|Host|Query))\b([\s\S]*?)^(?=export|declare|import|interface|type)/gm
const IMPORTED = /^import (?:type )?\{([^}]*)\} from ['"]\./gm

/** The types of this package that options are made of, of those that are exported by these names. */
const partsOfOptions = (exported: ReadonlySet<string>) =>
  publishedFiles().flatMap((file) => {
    const text = `${declarationsIn(file)}\nexport {}`
    const imported = [...text.matchAll(IMPORTED)].flatMap(([, names = '']) => names.split(','))
    const declared = [...text.matchAll(/^(?:(?:export )?(?:declare )?interface|export (?:declare )?type) (\w+)/gm)].map(
      ([, name = '']) => name,
    )
    const own = new Set([
      ...imported.map(
        (name) =>
          name
            .trim()
            .replace(/^type /, '')
            .split(' as ')[0] ?? '',
      ),
      ...declared,
    ])
    return [...text.matchAll(OPTIONS_OR_ALIAS)]
      .filter(([, name = '']) => exported.has(name))
      .flatMap(([, options, body = '']) =>
        [...new Set(body.match(/\b[A-Z]\w*/g))].filter((part) => own.has(part)).map((part) => ({ options, part })),
      )
  })

describe('what the package exports', () => {
  // Where this is meant to change: npm run surface, and look at what has changed.
  it('is what is recorded', async () => {
    expect(entryPoints.length).toBeGreaterThan(7)
    await expect(surface()).toMatchFileSnapshot(join(import.meta.dirname, '../fixtures/public-surface.txt'))
  })

  it('is what can be loaded', async () => {
    for (const [entry, file] of entryPoints) {
      const loaded: object = await import(file.replace(/\.d\.ts$/, '.js'))
      const values = [...exportsOf(file)].filter(([, kinds]) => [...kinds].some((kind) => kind !== 'type'))
      const names = values.map(([name]) => name)
      expect(names.filter((name) => !name.includes('.')).sort(), entry).toEqual(Object.keys(loaded).sort())
    }
  })
})

describe('the published types', () => {
  it('of what callers hand in can all be named: the entry point exports what they are made of, or the main one does', () => {
    const [[, main] = ['', '']] = entryPoints
    const inMain = exportsOf(main)
    const namespaces = new Set(
      entryPoints.flatMap(([, file]) =>
        [...exportsOf(file)].flatMap(([name, kinds]) => (kinds.has('namespace') ? [name] : [])),
      ),
    )
    const unnamed = entryPoints.flatMap(([entry, file]) => {
      const exported = new Set([...exportsOf(file).keys()].map((name) => name.slice(name.indexOf('.') + 1)))
      return partsOfOptions(exported)
        .filter(({ part }) => !exported.has(part) && !inMain.has(part) && !namespaces.has(part))
        .map(({ options, part }) => `${entry}: ${options} needs ${part}`)
    })
    expect([...new Set(unnamed)].sort()).toEqual([])
  })

  /** What a vendor's answers are decoded with, and what an adapter makes that of. */
  const MAY_NAME_IO_TS = /^providers\/\w+\/(?:codecs|list-reader)\.d\.ts$|^src\/provider-kit\/answer-codecs\.d\.ts$/

  it('name io-ts only where the answers of a vendor are described', () => {
    const naming = publishedFiles().filter((file) => /['"]io-ts/.test(declarationsIn(file)))
    expect(naming.map(shownPath).filter((path) => !MAY_NAME_IO_TS.test(path))).toEqual([])
  })

  it('take undefined for every member of options that may be absent', () => {
    // What is handed to callers is read, and not written.
    const GIVEN = /^(?:Logged|InMemory)Request$/
    const OPTIONS =
      /^export interface (\w*(?:Options|Request|Config|Runtime|Settings|Harness|Folder|Host|Query))\b[^{]*\{([\s\S]*?)^\}/gm
    const members = publishedFiles().flatMap((file) =>
      [...declarationsIn(file).matchAll(OPTIONS)].flatMap(([, name = '', body = '']) =>
        GIVEN.test(name)
          ? []
          : [...body.matchAll(/^ {4}readonly (\w+)\?: ([\s\S]*?);\n(?= {4}readonly|\s*$)/gm)].map(
              ([, member, type = '']) => ({
                member: `${shownPath(file)}: ${name}.${member}`,
                type,
              }),
            ),
      ),
    )
    expect(members.length).toBeGreaterThan(50)
    const refusing = members.filter(({ type }) => !/\| undefined$|^undefined \||\bundefined\b|^unknown$/.test(type))
    expect(refusing.map(({ member }) => member)).toEqual([])
  })
})
