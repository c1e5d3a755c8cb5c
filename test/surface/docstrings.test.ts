import { describe, expect, it } from 'vitest'
import {
  childrenOf,
  type Declaration,
  docstringOf,
  entryPoints,
  everyDeclarationOf,
  identityOf,
  introductionOf,
  isNode,
  type Node,
  nameOf,
  nodesOf,
  within,
} from './declarations.ts'

/** Every declaration of ours that an entry point exports, once, by the place where it is declared. */
const declarations = new Map<string, Declaration>(
  entryPoints.flatMap(([, file]) =>
    everyDeclarationOf(file)
      .filter(([, { nodes }]) => nodes.length > 0)
      .map(([, declaration]) => [identityOf(declaration), declaration] as const),
  ),
)

/** Types that a caller or a provider fills in: what is left out of them has a default. */
const FILLED_IN = /(?:Options|Config|Settings|Limits|Rules|Runtime|Request|Context)$/

/** Names that say a unit, and the status of HTTP, which has none. */
const HAS_UNIT = /^(?:ms|status)$|(?:Ms|Seconds|Days|Bytes)$/

const isNumber = (type: unknown): boolean =>
  isNode(type) && (type.type === 'TSNumberKeyword' || nodesOf(type.types).some(isNumber))

const isNumberOf = ({ key, typeAnnotation }: Node): boolean =>
  isNode(typeAnnotation) && isNumber(typeAnnotation.typeAnnotation) && !HAS_UNIT.test(nameOf(key))

/**
 * Members that need words, and those that have them: their own, those of the member that they are a part of, or those of the
 * whole where it names them (`ready`).
 */
const membersOf = ({ file, name, nodes }: Declaration): readonly (readonly [member: string, described: boolean])[] => {
  const membersIn = (node: Node, words: string, partOfDescribed = false): readonly (readonly [string, boolean])[] => {
    if (node.type !== 'TSPropertySignature') {
      return childrenOf(node).flatMap((child) => membersIn(child, words, partOfDescribed))
    }
    const member = nameOf(node.key)
    const described = partOfDescribed || docstringOf(file, node) !== '' || words.includes(`\`${member}\``)
    const needsWords = isNumberOf(node) || (node.optional === true && FILLED_IN.test(name))
    const below = childrenOf(node).flatMap((child) => membersIn(child, words, described))
    return needsWords ? [[member, described], ...below] : below
  }
  return nodes.flatMap((node) => membersIn(node, docstringOf(file, node)))
}

describe('the docstrings', () => {
  it('say of every declaration that the package exports what it means', () => {
    const without = [...declarations].filter(
      ([, { file, nodes }]) => !nodes.some((node) => docstringOf(file, node) !== ''),
    )
    expect(declarations.size).toBeGreaterThan(500)
    expect(without.map(([identity]) => identity).sort()).toEqual([])
  })

  it('say of every number what it counts, and of every option what happens without it', () => {
    const members = [...declarations].flatMap(([identity, declaration]) =>
      membersOf(declaration).map(([member, described]) => ({ member: `${identity}.${member}`, described })),
    )
    expect(members.length).toBeGreaterThan(200)
    expect(members.filter(({ described }) => !described).map(({ member }) => member)).toEqual([])
  })

  it('link to what the package exports', () => {
    const exported = new Set(entryPoints.flatMap(([, file]) => everyDeclarationOf(file).map(([path]) => path)))
    /** By its name, as a member of what has one, or in one of the parts of the provider kit. */
    const isExported = (link: string) =>
      [link, link.replace(/\.\w+$/, '')].some((name) => exported.has(name)) ||
      [...exported].some((path) => path.endsWith(`.${link}`))
    let links = 0
    const dead = [...declarations].flatMap(([identity, { file, nodes }]) =>
      nodes
        .flatMap((node) => [node, ...within(node)])
        .flatMap((node) => [...docstringOf(file, node).matchAll(/\{@link ([\w.]+)/g)])
        .flatMap(([, link = '']) => {
          links += 1
          return isExported(link) ? [] : [`${identity} leads to ${link}`]
        }),
    )
    expect(links).toBeGreaterThan(20)
    expect(dead).toEqual([])
  })

  it('introduce every entry point', () => {
    const without = entryPoints.filter(([, file]) => introductionOf(file) === '').map(([entry]) => entry)
    expect(without).toEqual([])
  })
})
