import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { parseAst } from 'rolldown/parseAst'

/** The package as it is built: its types are read from the declarations that it ships. */
const root = join(import.meta.dirname, '../..')

const manifest: { readonly exports: Readonly<Record<string, string>> } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
)

/** Declarations by entry point: `./webex`, and where its types are. */
export const entryPoints: readonly (readonly [string, string])[] = Object.entries(manifest.exports)
  .filter(([, file]) => file.endsWith('.js'))
  .map(([entry, file]) => [entry, join(root, file.replace(/\.js$/, '.d.ts'))])

export const shownPath = (file: string): string => relative(join(root, 'dist'), file)

/** A node of the syntax of a declaration, as the parser has it. */
export interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [member: string]: unknown
}

export const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value

/** The nodes right below a node. */
export const childrenOf = (node: Node): readonly Node[] =>
  Object.values(node).flatMap((value) => (Array.isArray(value) ? value : [value]).filter(isNode))

/** The nodes below a node, itself not among them. */
export function* within(node: Node): Generator<Node> {
  for (const child of childrenOf(node)) {
    yield child
    yield* within(child)
  }
}

export const nodesOf = (value: unknown): readonly Node[] => (Array.isArray(value) ? value.filter(isNode) : [])

/** The name of an identifier, or the text of a literal. */
export const nameOf = (value: unknown): string =>
  isNode(value) ? String(value.name ?? value.value ?? nameOf(value.id)) : ''

/** What a name of a file means: a declaration there, all that another file exports, or something of another package. */
type Meaning =
  | { readonly kind: 'declared'; readonly nodes: readonly Node[] }
  | { readonly kind: 'from'; readonly specifier: string; readonly name: string; readonly onlyType: boolean }
  | { readonly kind: 'all'; readonly specifier: string }

interface DeclarationFile {
  readonly text: string
  readonly meanings: ReadonlyMap<string, Meaning>
  /** What is exported, by the name that it has inside. */
  readonly exported: ReadonlyMap<string, Meaning>
  /** The files that all is exported of. */
  readonly passedOn: readonly string[]
}

const declaredNames = (node: Node): readonly string[] =>
  node.type === 'VariableDeclaration' ? nodesOf(node.declarations).map(nameOf) : [nameOf(node.id)]

const read = (file: string): DeclarationFile => {
  const text = readFileSync(file, 'utf8')
  const meanings = new Map<string, Meaning>()
  const exported = new Map<string, Meaning>()
  const passedOn: string[] = []
  const declare = (node: Node) => {
    for (const name of declaredNames(node)) {
      const known = meanings.get(name)
      meanings.set(name, { kind: 'declared', nodes: [...(known?.kind === 'declared' ? known.nodes : []), node] })
    }
  }
  const body = nodesOf(parseAst(text, { lang: 'dts' }, file).body)
  for (const statement of body) {
    const specifier = nameOf(statement.source)
    if (statement.type === 'ImportDeclaration') {
      for (const one of nodesOf(statement.specifiers)) {
        const isAll = one.type === 'ImportNamespaceSpecifier'
        const name = nameOf(one.imported)
        const onlyType = statement.importKind === 'type' || one.importKind === 'type'
        meanings.set(
          nameOf(one.local),
          isAll ? { kind: 'all', specifier } : { kind: 'from', specifier, name, onlyType },
        )
      }
    } else if (isNode(statement.declaration)) declare(statement.declaration)
    else if (/Declaration$/.test(statement.type)) declare(statement)
  }
  for (const statement of body) {
    const specifier = nameOf(statement.source)
    if (statement.type === 'ExportAllDeclaration') {
      if (statement.exported === null) passedOn.push(specifier)
      else exported.set(nameOf(statement.exported), { kind: 'all', specifier })
    }
    if (statement.type !== 'ExportNamedDeclaration') continue
    if (isNode(statement.declaration)) {
      for (const name of declaredNames(statement.declaration)) {
        const meaning = meanings.get(name)
        if (meaning !== undefined) exported.set(name, meaning)
      }
    }
    for (const one of nodesOf(statement.specifiers)) {
      const name = nameOf(one.local)
      const onlyType = statement.exportKind === 'type' || one.exportKind === 'type'
      const meaning: Meaning | undefined =
        specifier === '' ? meanings.get(name) : { kind: 'from', specifier, name, onlyType }
      if (meaning !== undefined) exported.set(nameOf(one.exported), meaning)
    }
  }
  return { text, meanings, exported, passedOn }
}

const files = new Map<string, DeclarationFile>()

const declarationFile = (file: string): DeclarationFile => {
  const known = files.get(file) ?? read(file)
  files.set(file, known)
  return known
}

/** Undefined for a file of another package. */
const fileOf = (from: string, specifier: string): string | undefined => {
  if (!specifier.startsWith('.')) return undefined
  const file = join(dirname(from), specifier.replace(/\.[jt]s$/, '.d.ts'))
  if (!existsSync(file)) throw new Error(`${file} is not there`)
  return file
}

/** What a name stands for in the end. */
export interface Declaration {
  /** Where it is declared: a file of ours, or another package. */
  readonly file: string
  readonly name: string
  /** Empty for what another package declares. */
  readonly nodes: readonly Node[]
  readonly onlyType: boolean
  /** For a namespace: all that is exported there. */
  readonly members?: ReadonlyMap<string, Declaration>
}

const declarationOf = (file: string, name: string, meaning: Meaning): Declaration | undefined => {
  if (meaning.kind === 'declared') return { file, name, nodes: meaning.nodes, onlyType: false }
  const there = fileOf(file, meaning.specifier)
  if (meaning.kind === 'all') {
    const members = there === undefined ? new Map<string, Declaration>() : exportsOf(there)
    return { file: there ?? meaning.specifier, name: '*', nodes: [], onlyType: false, members }
  }
  if (there === undefined) return { file: meaning.specifier, name: meaning.name, nodes: [], onlyType: meaning.onlyType }
  const found = exportsOf(there).get(meaning.name)
  return found === undefined ? undefined : { ...found, onlyType: found.onlyType || meaning.onlyType }
}

const exportsByFile = new Map<string, ReadonlyMap<string, Declaration>>()

/** What a file exports, by name. The members of a namespace are in it. */
export const exportsOf = (file: string): ReadonlyMap<string, Declaration> => {
  const known = exportsByFile.get(file)
  if (known !== undefined) return known
  const { exported, passedOn } = declarationFile(file)
  const found = new Map<string, Declaration>()
  for (const [name, meaning] of exported) {
    const declaration = declarationOf(file, name, meaning)
    if (declaration !== undefined) found.set(name, declaration)
  }
  for (const specifier of passedOn) {
    const there = fileOf(file, specifier)
    if (there === undefined) throw new Error(`${file} exports all of ${specifier}`)
    for (const [name, declaration] of exportsOf(there)) if (!found.has(name)) found.set(name, declaration)
  }
  exportsByFile.set(file, found)
  return found
}

/** All declarations that an entry point exports, by the path to them: `LicenseError`, `Http.openApi`. */
export const allExportsOf = (file: string): ReadonlyMap<string, Declaration> =>
  new Map(
    [...exportsOf(file)].flatMap(([name, declaration]) => [
      [name, declaration] as const,
      ...[...(declaration.members ?? [])].map(([member, one]) => [`${name}.${member}`, one] as const),
    ]),
  )

const KINDS: Readonly<Record<string, string>> = {
  TSInterfaceDeclaration: 'type',
  TSTypeAliasDeclaration: 'type',
  ClassDeclaration: 'class',
  FunctionDeclaration: 'function',
  TSDeclareFunction: 'function',
  TSEnumDeclaration: 'enum',
}

/** `const`, `function` and the like, or `type`, or both. */
export const kindsOf = ({ nodes, onlyType, members }: Declaration): readonly string[] => {
  if (members !== undefined) return ['namespace']
  if (onlyType) return ['type']
  const kinds = nodes.map((node) => KINDS[node.type] ?? String(node.kind))
  return kinds.length === 0 ? ['from elsewhere'] : [...new Set(kinds)].sort()
}

/** What tells declarations apart, whatever they are called where they are exported. */
export const identityOf = ({ file, name }: Pick<Declaration, 'file' | 'name'>): string =>
  `${file.startsWith(root) ? shownPath(file) : file}#${name}`

/** A type that only gives another one a name: `export type License = plain.License`. Undefined for all others. */
const renamedBy = (declaration: Declaration): Declaration | undefined => {
  const alias = declaration.nodes.find(({ type }) => type === 'TSTypeAliasDeclaration')
  const target = alias?.typeAnnotation
  if (alias === undefined || !isNode(target) || target.type !== 'TSTypeReference') return
  const parameters = (value: unknown) =>
    isNode(value) ? nodesOf(value.params).map((one) => nameOf(one.name ?? one.typeName)) : []
  if (parameters(alias.typeParameters).join() !== parameters(target.typeArguments).join()) return
  return namedIn({ ...declaration, nodes: [alias] })[0]
}

/** All declarations that an entry point has a name for, by the path to them: also those that it has given another name. */
export const everyDeclarationOf = (file: string): readonly (readonly [path: string, declaration: Declaration])[] =>
  [...allExportsOf(file)].flatMap(([name, declaration]) => {
    const renamed = renamedBy(declaration)
    return [[name, declaration] as const, ...(renamed === undefined ? [] : [[name, renamed] as const])]
  })

export const identitiesOf = (file: string): ReadonlySet<string> =>
  new Set(everyDeclarationOf(file).map(([, declaration]) => identityOf(declaration)))

const leftmost = (node: Node): string =>
  node.type === 'TSQualifiedName' && isNode(node.left) ? leftmost(node.left) : nameOf(node)

/** Nodes that name a type or a value, and the member that has the name. */
const NAMING: Readonly<Record<string, string>> = {
  TSTypeReference: 'typeName',
  TSTypeQuery: 'exprName',
  TSInterfaceHeritage: 'expression',
  TSClassImplements: 'expression',
}

/** What one node of a declaration names, if it names something that is declared in a file, or imported. */
export const namedBy = (file: string, node: Node): Declaration | undefined => {
  if (node.type === 'TSImportType') {
    const name = isNode(node.qualifier) ? leftmost(node.qualifier) : '*'
    return declarationOf(file, name, { kind: 'from', specifier: nameOf(node.source), name, onlyType: true })
  }
  const naming = node[node.type === 'ClassDeclaration' ? 'superClass' : (NAMING[node.type] ?? '')]
  if (!isNode(naming) || naming.type === 'TSImportType') return undefined
  const name = leftmost(naming)
  const meaning = declarationFile(file).meanings.get(name)
  if (meaning === undefined) return undefined
  const found = declarationOf(file, name, meaning)
  // Of a namespace, what is taken from it.
  return (naming.type === 'TSQualifiedName' ? found?.members?.get(nameOf(naming.right)) : undefined) ?? found
}

/** What the signature of a declaration names, of this package and of others. What every program has (`Promise`) is not among it. */
export const namedIn = ({ file, nodes }: Declaration): readonly Declaration[] => {
  const named = new Map<string, Declaration>()
  for (const node of nodes) {
    const all = [node, ...within(node)]
    const ownTypes = new Set(all.filter(({ type }) => type === 'TSTypeParameter').map((one) => nameOf(one.name)))
    for (const one of all) {
      const declaration = isNode(one.typeName) && ownTypes.has(nameOf(one.typeName)) ? undefined : namedBy(file, one)
      if (declaration !== undefined) named.set(identityOf(declaration), declaration)
    }
  }
  return [...named.values()].filter((one) => !nodes.some((node) => one.nodes.includes(node)))
}

/** The docstring right before a node of a file: without its stars, and empty if there is none. */
export const docstringOf = (file: string, { start }: Node): string => {
  const before = declarationFile(file).text.slice(0, start)
  const [, text = ''] = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(?:export\s+)?(?:default\s+)?$/.exec(before) ?? []
  return text.replace(/^\s*\* ?/gm, '').trim()
}

/** How an entry point introduces itself: the first comment of its file. */
export const introductionOf = (file: string): string => {
  const [, text = ''] = /^\s*(?:\/\/.*\n\s*)*\/\*\*((?:(?!\*\/)[\s\S])*)\*\//.exec(declarationFile(file).text) ?? []
  return text.replace(/^\s*\* ?/gm, '').trim()
}
