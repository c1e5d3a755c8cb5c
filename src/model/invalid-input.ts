import * as E from 'fp-ts/lib/Either.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import type { Codec } from './codec.ts'
import { LicenseException } from './license-exception.ts'
import type { TaggedFailure } from './tagged-failure.ts'

/** The caller handed in something malformed. */
export interface InvalidInput extends TaggedFailure {
  readonly _tag: 'InvalidInput'
  /** Where: `intents[2].action`. */
  readonly path: string
  /** What should be there. */
  readonly expected: string
}

/** Without `also`, which only the first of several failures has. */
export type OneInvalidInput = Omit<InvalidInput, 'also'>

export const invalidInput = (
  path: string,
  expected: string,
  message = `${path}: expected ${expected}`,
): OneInvalidInput => ({ _tag: 'InvalidInput', path, expected, message })

/** What is wrong with a value that a caller hands in. `name`: what messages call it. */
export const problemsIn = (codec: Codec<unknown>, name: string, value: unknown): readonly OneInvalidInput[] => {
  const decoded = codec.decode(value)
  return E.isRight(decoded) ? [] : decoded.left.map(({ path, expected }) => invalidInput(`${name}${path}`, expected))
}

/**
 * For functions that have no failure to give: throws a `LicenseException` around all that is wrong with what a caller hands
 * in. Does nothing where nothing is wrong.
 */
export const demandNone = (problems: readonly OneInvalidInput[]): void => {
  if (RA.isNonEmpty(problems)) throw new LicenseException({ ...problems[0], also: problems.slice(1) })
}

/** The same for one condition. */
export function demand(isSo: boolean, path: string, expected: string): asserts isSo {
  if (!isSo) demandNone([invalidInput(path, expected)])
}
