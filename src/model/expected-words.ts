import * as t from 'io-ts'

/** A codec of which only the name is known. */
export interface Named {
  readonly name: string
}

/** Whether the name was written for people: `string, not empty`. io-ts makes names with brackets; types have one capitalized word. */
const isInWords = (name: string): boolean => !/[{}<>|()]|^[A-Z]\w*$/.test(name)

const isAbsent = (type: Named): boolean => type instanceof t.NullType || type instanceof t.UndefinedType

const membersOf = (type: Named): readonly Named[] | undefined => (type instanceof t.UnionType ? type.types : undefined)

const quoted = (value: unknown): string => JSON.stringify(value)

const isList = (type: Named): boolean =>
  type instanceof t.ArrayType ||
  type instanceof t.ReadonlyArrayType ||
  type instanceof t.AnyArrayType ||
  type instanceof t.TupleType

/** The type that a type renames or narrows. */
const innerOf = (type: Named): Named | undefined =>
  type instanceof t.RefinementType ||
  type instanceof t.ReadonlyType ||
  type instanceof t.ExactType ||
  type instanceof t.RecursiveType
    ? type.type
    : undefined

/** Every value that is allowed, where there is a limited number of them. */
const choicesOf = (type: Named): readonly string[] | undefined => {
  if (type instanceof t.LiteralType) return [quoted(type.value)]
  if (type instanceof t.KeyofType) return Object.keys(type.keys).map(quoted)
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
