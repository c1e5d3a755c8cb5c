import { describe, expect, expectTypeOf, test } from 'vitest'
import {
  isLicenseError,
  isLicenseException,
  isPlanFailure,
  isSnapshotFailure,
  type LicenseError,
  LicenseException,
  type PlanFailure,
  planFailureCodes,
  type SnapshotFailure,
} from '../../src/index.ts'
import {
  type FileFailure,
  isFileFailure,
  isSnapshotFolderFailure,
  type SnapshotFolderFailure,
} from '../../src/node/index.ts'

const aborted: LicenseError = { _tag: 'Aborted', provider: 'p', operation: 'o', message: 'stopped' }
const expired: PlanFailure = { _tag: 'Expired', expiresAt: '2026-11-20T10:00:00.000Z', message: 'expired' }
const damaged: SnapshotFailure = { _tag: 'SnapshotDamaged', file: 'f', problem: 'p', message: 'f: p' }
const exists: SnapshotFolderFailure = { _tag: 'SnapshotExists', path: '/s', problem: 'p', message: '/s: p' }
const missing: FileFailure = { _tag: 'FileMissing', path: '/f', problem: 'p', message: '/f: p' }

describe('failures of all families arrive in one exception', () => {
  test('a tag belongs to one family', () => {
    expectTypeOf<LicenseError['_tag'] & PlanFailure['_tag']>().toBeNever()
    expectTypeOf<(LicenseError | PlanFailure)['_tag'] & SnapshotFailure['_tag']>().toBeNever()
    expectTypeOf<(LicenseError | PlanFailure | SnapshotFailure)['_tag'] & SnapshotFolderFailure['_tag']>().toBeNever()
  })

  test('and its guard tells to which', () => {
    const failures = [aborted, expired, damaged, exists, missing, { _tag: 'Expired' }, null, 'Expired', {}]
    const guards = [isLicenseError, isPlanFailure, isSnapshotFailure, isSnapshotFolderFailure, isFileFailure]
    expect(guards.map((guard) => failures.filter((failure) => guard(failure)))).toEqual([
      [aborted],
      [expired],
      [damaged],
      // What files are about is among what folders of snapshots are about.
      [exists, missing],
      [missing],
    ])
  })

  test('so that an exception of one call is not taken for that of another one', () => {
    const thrown: unknown = new LicenseException(expired)
    expect([isLicenseException(thrown), isLicenseException(thrown, isSnapshotFailure)]).toEqual([false, false])
    if (!isLicenseException(thrown, isPlanFailure)) throw thrown
    expectTypeOf(thrown.error).toExtend<PlanFailure>()
    expect(thrown.error).toBe(expired)
  })

  test('the codes of failures are found by what version 0.1 called them, too', () => {
    expect([planFailureCodes.Unsupported.httpStatus, planFailureCodes.ProtectedSeat.httpStatus]).toEqual([501, 403])
    expect(isPlanFailure({ _tag: 'Unsupported', message: 'm' })).toBe(false)
  })
})
