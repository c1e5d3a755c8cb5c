import { describeError, type LicenseError } from './license-error.ts'
import { someOf } from './some-of.ts'
import type { TaggedFailure } from './tagged-failure.ts'

/** The message of an exception names so many failures; its data has all of them. */
const MAX_LINES = 10

const isLicenseError = (failure: TaggedFailure): failure is LicenseError =>
  'provider' in failure && 'operation' in failure

const textOf = (failure: TaggedFailure): string => {
  if (isLicenseError(failure)) return describeError(failure)
  const lines = [failure, ...(failure.also ?? [])].map(({ message }) => message)
  return someOf(lines, MAX_LINES).join('\n')
}

/**
 * What `for await` and `toPromise` throw: a real `Error` around the plain data of a failure. Which failures there are depends
 * on the call: {@link isLicenseException} says which. After `instanceof`, `error` has what all of them have.
 */
export class LicenseException extends Error {
  override readonly name = 'LicenseException'
  readonly error: TaggedFailure

  constructor(error: LicenseError | TaggedFailure) {
    super(textOf(error))
    this.error = error
  }
}

/**
 * True for a {@link LicenseException} of any copy of this package in the process. `F`: how the call that threw fails:
 * `isLicenseException<PlanFailure>(thrown)` after a call of plans. Default: `LicenseError`.
 */
export const isLicenseException = <F extends TaggedFailure = LicenseError>(
  thrown: unknown,
): thrown is LicenseException & { readonly error: F } =>
  thrown instanceof Error && thrown.name === 'LicenseException' && 'error' in thrown
