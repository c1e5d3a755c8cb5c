import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { createSecretBook, defaultRetryPolicy } from '../../../src/provider-kit/index.ts'
import type { ExchangeFailure } from '../../../src/provider-kit/transport/exchange.ts'
import { createNextStep, type Tries } from '../../../src/provider-kit/transport/next-step.ts'
import { get, write } from './transport-with.ts'

const nextStep = createNextStep({
  provider: 'vendor-1',
  policy: defaultRetryPolicy,
  readFailure: () => ({}),
  random: () => 1,
  now: () => 0,
  secrets: createSecretBook(),
})

const stepAfter = (kind: ExchangeFailure['kind'], request = get(), tries: Partial<Tries> = {}) =>
  nextStep(
    request,
    E.left({ kind, reason: 'why' }),
    { failures: 0, rejectedTokens: 0, rejectedFreshTokens: 0, toldMs: 0, ...tries },
    () => 'giveUp',
  )

const failed = (error: object) => ({
  step: 'done',
  result: E.left({ provider: 'vendor-1', operation: 'GET /seats', ...error }),
})

describe('an attempt whose token is refused', () => {
  const unauthorized = { status: 401, header: () => undefined, body: E.right({}), content: 'json' } as const
  const refused = (verdict: 'replay' | 'giveUp') =>
    nextStep(
      get(),
      E.right(unauthorized),
      { failures: 0, rejectedTokens: 0, rejectedFreshTokens: 0, toldMs: 0 },
      () => verdict,
    )

  test('is repeated at once where another token may do', () => {
    expect(refused('replay')).toEqual({ step: 'again' })
  })

  test('is the end, and AuthenticationFailed, where no other token would do', () => {
    const message = 'the credentials were refused'
    expect(refused('giveUp')).toEqual(failed({ _tag: 'AuthenticationFailed', message, status: 401 }))
  })
})

describe('an attempt without an answer', () => {
  test('that the caller ended is the end, and Aborted', () => {
    expect(stepAfter('aborted')).toEqual(failed({ _tag: 'Aborted', message: 'stopped by the caller' }))
  })

  test('that the deadline ended is the end, and DeadlineExceeded', () => {
    expect(stepAfter('deadline')).toEqual(failed({ _tag: 'DeadlineExceeded', message: 'the deadline has passed' }))
  })

  test('that was too large is the end, and InvalidResponse', () => {
    expect(stepAfter('tooLarge')).toEqual(failed({ _tag: 'InvalidResponse', message: 'why', issues: ['why'] }))
  })

  for (const kind of ['network', 'timeout'] as const) {
    test(`by ${kind} is repeated after a wait`, () => {
      expect(stepAfter(kind)).toEqual({ step: 'wait', ms: 500 })
    })

    test(`by ${kind} is the end at the fifth time, and Unavailable`, () => {
      const message = 'api.vendor.example could not be reached: why, 5 attempts made'
      expect(stepAfter(kind, get(), { failures: 4 })).toEqual(failed({ _tag: 'Unavailable', message, attempts: 5 }))
    })

    test(`by ${kind} is the end where a repeat could do harm`, () => {
      const message = 'api.vendor.example could not be reached: why, 1 attempt made'
      expect(stepAfter(kind, write())).toEqual(
        failed({ _tag: 'Unavailable', operation: 'POST /seats', message, attempts: 1 }),
      )
    })
  }
})
