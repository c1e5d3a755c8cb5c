import { expect, test } from 'vitest'
import { Changes, type LicenseError } from '../../../src/provider-kit/index.ts'

const error: LicenseError = { _tag: 'Unavailable', provider: 'v', operation: 'POST /c', message: 'no', attempts: 1 }

test('a request that did not go out was not sent', () => {
  expect(Changes.watchAttempts({}).failure(error, 'changes')).toEqual({ kind: 'unsent', error })
})

test.each([
  ['refused every time', ['sent', 'refused', 'sent', 'refused'], false],
  ['without an answer', ['sent'], true],
  ['without an answer, and refused when it was repeated', ['sent', 'sent', 'refused'], true],
] as const)('a request that was %s may have taken effect: %j, %s', (_, events, mayHaveTakenEffect) => {
  const { scope, failure } = Changes.watchAttempts({ deadlineAt: 7 })
  for (const event of events) scope.onAttempt?.(event)
  expect(scope.deadlineAt).toBe(7)
  expect(failure(error, 'credential')).toEqual({ kind: 'failed', error, mayHaveTakenEffect, about: 'credential' })
})
