import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

/** The package as it is built: its types are read from the declarations that it ships. */
const root = join(import.meta.dirname, '../..')

const manifest: { readonly exports: Readonly<Record<string, string>> } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
)

/** Declarations by entry point: `./webex`, and where its types are. */
export const entryPoints: readonly (readonly [string, string])[] = Object.entries(manifest.exports)
  .filter(([, file]) => file.endsWith('.js'))
  .map(([entry, file]) => [entry, join(root, file.replace(/\.js$/, '.d.ts'))])

const COMMENT = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm
const texts = new Map<string, string>()

/** What a file of declarations says, without its comments. */
export const declarationsIn = (file: string): string => {
  const known = texts.get(file) ?? readFileSync(file, 'utf8').replace(COMMENT, '')
  texts.set(file, known)
  return known
}

const fileOf = (from: string, specifier: string): string => join(dirname(from), specifier.replace(/\.[jt]s$/, '.d.ts'))

const FROM = /\bfrom\s*['"](\.[^'"]+)['"]|\bimport\(['"](\.[^'"]+)['"]\)/g

/** Every file of declarations that those of an entry point lead to, relative to what is built. */
export const publishedFiles = (): readonly string[] => {
  const reached = new Set(entryPoints.map(([, file]) => file))
  for (const file of reached) {
    for (const [, one, other] of declarationsIn(file).matchAll(FROM)) {
      const target = fileOf(file, one ?? other ?? '')
      if (existsSync(target)) reached.add(target)
    }
  }
  return [...reached]
}

export const shownPath = (file: string): string => relative(join(root, 'dist'), file)

const DECLARED = /^export (?:declare )?(?:abstract )?(const|let|function\*?|class|interface|type|enum) (\w+)/gm
const NAMED = /^export (type )?\{([^}]*)\}(?: from ['"]([^'"]+)['"])?/gm
const ALL = /^export \* (?:as (\w+) )?from ['"]([^'"]+)['"]/gm

type Kinds = ReadonlyMap<string, ReadonlySet<string>>

/** What a file exports, by name: `const` or `function` and the like, or `type`, or both. */
export const exportsOf = (file: string): Kinds => {
  const text = declarationsIn(file)
  const found = new Map<string, Set<string>>()
  const add = (name: string, kinds: Iterable<string>) => {
    const all = found.get(name) ?? new Set<string>()
    for (const kind of kinds) all.add(kind)
    found.set(name, all)
  }
  for (const [, kind = '', name = ''] of text.matchAll(DECLARED)) {
    add(name, [kind === 'interface' ? 'type' : kind.replace('*', '')])
  }
  for (const [, onlyTypes, names = '', specifier] of text.matchAll(NAMED)) {
    const there = specifier?.startsWith('.') ? exportsOf(fileOf(file, specifier)) : undefined
    for (const entry of names.split(',').map((one) => one.trim())) {
      if (entry === '') continue
      const isType = onlyTypes !== undefined || entry.startsWith('type ')
      const [original = '', name = original] = entry.replace(/^type /, '').split(' as ')
      add(name, isType ? ['type'] : (there?.get(original) ?? ['from elsewhere']))
    }
  }
  for (const [, name, specifier = ''] of text.matchAll(ALL)) {
    const there = exportsOf(fileOf(file, specifier))
    if (name !== undefined) add(name, ['namespace'])
    for (const [one, kinds] of there) {
      if (name !== undefined) add(`${name}.${one}`, kinds)
      else if (!found.has(one)) add(one, kinds)
    }
  }
  return found
}
