import type { LicenseError } from '../model/license-error.ts'

const anyOf = (missing: readonly string[]): string =>
  missing.length === 0
    ? 'Ask the administrator of the organization for access.'
    : `Grant the credentials ${missing.length === 1 ? '' : 'one of these: '}${missing.join(', ')}.`

const MS = 1_000

const AGAIN = 'Run it again later.'

/** What to do about a failure to read, in one or two sentences for an administrator. */
export const adviceFor = (error: LicenseError): string => {
  switch (error._tag) {
    case 'AuthenticationFailed':
      return 'Check the credentials and the region of this provider.'
    case 'PermissionDenied':
      return anyOf(error.missing)
    case 'NotFound':
      return 'Check the id of the organization and the address in the configuration.'
    case 'Conflict':
    case 'RequestRejected':
      return 'Correct in the configuration what the message names.'
    case 'RateLimited':
      return error.retryAfterMs === undefined
        ? `${AGAIN} Other programs may use the same limit.`
        : `Run it again after ${Math.ceil(error.retryAfterMs / MS)} s. Other programs may use the same limit.`
    case 'Unavailable':
      return error.status === undefined
        ? `Check the address of the vendor and the network. If both are right: ${AGAIN.toLowerCase()}`
        : `${AGAIN} If it stays so, give the correlation id to the support of the vendor.`
    case 'InvalidResponse':
      return `${AGAIN} If it stays so, a proxy may answer in place of the vendor, or the vendor has changed its answers.`
    case 'Untrusted':
      return 'Check "apiUrl" and "orgId" of this provider, and the proxy.'
    case 'DeadlineExceeded':
      return 'Allow more time, with a longer deadline.'
    case 'Aborted':
      return 'Run it again: it was interrupted.'
    case 'Unsupported':
      return 'Leave this provider out: it cannot do this.'
    default:
      // Incomplete, and what a later version adds.
      return AGAIN
  }
}
