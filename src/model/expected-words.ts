import type * as t from 'io-ts'

/** A codec of which only the name is known. */
export interface Named {
  readonly name: string
}

/** Whether the name was written for people: `string, not empty`. io-ts makes names with brackets; types have one capitalized word. */
const isInWords = (name: string): boolean => !/[{}<>|()]|^[A-Z]\w*$/.test(name)

type Known =
  | t.NullType
  | t.UndefinedType
  | t.UnionType<t.Mixed[]>
  | t.IntersectionType<[t.Mixed, t.Mixed]>
  | t.DictionaryType<t.Mixed, t.Mixed>
  | t.ArrayType<t.Mixed>
  | t.ReadonlyArrayType<t.Mixed>
  | t.AnyArrayType
  | t.TupleType<[t.Mixed]>
  | t.RefinementType<t.Mixed>
  | t.ReadonlyType<t.Mixed>
  | t.ExactType<t.Mixed>
  | t.RecursiveType<t.Mixed>
  | t.LiteralType<string | number | boolean>
  | t.KeyofType<Record<string, unknown>>

/** Which kind of io-ts type it is. By its tag: a provider from elsewhere may have another copy of io-ts, with other classes. */
export const isOf = <Tag extends Known['_tag']>(
  type: Named | undefined,
  ...tags: readonly Tag[]
): type is Extract<Known, { readonly _tag: Tag }> =>
  type !== undefined && '_tag' in type && tags.some((tag) => tag === type._tag)

const isAbsent = (type: Named): boolean => isOf(type, 'NullType', 'UndefinedType')

const membersOf = (type: Named): readonly Named[] | undefined => (isOf(type, 'UnionType') ? type.types : undefined)

const quoted = (value: unknown): string => JSON.stringify(value)

const isList = (type: Named): boolean => isOf(type, 'ArrayType', 'ReadonlyArrayType', 'AnyArrayType', 'TupleType')

/** The type that a type renames or narrows. */
const innerOf = (type: Named): Named | undefined =>
  isOf(type, 'RefinementType', 'ReadonlyType', 'ExactType', 'RecursiveType') ? type.type : undefined

/** Every value that is allowed, where there is a limited number of them. */
const choicesOf = (type: Named): readonly string[] | undefined => {
  if (isOf(type, 'LiteralType')) return [quoted(type.value)]
  if (isOf(type, 'KeyofType')) return Object.keys(type.keys).map(quoted)
  const choices = membersOf(type)
    ?.filter((member) => !isAbsent(member))
    .map(choicesOf)
  return choices?.every((some) => some !== undefined) ? choices.flat() : undefined
}

/** What a codec expects, in words for people. */
export const expectedWords = (type: Named): string => {
  const choices = choicesOf(type)
  if (choices !== undefined) return choices.length === 1 ? choices.join() : `one of ${choices.join(', ')}`
  if (isList(type)) return isInWords(type.name) ? type.name : 'a list'
  if (isInWords(type.name)) return type.name
  const inner = innerOf(type)
  if (inner !== undefined) return expectedWords(inner)
  const members = membersOf(type)?.filter((member) => !isAbsent(member))
  // All other types are records.
  if (members === undefined) return 'an object'
  return [...new Set(members.map(expectedWords))].join(' or ')
}
