import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { Http } from '../../../src/provider-kit/index.ts'
import type { ExchangeFailure } from '../../../src/provider-kit/transport/exchange.ts'
import { createNextStep, type Tries } from '../../../src/provider-kit/transport/next-step.ts'
import { defaultRetryPolicy } from '../../../src/provider-kit/transport/retry-policy.ts'
import { createSecretBook } from '../../../src/provider-kit/transport/secret-book.ts'
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
  const unauthorized = {
    status: 401,
    host: 'api.vendor.example',
    header: () => undefined,
    body: E.right({}),
    content: 'json',
  } as const
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
    expect(stepAfter('aborted')).toEqual(failed({ _tag: 'Aborted', message: 'interrupted' }))
  })

  test('that the deadline ended is the end, and DeadlineExceeded', () => {
    expect(stepAfter('deadline')).toEqual(failed({ _tag: 'DeadlineExceeded', message: 'the deadline has passed' }))
  })

  test('that was too large is the end, and InvalidResponse', () => {
    expect(stepAfter('tooLarge')).toEqual(failed({ _tag: 'InvalidResponse', message: 'why', issues: ['why'] }))
  })

  for (const kind of ['network', 'timeout'] as const) {
    const timedOut = kind === 'timeout' ? { timedOut: true } : {}

    test(`by ${kind} is repeated after a wait`, () => {
      expect(stepAfter(kind)).toEqual({ step: 'wait', ms: 500 })
    })

    test(`by ${kind} is the end at the fifth time, and Unavailable`, () => {
      const message = 'api.vendor.example could not be reached, 5 attempts made: why'
      expect(stepAfter(kind, get(), { failures: 4 })).toEqual(
        failed({ _tag: 'Unavailable', message, attempts: 5, ...timedOut }),
      )
    })

    test(`by ${kind} is the end where a repeat could do harm`, () => {
      const message = 'api.vendor.example could not be reached, 1 attempt made: why'
      expect(stepAfter(kind, write())).toEqual(
        failed({ _tag: 'Unavailable', operation: 'POST /seats', message, attempts: 1, ...timedOut }),
      )
    })
  }
})

describe('a request in whose place its caller can ask for less', () => {
  const divisible = { ...get(), divisible: true }
  const status = (code: number, headers: Readonly<Record<string, string>> = {}) =>
    E.right({
      status: code,
      host: 'api.vendor.example',
      header: (name: string) => headers[name],
      body: E.right({}),
      content: 'json' as const,
    })
  const afterStatus = (answer: ReturnType<typeof status>, failures: number, request: Http.HttpRequest = divisible) =>
    nextStep(request, answer, { failures, rejectedTokens: 0, rejectedFreshTokens: 0, toldMs: 0 }, () => 'giveUp')

  test('is given up when no answer came in time twice', () => {
    expect(stepAfter('timeout', divisible)).toEqual({ step: 'wait', ms: 500 })
    const message = 'api.vendor.example could not be reached, 2 attempts made: why'
    expect(stepAfter('timeout', divisible, { failures: 1 })).toEqual(
      failed({ _tag: 'Unavailable', message, attempts: 2, timedOut: true }),
    )
  })

  test('is given up at the second 504, and at the first 413', () => {
    expect(afterStatus(status(504), 0)).toEqual({ step: 'wait', ms: 500 })
    expect(afterStatus(status(504), 1)).toMatchObject({ step: 'done', result: { left: { status: 504, attempts: 2 } } })
    expect(afterStatus(status(413), 0)).toMatchObject({ step: 'done', result: { left: { status: 413 } } })
  })

  test('is repeated as often as any other where the failure does not ask for less', () => {
    for (const code of [500, 502, 503]) expect(afterStatus(status(code), 3)).toMatchObject({ step: 'wait' })
    expect(stepAfter('network', divisible, { failures: 3 })).toMatchObject({ step: 'wait' })
    expect(afterStatus(status(504), 3, get())).toMatchObject({ step: 'wait' })
  })
})
