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
  readonly is: (value: unknown) => value is A
  /** The value, or at most ten problems with it. Members that the type does not have are kept. */
  readonly decode: (value: unknown) => Either<readonly DecodingProblem[], A>
}
