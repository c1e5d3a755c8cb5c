import type { LicenseError } from '../../model/license-error.ts'

const MAY_COME_LATER: ReadonlySet<LicenseError['_tag']> = new Set([
  'Unavailable',
  'InvalidResponse',
  'Aborted',
  'DeadlineExceeded',
  'Incomplete',
])

/**
 * Whether a vendor may have carried out a request that changes something and was sent once, although it failed. A limit of
 * rate is told before anything is done, unless it is a failure on the vendor's side that names a long wait. For requests that
 * do not go over the kit's transport; `watchAttempts` sees the attempts of those that do.
 */
export const mayHaveTakenEffect = ({ _tag, status = 0 }: LicenseError): boolean =>
  MAY_COME_LATER.has(_tag) || (_tag === 'RateLimited' && (status === 408 || status >= 500))
