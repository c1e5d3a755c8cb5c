import type { LicenseError } from '../../model/license-error.ts'

/**
 * Whether a vendor may have carried out a request that changes something although it failed. Not where the failure is of
 * another operation, on the way to the request: for want of a token. A limit of rate is told before anything is done, unless
 * it is a failure on the vendor's side that names a long wait.
 */
export const mayHaveTakenEffect = (error: LicenseError, operation: string): boolean => {
  if (error.operation !== operation) return false
  const { _tag, status = 0 } = error
  switch (_tag) {
    case 'Unavailable':
    case 'InvalidResponse':
    case 'Aborted':
    case 'DeadlineExceeded':
    case 'Incomplete':
      return true
    case 'RateLimited':
      return status === 408 || status >= 500
    default:
      return false
  }
}
