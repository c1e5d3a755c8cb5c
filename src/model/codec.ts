import type { Either } from 'fp-ts/lib/Either.js'

/** One thing that is wrong with a value. Never contains the value. */
export interface DecodingProblem {
  /** Where in the value: `users[2].id`. Empty for the value as a whole. */
  readonly path: string
  /** What should be there: `one of assign, remove`. */
  readonly expected: string
}

/** Recognizes values of a type in unknown data, such as parsed JSON. Never throws. */
export interface Codec<A> {
  /** The name of the type, for messages. */
  readonly name: string
  /**
   * Whether it is a value of this version, as it stands. A value of a later version need not be: `Count.is` is false for a
   * kind of number that is not known here, and `Count.decode` reads it as an unknown number.
   */
  readonly is: (value: unknown) => value is A
  /**
   * The value, or at most ten problems with it. Members that the type does not have are kept, and words of a later version
   * become words of this one. For data that may come from another version, use this and not `is`.
   */
  readonly decode: (value: unknown) => Either<readonly DecodingProblem[], A>
}
