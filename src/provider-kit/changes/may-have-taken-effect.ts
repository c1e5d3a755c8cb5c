import type { LicenseError } from '../../model/license-error.ts'

const MAY_COME_LATER: ReadonlySet<LicenseError['_tag']> = new Set([
  'Unavailable',
  'InvalidResponse',
  'Aborted',
  'DeadlineExceeded',
  'Incomplete',
])

/**
 * Whether a vendor may have carried out a request although it failed. For requests that change something, are sent once, and
 * do not use the kit's transport; for others, see `sending`. A rate limit is applied before anything is done, unless it
 * is a failure on the vendor's side that names a long wait.
 */
export const mayHaveTakenEffect = ({ _tag, status = 0 }: LicenseError): boolean =>
  MAY_COME_LATER.has(_tag) || (_tag === 'RateLimited' && (status === 408 || status >= 500))
