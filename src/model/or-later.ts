import * as t from 'io-ts'

/**
 * A codec that also reads what only a later version has. `adapt` gets a value that the codec does not take, and gives the
 * nearest value that this version knows, or the same value where there is none.
 */
export const orLater = <A>(known: t.Type<A>, adapt: (value: unknown) => unknown): t.Type<A> =>
  new t.Type<A>(
    known.name,
    known.is,
    (value, context) => {
      if (known.is(value)) return t.success(value)
      // Errors name the codec that is meant, and not this one.
      const [entry] = context.slice(-1)
      return known.validate(
        adapt(value),
        entry === undefined ? context : [...context.slice(0, -1), { ...entry, type: known }],
      )
    },
    t.identity,
  )

/** One of these words. A word of a later version is read as `instead`. */
export const word = <K extends string, I extends K>(
  words: Readonly<Record<K, null>>,
  instead: I,
  name: string,
): t.Type<K> => {
  const known: t.Type<K> = t.keyof(words, name)
  return orLater(known, (value) => (typeof value === 'string' && !known.is(value) ? instead : value))
}

/** A list. Items that only a later version knows are left out. */
export const knownAmong = <A>(
  item: t.Type<A>,
  isLater: (value: unknown) => boolean,
  name?: string,
): t.Type<readonly A[]> =>
  orLater(t.readonlyArray(item, name), (value) => (Array.isArray(value) ? value.filter((one) => !isLater(one)) : value))
