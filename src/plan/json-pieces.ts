type Members = readonly (readonly [key: string, member: unknown])[]

/** How JSON is written: the members of an object in their order, and the text of one piece. */
interface JsonStyle {
  readonly membersOf: (value: object) => Members
  readonly textOf: (value: unknown) => string
}

const membersOf = (value: object): Members => Object.entries(value).filter(([, member]) => member !== undefined)

/** The text that `JSON.stringify` gives. */
export const plainJson: JsonStyle = { membersOf, textOf: (value) => JSON.stringify(value) ?? 'null' }

const sortedMembersOf = (value: object): Members =>
  [...membersOf(value)].sort(([one], [other]) => (one < other ? -1 : 1))

const canonicalText = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? ''
  const members = sortedMembersOf(value).map(([key, member]) => `${JSON.stringify(key)}:${canonicalText(member)}`)
  return `{${members.join(',')}}`
}

/** With the keys of every object sorted, so that equal values have equal text. */
export const canonicalJson: JsonStyle = { membersOf: sortedMembersOf, textOf: canonicalText }

/**
 * A value as JSON in pieces, one for each item of its lists, so that the whole text is never in memory: that of a large plan
 * has a hundred megabytes.
 */
export function* jsonPieces(value: unknown, style: JsonStyle): Generator<string> {
  if (Array.isArray(value)) {
    yield '['
    for (const [index, item] of value.entries()) yield `${index > 0 ? ',' : ''}${style.textOf(item)}`
    yield ']'
  } else if (typeof value !== 'object' || value === null) yield style.textOf(value)
  else {
    yield '{'
    for (const [index, [key, member]] of style.membersOf(value).entries()) {
      yield `${index > 0 ? ',' : ''}${JSON.stringify(key)}:`
      yield* jsonPieces(member, style)
    }
    yield '}'
  }
}
