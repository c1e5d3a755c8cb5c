import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import type { Codec } from './codec.ts'
import { expectedWords, isOf, type Named } from './expected-words.ts'

/** Where a value is wrong: the path from the whole value, and what was expected at each step. */
export interface DecoderError {
  readonly context: readonly { readonly key: string; readonly type: { readonly name: string } }[]
}

/**
 * What this library needs of an io-ts codec. Codecs of any copy of io-ts 2 fit, and so does a decoder written by hand that
 * reports errors in the same way.
 */
export interface Decoder<A> {
  /** For messages. */
  readonly name: string
  readonly is: (value: unknown) => value is A
  readonly decode: (value: unknown) => Either<readonly DecoderError[], A>
}

/** Problems that are reported of one value, at most. */
export const MAX_PROBLEMS = 10

const isCombination = (type: Named | undefined): boolean =>
  isOf(type, 'IntersectionType', 'UnionType') || (isOf(type, 'RefinementType') && isCombination(type.type))

/** The keys of a dictionary are the vendor's data, as its values are, and must not be shown. */
const isDictionary = (type: Named | undefined): boolean => isOf(type, 'DictionaryType')

/** One problem: the keys that lead to it, and what was expected there. */
export interface Misfit {
  readonly keys: readonly string[]
  readonly expected: string
}

/** The members of a union or an intersection have numbers for keys, which say nothing to a reader and are left out. */
const misfitOf = ({ context }: DecoderError): Misfit => {
  const named = context.flatMap((entry, index) => {
    const parent = context[index - 1]?.type
    if (isCombination(parent)) return []
    return [{ key: isDictionary(parent) ? '*' : entry.key, type: entry.type }]
  })
  const keys = named.slice(1).map((entry) => entry.key)
  const expected = named.at(-1)?.type
  return { keys, expected: expected === undefined ? 'another value' : expectedWords(expected) }
}

export const describeMisfit = ({ keys, expected }: Misfit): string =>
  `${keys.join('.') || 'the value'}: expected ${expected}`

/** The first problems, each once. */
export const misfitsOf = (errors: readonly DecoderError[]): readonly Misfit[] => {
  const misfits = new Map<string, Misfit>()
  for (const error of errors) {
    if (misfits.size === MAX_PROBLEMS) break
    const misfit = misfitOf(error)
    misfits.set(describeMisfit(misfit), misfit)
  }
  return [...misfits.values()]
}

/** `users[2].id`. */
const pathOf = (keys: readonly string[]): string =>
  keys.map((key, index) => (/^\d+$/.test(key) ? `[${key}]` : index === 0 ? key : `.${key}`)).join('')

/** What is thrown while a value is looked at is the value's: a getter, or nesting that is deeper than the stack. */
const unlessItThrows = <B>(look: () => B, otherwise: B): B => {
  try {
    return look()
  } catch {
    return otherwise
  }
}

/** A codec of our own that recognizes the same values, and shows nothing of io-ts. */
export const codecOf = <A>(type: Decoder<A>): Codec<A> => {
  const unreadable = E.left([{ path: '', expected: `${type.name} that can be read and is not nested too deeply` }])
  return {
    name: type.name,
    is: (value): value is A => unlessItThrows(() => type.is(value), false),
    decode: (value) =>
      unlessItThrows(() => {
        if (type.is(value)) return E.right(value)
        const decoded = type.decode(value)
        if (E.isRight(decoded)) return decoded
        return E.left(misfitsOf(decoded.left).map(({ keys, expected }) => ({ path: pathOf(keys), expected })))
      }, unreadable),
  }
}

/** Problems of a value, at most ten, as `path: what was expected`. Never has values. */
export type Issues = readonly string[]

/** Decodes with a named codec. A good value is recognized first, which is several times faster than decoding. */
export const decode = <A>(codec: Decoder<A>, value: unknown): Either<Issues, A> => {
  if (codec.is(value)) return E.right(value)
  const decoded = codec.decode(value)
  return E.isRight(decoded) ? decoded : E.left(misfitsOf(decoded.left).map(describeMisfit))
}
