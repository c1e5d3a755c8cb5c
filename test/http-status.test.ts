import { describe, expect, test } from 'vitest'
import {
  httpStatusOf,
  type LicenseError,
  LicenseException,
  planFailureCodes,
  type SnapshotFailure,
} from '../src/index.ts'
import type { SnapshotFolderFailure } from '../src/node/index.ts'
import { SheetTooLarge } from '../src/render/index.ts'

type Tags<F extends { readonly _tag: string }> = Readonly<Record<F['_tag'], number>>

/** None of them can be left out: the compiler wants every tag. */
const expected: Tags<LicenseError | SnapshotFailure | SnapshotFolderFailure> = {
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
  SnapshotDamaged: 500,
  SnapshotUnreadable: 503,
  SnapshotNotMade: 500,
  SnapshotsIncomparable: 422,
  SnapshotInputInvalid: 400,
  FileMissing: 404,
  FileUnusable: 500,
  NoRoom: 507,
  NotText: 422,
  NoSnapshots: 404,
  SnapshotExists: 409,
  SnapshotAborted: 503,
  SnapshotFolderDamaged: 500,
}

describe('a server that answers HTTP has a status for every failure', () => {
  test.each(Object.entries(expected))('%s: %i', (_tag, status) => {
    const failure = { _tag, message: 'm' }
    expect(httpStatusOf(failure)).toBe(status)
    expect(httpStatusOf(new LicenseException(failure))).toBe(status)
  })

  test('those of plans have the one of their codes', () => {
    for (const [_tag, { httpStatus }] of Object.entries(planFailureCodes)) {
      // `Unsupported` is a tag of providers too, and has the same status.
      expect([_tag, httpStatusOf({ _tag, message: 'm' })]).toEqual([_tag, httpStatus])
    }
  })

  test('a workbook that cannot be made is a matter of what was asked for', () => {
    expect(httpStatusOf(new SheetTooLarge('users', '1,048,576 rows'))).toBe(422)
  })

  test('a snapshot that a deadline has ended is late', () => {
    const unreadable = { _tag: 'SnapshotUnreadable', message: 'm', file: '.', problem: 'p' }
    expect(['deadline', 'aborted'].map((ended) => httpStatusOf({ ...unreadable, ended }))).toEqual([504, 503])
  })

  test('anything else is a mistake of the server', () => {
    const others = [undefined, null, 'NotFound', new Error('NotFound'), { _tag: 'toString', message: 'm' }, {}]
    expect(others.map(httpStatusOf)).toEqual(others.map(() => 500))
  })
})
