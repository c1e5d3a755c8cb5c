import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { AccessToken, LicenseError } from '../../../src/provider-kit/index.ts'
import {
  fixedCredentials,
  givenCredentials,
  mintedCredentials,
  sourcedCredentials,
} from '../../../src/provider-kit/transport/credentials.ts'
import { createVirtualClock } from './virtual-clock.ts'

const refused: LicenseError = {
  _tag: 'AuthenticationFailed',
  provider: 'vendor-1',
  operation: 'POST /token',
  message: 'the client is not known',
}

/** Gives token-1, token-2, …; what it was asked with is kept. */
const mintOf = (details: Partial<AccessToken> = {}) => {
  const asked: (string | undefined)[] = []
  const mint = (rejected: string | undefined) => async () => {
    asked.push(rejected)
    return E.right({ token: `token-${asked.length}`, ...details })
  }
  return { mint, asked }
}

describe('a fixed token', () => {
  test('is the token, and its refusal is final', async () => {
    const credentials = fixedCredentials('abc')
    expect(await credentials.current()).toEqual(E.right('abc'))
    credentials.accepted('abc')
    expect(credentials.rejected('abc')).toBe('giveUp')
  })
})

describe('minted tokens', () => {
  const clock = createVirtualClock()

  test('are minted at the first need, not before', async () => {
    const { mint, asked } = mintOf()
    const credentials = mintedCredentials({ clock, mint })
    expect(asked).toEqual([])
    expect(await credentials.current()).toEqual(E.right('token-1'))
    expect(asked).toEqual([undefined])
  })

  test('are minted once for all who wait', async () => {
    const { mint, asked } = mintOf()
    const credentials = mintedCredentials({ clock, mint })
    const tokens = await Promise.all(Array.from({ length: 10 }, () => credentials.current()))
    expect(tokens).toEqual(Array.from({ length: 10 }, () => E.right('token-1')))
    expect(asked).toHaveLength(1)
  })

  test('are kept as long as they live, where that is not known', async () => {
    const { mint, asked } = mintOf()
    const own = createVirtualClock()
    const credentials = mintedCredentials({ clock: own, mint })
    await credentials.current()
    own.advance(365 * 24 * 3_600_000)
    await credentials.current()
    expect(asked).toHaveLength(1)
  })

  for (const [lifetimeMs, renewBeforeMs, renewedAfter] of [
    [600_000, undefined, 540_000],
    [600_000, 120_000, 480_000],
    [60_000, undefined, 30_000],
    [600_000, 3_600_000, 300_000],
  ] as const) {
    test(`that live ${lifetimeMs} ms are replaced after ${renewedAfter} ms (margin ${renewBeforeMs ?? 'of a minute'})`, async () => {
      const own = createVirtualClock()
      const { mint, asked } = mintOf({ lifetimeMs })
      const credentials = mintedCredentials({
        clock: own,
        mint,
        ...(renewBeforeMs === undefined ? {} : { renewBeforeMs }),
      })
      await credentials.current()
      own.advance(renewedAfter - 1)
      await credentials.current()
      expect(asked).toHaveLength(1)
      own.advance(1)
      expect(await credentials.current()).toEqual(E.right('token-2'))
      expect(asked).toHaveLength(2)
    })
  }

  test('that are replaced for their age were not rejected', async () => {
    const own = createVirtualClock()
    const { mint, asked } = mintOf({ lifetimeMs: 1_000 })
    const credentials = mintedCredentials({ clock: own, mint })
    await credentials.current()
    own.advance(1_000)
    await credentials.current()
    expect(asked).toEqual([undefined, undefined])
  })

  test('that are refused after they were taken are replaced, once for all', async () => {
    const { mint, asked } = mintOf()
    const credentials = mintedCredentials({ clock, mint })
    await credentials.current()
    credentials.accepted('token-1')
    expect(credentials.rejected('token-1')).toBe('replay')
    expect(credentials.rejected('token-1')).toBe('replay')
    await Promise.all([credentials.current(), credentials.current()])
    expect(asked).toEqual([undefined, 'token-1'])
  })

  test('that are refused late do not cost the one that is current by then', async () => {
    const { mint, asked } = mintOf()
    const credentials = mintedCredentials({ clock, mint })
    await credentials.current()
    credentials.accepted('token-1')
    credentials.rejected('token-1')
    await credentials.current()
    expect(credentials.rejected('token-1')).toBe('replay')
    expect(await credentials.current()).toEqual(E.right('token-2'))
    expect(asked).toHaveLength(2)
  })

  test('that are refused at their first use are replaced once more for the request that used them', async () => {
    const { mint, asked } = mintOf()
    const credentials = mintedCredentials({ clock, mint })
    await credentials.current()
    expect(credentials.rejected('token-1')).toBe('replayOnce')
    expect(await credentials.current()).toEqual(E.right('token-2'))
    expect(asked).toEqual([undefined, 'token-1'])
  })

  test('that are refused at their first use are replaced once for all the requests that used them', async () => {
    const { mint, asked } = mintOf()
    const credentials = mintedCredentials({ clock, mint })
    await Promise.all([credentials.current(), credentials.current()])
    expect([credentials.rejected('token-1'), credentials.rejected('token-1')]).toEqual(['replayOnce', 'replayOnce'])
    await Promise.all([credentials.current(), credentials.current()])
    expect(asked).toEqual([undefined, 'token-1'])
  })

  test('that were refused at their first use are not sent again by a later request', async () => {
    const { mint } = mintOf()
    const credentials = mintedCredentials({ clock, mint })
    await credentials.current()
    credentials.rejected('token-1')
    expect(await credentials.current()).toEqual(E.right('token-2'))
  })

  test('that may be old are replaced also where they are refused at their first use', async () => {
    const { mint, asked } = mintOf({ mayBeOld: true })
    const credentials = mintedCredentials({ clock, mint })
    await credentials.current()
    expect(credentials.rejected('token-1')).toBe('replay')
    expect(await credentials.current()).toEqual(E.right('token-2'))
    expect(asked).toEqual([undefined, 'token-1'])
  })

  test('are not made current by the acceptance of an older one', async () => {
    const { mint } = mintOf()
    const credentials = mintedCredentials({ clock, mint })
    await credentials.current()
    credentials.accepted('token-0')
    expect(credentials.rejected('token-1')).toBe('replayOnce')
  })

  test('may be taken late, when there is none any more', async () => {
    const { mint } = mintOf()
    const credentials = mintedCredentials({ clock, mint })
    credentials.accepted('token-0')
    await credentials.current()
    credentials.rejected('token-1')
    credentials.accepted('token-1')
    expect(await credentials.current()).toEqual(E.right('token-2'))
  })

  test('that cannot be had are a failure for all who ask within half a minute, and asked for again after it', async () => {
    let mints = 0
    const mint = () => async () => (mints++ === 0 ? E.left(refused) : E.right({ token: 'late' }))
    const credentials = mintedCredentials({ clock, mint })
    expect(await Promise.all([credentials.current(), credentials.current()])).toEqual([
      E.left(refused),
      E.left(refused),
    ])
    await clock.sleep(29_999)
    expect(await credentials.current()).toEqual(E.left(refused))
    expect(mints).toBe(1)
    await clock.sleep(1)
    expect(await credentials.current()).toEqual(E.right('late'))
  })
})

describe('tokens from a source of the caller', () => {
  const clock = createVirtualClock()

  test('are asked for with the one that was refused', async () => {
    const asked: (string | undefined)[] = []
    const credentials = sourcedCredentials(
      'vendor-1',
      async (rejected) => {
        asked.push(rejected)
        return `token-${asked.length}`
      },
      clock,
    )
    expect(await credentials.current()).toEqual(E.right('token-1'))
    credentials.accepted('token-1')
    credentials.rejected('token-1')
    expect(await credentials.current()).toEqual(E.right('token-2'))
    expect(asked).toEqual([undefined, 'token-1'])
  })

  test('may tell how long they live', async () => {
    const own = createVirtualClock()
    let asked = 0
    const credentials = sourcedCredentials(
      'vendor-1',
      async () => ({ token: `token-${++asked}`, lifetimeMs: 10_000 }),
      own,
    )
    await credentials.current()
    own.advance(5_000)
    expect(await credentials.current()).toEqual(E.right('token-2'))
  })

  for (const [how, source] of [
    ['rejects', async () => Promise.reject(new Error('s3cr3t'))],
    [
      'throws',
      () => {
        throw new Error('s3cr3t')
      },
    ],
  ] as const) {
    test(`are a failure that shows nothing where the source ${how}`, async () => {
      const result = await sourcedCredentials('vendor-1', source, clock).current()
      expect(result).toEqual(
        E.left({
          _tag: 'AuthenticationFailed',
          provider: 'vendor-1',
          operation: 'access token source',
          message: 'the access token source failed',
        }),
      )
      expect(JSON.stringify(result)).not.toContain('s3cr3t')
    })
  }
})

describe('a token that was refused', () => {
  test('is named to whoever mints the next one, and to nobody after that', async () => {
    const clock = createVirtualClock()
    const { mint, asked } = mintOf({ lifetimeMs: 600_000 })
    const credentials = mintedCredentials({ clock, mint })
    await credentials.current()
    credentials.accepted('token-1')
    credentials.rejected('token-1')
    await credentials.current()
    await clock.sleep(600_000)
    await credentials.current()
    expect(asked).toEqual([undefined, 'token-1', undefined])
  })
})

describe('credentials that are given as they are', () => {
  const clock = createVirtualClock()

  test('are one fixed token where they are a text', async () => {
    const credentials = givenCredentials('vendor-1', 'abc', clock)
    expect(await credentials.current()).toEqual(E.right('abc'))
    expect(credentials.rejected('abc')).toBe('giveUp')
    expect(await credentials.current()).toEqual(E.right('abc'))
  })

  test('are asked for where they are a source', async () => {
    const credentials = givenCredentials('vendor-1', async (rejected) => `after ${rejected}`, clock)
    expect(await credentials.current()).toEqual(E.right('after undefined'))
    credentials.accepted('after undefined')
    credentials.rejected('after undefined')
    expect(await credentials.current()).toEqual(E.right('after after undefined'))
  })
})

describe('a source that gives no token', () => {
  test.each([undefined, null, {}, 7])('but %j is an authentication that failed', async (given) => {
    const source: unknown = async () => given
    const isSource = (value: unknown): value is () => Promise<string> => typeof value === 'function'
    const credentials = isSource(source) ? sourcedCredentials('vendor-1', source, createVirtualClock()) : undefined
    expect(await credentials?.current()).toMatchObject({
      left: { _tag: 'AuthenticationFailed', message: 'the access token source gave no token' },
    })
  })
})
