import type { Either } from 'fp-ts/lib/Either.js'

/** One thing that is wrong with a value. Never contains the value. */
export interface DecodingProblem {
  /** Where in it: `users[2].id`; empty where the whole is meant. */
  readonly path: string
  /** What was expected there: `one of assign, remove`. */
  readonly expected: string
}

/** Recognizes values of a type in data that may be anything, such as JSON that was parsed. Never throws. */
export interface Codec<A> {
  /** Of the type, for messages. */
  readonly name: string
  readonly is: (value: unknown) => value is A
  /** The value, or what is wrong with it: at most ten things. Members that the type does not know are kept. */
  readonly decode: (value: unknown) => Either<readonly DecodingProblem[], A>
}
