import * as t from 'io-ts'

/**
 * A codec that copes with what only a later version has: `adapt` is given a value that the codec does not take, and gives
 * what comes nearest to it here, or the same value where there is nothing to be done.
 */
export const orLater = <A>(known: t.Type<A>, adapt: (value: unknown) => unknown): t.Type<A> =>
  new t.Type<A>(
    known.name,
    known.is,
    (value, context) => {
      if (known.is(value)) return t.success(value)
      // What is wrong is told as of the codec that is meant, and not of this one.
      const [entry] = context.slice(-1)
      return known.validate(
        adapt(value),
        entry === undefined ? context : [...context.slice(0, -1), { ...entry, type: known }],
      )
    },
    t.identity,
  )

/** One of some words; a word of a later version is read as `instead`. */
export const word = <K extends string, I extends K>(
  words: Readonly<Record<K, null>>,
  instead: I,
  name: string,
): t.Type<K> => {
  const known: t.Type<K> = t.keyof(words, name)
  return orLater(known, (value) => (typeof value === 'string' && !known.is(value) ? instead : value))
}

/** A list; what only a later version can have in it is left out. */
export const knownAmong = <A>(
  item: t.Type<A>,
  isLater: (value: unknown) => boolean,
  name?: string,
): t.Type<readonly A[]> =>
  orLater(t.readonlyArray(item, name), (value) => (Array.isArray(value) ? value.filter((one) => !isLater(one)) : value))
