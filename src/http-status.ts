import { isRecord } from './model/is-record.ts'
import type { LicenseError } from './model/license-error.ts'
import { isLicenseException } from './model/license-exception.ts'
import type { TaggedFailure } from './model/tagged-failure.ts'
import { planFailureCodes } from './plan/plan-failure.ts'
import type { SnapshotFailure } from './snapshot/snapshot-failure.ts'

type Statuses<F extends TaggedFailure> = Readonly<Record<F['_tag'], number>>

/** The server's own credentials for a vendor are no matter of its client, who must not be asked to sign in: 502. */
const ofProviders: Statuses<LicenseError> = {
  AuthenticationFailed: 502,
  PermissionDenied: 502,
  NotFound: 404,
  Conflict: 409,
  RequestRejected: 422,
  RateLimited: 503,
  Unavailable: 503,
  InvalidResponse: 502,
  Untrusted: 502,
  Incomplete: 502,
  Aborted: 503,
  DeadlineExceeded: 504,
  Unsupported: 501,
}

const ofSnapshots: Statuses<SnapshotFailure> = {
  SnapshotDamaged: 500,
  SnapshotUnreadable: 503,
  SnapshotNotMade: 500,
  SnapshotsIncomparable: 422,
  SnapshotInputInvalid: 400,
}

/** Those of `seatlens/node` and `seatlens/render`, which are not loaded here. A test keeps the list complete. */
const ofOtherEntryPoints: Readonly<Record<string, number>> = {
  FileMissing: 404,
  FileUnusable: 500,
  NoRoom: 507,
  NotText: 422,
  NoSnapshots: 404,
  SnapshotExists: 409,
  SnapshotAborted: 503,
  SnapshotFolderDamaged: 500,
  SheetTooLarge: 422,
}

const byTag: ReadonlyMap<string, number> = new Map([
  ...Object.entries(planFailureCodes).map(([tag, { httpStatus }]) => [tag, httpStatus] as const),
  ...Object.entries({ ...ofProviders, ...ofSnapshots, ...ofOtherEntryPoints }),
])

/**
 * The HTTP status with which a server answers for a failure of this package, or for the `LicenseException` around it, so that
 * its clients can tell what to do: 400 and 422 mend the request; 404, 409, 410 and 428 are about what it names; 503 and 504
 * try again (a `RateLimited` may say when, in `retryAfterMs`); 501 and 502 are the vendor's part; 403 is a protected seat.
 * Anything else is 500.
 */
export const httpStatusOf = (failure: unknown): number => {
  const isAny = (value: unknown): value is TaggedFailure => isRecord(value)
  if (isLicenseException(failure, isAny)) return httpStatusOf(failure.error)
  if (!isRecord(failure) || typeof failure._tag !== 'string') return 500
  // A deadline has ended the reading, and not a fault of the store.
  if (failure._tag === 'SnapshotUnreadable' && failure.ended === 'deadline') return 504
  return byTag.get(failure._tag) ?? 500
}
