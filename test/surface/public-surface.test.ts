import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  allExportsOf,
  type Declaration,
  entryPoints,
  everyDeclarationOf,
  exportsOf,
  identitiesOf,
  identityOf,
  isNode,
  kindsOf,
  type Node,
  namedIn,
  nameOf,
  nodesOf,
  within,
} from './declarations.ts'

const surface = (): string =>
  entryPoints
    .map(([entry, file]) => {
      const names = [...allExportsOf(file)].map(
        ([name, declaration]) => `  ${name}: ${kindsOf(declaration).join(', ')}`,
      )
      return [`${entry} (${names.length})`, ...names.sort(), ''].join('\n')
    })
    .join('\n')

describe('what the package exports', () => {
  // Where this is meant to change: npm run surface, and look at what has changed.
  it('is what is recorded', async () => {
    expect(entryPoints.length).toBeGreaterThan(7)
    await expect(surface()).toMatchFileSnapshot(join(import.meta.dirname, '../fixtures/public-surface.txt'))
  })

  it('is in each entry point once: by its name, or in one of the parts', () => {
    for (const [entry, file] of entryPoints) {
      const places = new Map<string, string[]>()
      for (const [name, declaration] of allExportsOf(file)) {
        if (kindsOf(declaration).includes('namespace')) continue
        const identity = identityOf(declaration)
        places.set(identity, [...(places.get(identity) ?? []), name])
      }
      expect(places.size, entry).toBeGreaterThan(20)
      expect(
        [...places.values()].filter(({ length }) => length > 1),
        entry,
      ).toEqual([])
    }
  })

  it('is what can be loaded', async () => {
    for (const [entry, file] of entryPoints) {
      const loaded: object = await import(file.replace(/\.d\.ts$/, '.js'))
      const values = [...exportsOf(file)].filter(([, one]) => kindsOf(one).some((kind) => kind !== 'type'))
      expect(values.map(([name]) => name).sort(), entry).toEqual(Object.keys(loaded).sort())
    }
  })
})

/** Every declaration of every entry point, by its path: `./provider-kit: Http.openApi`. */
const everyDeclaration = (): readonly (readonly [path: string, entry: string, declaration: Declaration])[] =>
  entryPoints.flatMap(([entry, file]) =>
    everyDeclarationOf(file).map(([name, declaration]) => [`${entry}: ${name}`, entry, declaration] as const),
  )

const takesUndefined = (type: unknown): boolean =>
  isNode(type) &&
  (/^TS(?:Undefined|Unknown|Any|Never)Keyword$/.test(type.type) ||
    (type.type === 'TSUnionType' && nodesOf(type.types).some(takesUndefined)))

const isPartial = ({ type, typeName }: Node): boolean => type === 'TSTypeReference' && nameOf(typeName) === 'Partial'

/** Members of a declaration that may be absent, and whether they may be `undefined` too. Those of `Partial` may not. */
const optionalMembersOf = ({ nodes }: Declaration): readonly (readonly [member: string, takesUndefined: boolean])[] =>
  nodes.flatMap((node) =>
    [node, ...within(node)].flatMap((one): readonly (readonly [string, boolean])[] => {
      if (isPartial(one)) return [['Partial', false]]
      if (one.type === 'TSMethodSignature') return one.optional === true ? [[nameOf(one.key), false]] : []
      if (one.type === 'TSMappedType') return one.optional ? [['[in]', takesUndefined(one.typeAnnotation)]] : []
      if (one.type !== 'TSPropertySignature' || one.optional !== true) return []
      const { typeAnnotation } = one
      return [[nameOf(one.key), isNode(typeAnnotation) && takesUndefined(typeAnnotation.typeAnnotation)]]
    }),
  )

describe('the published types', () => {
  it('can all be named: an entry point exports what its declarations name, or the main one does', () => {
    const [[, main] = ['', '']] = entryPoints
    const inMain = identitiesOf(main)
    const exported = new Map(entryPoints.map(([entry, file]) => [entry, identitiesOf(file)]))
    let named = 0
    const missing = everyDeclaration().flatMap(([path, entry, declaration]) =>
      namedIn(declaration).flatMap((one) => {
        // What other packages declare has a name there.
        if (one.nodes.length === 0) return []
        named += 1
        const identity = identityOf(one)
        return exported.get(entry)?.has(identity) || inMain.has(identity) ? [] : [`${path} needs ${identity}`]
      }),
    )
    expect(named).toBeGreaterThan(1000)
    expect(missing).toEqual([])
  })

  it('name io-ts only in the records of the clients of vendors', () => {
    const naming = everyDeclaration().flatMap(([path, entry, declaration]) =>
      namedIn(declaration).some(({ file }) => file.startsWith('io-ts')) ? [{ path, entry, declaration }] : [],
    )
    const outside = naming.filter(
      ({ entry, declaration }) =>
        !/^\.\/(?:genesys|webex)$/.test(entry) || !/\/codecs\.d\.ts#/.test(identityOf(declaration)),
    )
    expect(naming.length).toBeGreaterThan(5)
    expect(outside.map(({ path }) => path)).toEqual([])
  })

  // With `exactOptionalPropertyTypes`, `{ limit: maybe }` does not compile otherwise.
  it('take undefined for every member that may be absent', () => {
    const members = everyDeclaration().flatMap(([path, , declaration]) =>
      optionalMembersOf(declaration).map(([member, takes]) => ({ member: `${path}.${member}`, takes })),
    )
    expect(members.length).toBeGreaterThan(500)
    expect(members.filter(({ takes }) => !takes).map(({ member }) => member)).toEqual([])
  })

  it('fit to earlier versions of TypeScript: none has the type argument of Uint8Array, which came with 5.7', () => {
    const generic = everyDeclaration().filter(([, , { nodes }]) =>
      nodes.some((node) =>
        [...within(node)].some(
          ({ typeName, typeArguments }) => nameOf(typeName) === 'Uint8Array' && isNode(typeArguments),
        ),
      ),
    )
    expect(generic.map(([path]) => path)).toEqual([])
  })
})
