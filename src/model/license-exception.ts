import { describeError, type LicenseError } from './license-error.ts'

/** What `for await` and `toPromise` throw: a real `Error` around the plain {@link LicenseError}. */
export class LicenseException extends Error {
  override readonly name = 'LicenseException'
  readonly error: LicenseError

  constructor(error: LicenseError) {
    super(describeError(error))
    this.error = error
  }
}

/** True for a {@link LicenseException} of any copy of this package in the process. */
export const isLicenseException = (thrown: unknown): thrown is LicenseException =>
  thrown instanceof Error && thrown.name === 'LicenseException' && 'error' in thrown
