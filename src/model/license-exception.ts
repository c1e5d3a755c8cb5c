import { describeError, isLicenseError, type LicenseError } from './license-error.ts'
import { someOf } from './some-of.ts'
import type { TaggedFailure } from './tagged-failure.ts'

/** The message of an exception names so many failures; its data has all of them. */
const MAX_LINES = 10

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

const hasFailure = (thrown: unknown): thrown is LicenseException =>
  thrown instanceof Error && thrown.name === 'LicenseException' && 'error' in thrown

/**
 * True for a {@link LicenseException} of any copy of this package in the process, with a failure of the call that threw.
 * `isFailure`: which failures these are: `isPlanFailure` after a call of plans, `isSnapshotFailure`, or your own test.
 * Default: those of providers, `LicenseError`.
 */
export function isLicenseException(thrown: unknown): thrown is LicenseException & { readonly error: LicenseError }
export function isLicenseException<F extends TaggedFailure>(
  thrown: unknown,
  isFailure: (failure: unknown) => failure is F,
): thrown is LicenseException & { readonly error: F }
export function isLicenseException(
  thrown: unknown,
  isFailure: (failure: unknown) => boolean = isLicenseError,
): boolean {
  return hasFailure(thrown) && isFailure(thrown.error)
}
