import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { AccessToken, LicenseError } from '../../../src/provider-kit/index.ts'
import { fixedCredentials, mintedCredentials } from '../../../src/provider-kit/transport/credentials.ts'
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
