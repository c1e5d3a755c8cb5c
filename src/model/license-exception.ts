import { describeError, type LicenseError } from './license-error.ts'
import type { TaggedFailure } from './tagged-failure.ts'

/** So many failures are told in the message of one exception; its data has all of them. */
const MAX_LINES = 10

const isLicenseError = (failure: TaggedFailure): failure is LicenseError =>
  'provider' in failure && 'operation' in failure

const textOf = (failure: TaggedFailure): string => {
  if (isLicenseError(failure)) return describeError(failure)
  const lines = [failure, ...(failure.also ?? [])].map(({ message }) => message)
  const rest = lines.length - MAX_LINES
  return [...lines.slice(0, MAX_LINES), ...(rest > 0 ? [`and ${rest} more`] : [])].join('\n')
}

/**
 * What `for await` and `toPromise` throw: a real `Error` around the plain data of a failure. `F`: what the call fails by, a
 * {@link LicenseError} where it is not about plans.
 */
export class LicenseException<F extends TaggedFailure = LicenseError> extends Error {
  override readonly name = 'LicenseException'
  readonly error: F

  constructor(error: F) {
    super(textOf(error))
    this.error = error
  }
}

/**
 * True for a {@link LicenseException} of any copy of this package in the process. `F`: what the call that threw fails by:
 * `isLicenseException<PlanFailure>(thrown)` where it was one of plans. Default: `LicenseError`.
 */
export const isLicenseException = <F extends TaggedFailure = LicenseError>(
  thrown: unknown,
): thrown is LicenseException<F> => thrown instanceof Error && thrown.name === 'LicenseException' && 'error' in thrown
