import { isOf, type Named } from '../model/expected-words.ts'

/** A codec of io-ts, or one like it. */
interface Asked extends Named {
  readonly is: (value: unknown) => boolean
}

const isAsked = (type: unknown): type is Asked =>
  typeof type === 'object' && type !== null && 'is' in type && typeof type.is === 'function'

/** The codecs that a codec is made of. */
const partsOf = (type: Asked): readonly unknown[] => [
  ...('types' in type && Array.isArray(type.types) ? type.types : []),
  ...('type' in type ? [type.type] : []),
  ...('codomain' in type ? [type.codomain] : []),
  ...('props' in type ? Object.values(Object(type.props)) : []),
]

const seen = new WeakSet<Asked>()

/**
 * Lets the unions in a codec recognize values without making a function for each, as io-ts does: an optional member is a union,
 * and a page has hundreds of records with a dozen of them. They recognize the same values as before.
 */
export const quickenUnions = (type: unknown): void => {
  if (!isAsked(type) || seen.has(type)) return
  seen.add(type)
  partsOf(type).forEach(quickenUnions)
  if (!isOf(type, 'UnionType')) return
  const members: readonly Asked[] = type.types
  const is = (value: unknown): boolean => {
    for (const member of members) if (member.is(value)) return true
    return false
  }
  // Not where the codec is frozen.
  Reflect.set(type, 'is', is)
}
