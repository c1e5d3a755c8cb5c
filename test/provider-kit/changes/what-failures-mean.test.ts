import { describe, expect, test } from 'vitest'
import type { Sent } from '../../../src/provider-kit/changes/change-adapter.ts'
import { endsAll, isAboutOneChange } from '../../../src/provider-kit/changes/what-failures-mean.ts'
import type { LicenseError } from '../../../src/provider-kit/index.ts'

const name = { provider: 'vendor', operation: 'POST /changes', message: 'no' }

const failures: readonly LicenseError[] = [
  { _tag: 'Unavailable', ...name, attempts: 1 },
  { _tag: 'InvalidResponse', ...name, issues: [] },
  { _tag: 'Aborted', ...name },
  { _tag: 'DeadlineExceeded', ...name },
  { _tag: 'RateLimited', ...name },
  { _tag: 'RequestRejected', ...name },
  { _tag: 'NotFound', ...name },
  { _tag: 'Conflict', ...name },
  { _tag: 'PermissionDenied', ...name, missing: [] },
  { _tag: 'AuthenticationFailed', ...name },
  { _tag: 'Untrusted', ...name },
  { _tag: 'Unsupported', ...name },
]

const tagsWhere = (holds: (error: LicenseError) => boolean): readonly string[] =>
  failures.filter(holds).map(({ _tag }) => _tag)

describe('a request that failed', () => {
  const failed = (error: LicenseError, more: Partial<Extract<Sent, { kind: 'failed' }>> = {}): Sent => ({
    kind: 'failed',
    error,
    mayHaveTakenEffect: false,
    about: 'changes',
    ...more,
  })

  test('is about one of its changes where the vendor looked at it and said no', () => {
    expect(tagsWhere((error) => isAboutOneChange(failed(error)))).toEqual([
      'RequestRejected',
      'NotFound',
      'Conflict',
      'PermissionDenied',
    ])
  })

  test('is about none of them where it is about the credential, or may have had its effect, or was never sent', () => {
    const error: LicenseError = { _tag: 'RequestRejected', ...name }
    expect(isAboutOneChange(failed(error, { about: 'credential' }))).toBe(false)
    expect(isAboutOneChange(failed(error, { mayHaveTakenEffect: true }))).toBe(false)
    expect(isAboutOneChange({ kind: 'unsent', error })).toBe(false)
  })

  test('ends all others where they would fail in the same way', () => {
    expect(tagsWhere(endsAll)).toEqual(['RateLimited', 'AuthenticationFailed'])
  })
})
