import { describe, expect, it } from 'vitest'
import { type AttemptEvent, tallyRequests, type WaitEvent } from '../../../src/provider-kit/index.ts'

const attempt = (more: Partial<AttemptEvent> = {}): AttemptEvent => ({
  type: 'attempt',
  id: '1',
  provider: 'acme',
  operation: 'GET /users',
  attempt: 1,
  startedAt: '2026-11-20T10:00:00.000Z',
  milliseconds: 20,
  status: 200,
  bytes: 100,
  ...more,
})

const wait = (reason: WaitEvent['reason'], ms: number): WaitEvent => ({
  type: 'wait',
  provider: 'acme',
  operation: 'GET /users',
  reason,
  ms,
})

describe('a tally of requests', () => {
  it('counts by operation, the most frequent first, and repeats among them', () => {
    const { onEvent, all } = tallyRequests()
    for (const event of [
      attempt({ operation: 'POST /token' }),
      attempt({ attempt: 1, status: 503 }),
      attempt({ attempt: 2 }),
    ])
      onEvent(event)
    expect(all()).toMatchObject([
      {
        provider: 'acme',
        requests: 3,
        repeats: 1,
        bytes: 300,
        operations: [
          { operation: 'GET /users', requests: 2 },
          { operation: 'POST /token', requests: 1 },
        ],
      },
    ])
  })

  it('keeps providers apart', () => {
    const { onEvent, all } = tallyRequests()
    onEvent(attempt())
    onEvent(attempt({ provider: 'globex' }))
    expect(all().map(({ provider, requests }) => [provider, requests])).toEqual([
      ['acme', 1],
      ['globex', 1],
    ])
  })

  it('counts once what several requests wait at the same time', () => {
    let now = 0
    const { onEvent, all } = tallyRequests({ now: () => now, sleep: async () => {} })
    onEvent(wait('rateLimit', 5_000))
    now = 2_000
    onEvent(wait('rateLimit', 3_000))
    onEvent(wait('rateLimit', 4_000))
    onEvent(wait('retry', 500))
    expect(all()[0]?.waitedMs).toEqual({ rateLimit: 6_000, pace: 0, retry: 500 })
  })
})
