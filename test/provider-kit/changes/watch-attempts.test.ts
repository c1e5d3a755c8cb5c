import * as TE from 'fp-ts/lib/TaskEither.js'
import { expect, test } from 'vitest'
import { watched } from '../../../src/provider-kit/changes/watch-attempts.ts'
import type { LicenseError } from '../../../src/provider-kit/index.ts'

const error: LicenseError = { _tag: 'Unavailable', provider: 'v', operation: 'POST /c', message: 'no', attempts: 1 }
const failing = (events: readonly ('sent' | 'refused')[], isAboutCredential = false) =>
  watched({
    isAboutCredential: () => isAboutCredential,
    send: (_, { onAttempt }) => {
      for (const event of events) onAttempt?.(event)
      return TE.left(error)
    },
  })

test('a request that did not go out was not sent', async () => {
  expect(await failing([])([], {})).toEqual({ kind: 'unsent', error })
})

test.each([
  ['refused every time', ['sent', 'refused', 'sent', 'refused'], false],
  ['without an answer', ['sent'], true],
  ['without an answer, and refused when it was repeated', ['sent', 'sent', 'refused'], true],
] as const)('a request that was %s may have taken effect: %j, %s', async (_, events, mayHaveTakenEffect) => {
  const failed = { kind: 'failed', error, mayHaveTakenEffect }
  expect(await failing(events)([], {})).toEqual({ ...failed, about: 'changes' })
  expect(await failing(events, true)([], {})).toEqual({ ...failed, about: 'credential' })
})

test('a request that is answered is sent within the bounds of the call', async () => {
  const replyTo = () => ({ kind: 'accepted' as const })
  const send = watched({ send: (_, { deadlineAt }) => (deadlineAt === 7 ? TE.right({ replyTo }) : TE.left(error)) })
  expect(await send([], { deadlineAt: 7 })).toEqual({ kind: 'answered', replyTo })
})

test.each([
  [{ ...error, _tag: 'PermissionDenied', missing: [] }, 'credential'],
  [error, 'changes'],
] as const)(
  'only a missing permission is about the credential, where the adapter does not say: %j',
  async (left, about) => {
    const send = watched({
      send: (_, { onAttempt }) => {
        onAttempt?.('sent')
        return TE.left(left)
      },
    })
    expect(await send([], {})).toMatchObject({ kind: 'failed', about })
  },
)
