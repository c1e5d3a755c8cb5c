import * as E from 'fp-ts/lib/Either.js'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { Calls, createRequestBudget, toReadonlyArray } from '../../../src/provider-kit/index.ts'
import { mintedCredentials } from '../../../src/provider-kit/transport/credentials.ts'
import { last, listOf, middle } from '../../paging/list-of.ts'
import { get, outcome, transportWith } from './transport-with.ts'

const HOUR_MS = 3_600_000

/** Somebody sets the clock of the machine. */
const setClock = (byMs: number): void => {
  const at = Date.now() + byMs
  vi.spyOn(Date, 'now').mockImplementation(() => at)
}

afterEach(() => {
  vi.restoreAllMocks()
})

describe.each([
  ['back', -HOUR_MS],
  ['forward', HOUR_MS],
])('where the system’s clock is set an hour %s', (_, byMs) => {
  test('a list with a deadline goes on', async () => {
    const list = listOf(
      [],
      { deadlineMs: 60_000 },
      {
        walk: async function* ({ scope }) {
          yield middle(['a'])
          setClock(byMs)
          const { transport } = transportWith({
            runtime: { clock: Calls.systemClock, fetch: async () => new Response('{}') },
          })
          expect(await outcome(transport(get(), scope))).toMatchObject({ status: 200 })
          yield last(['b'])
        },
      },
    )
    expect(await toReadonlyArray(list)()).toMatchObject({ right: { items: ['a', 'b'] } })
  })

  test('a pause takes as long as it was to take', () => {
    const budget = createRequestBudget()
    budget.pause(5_000)
    setClock(byMs)
    expect(budget.claim()?.ms).toBeGreaterThan(4_000)
    expect(budget.claim()?.ms).toBeLessThanOrEqual(5_000)
  })

  test('a window of the vendor’s ends when it was to end', () => {
    const budget = createRequestBudget()
    budget.observe({ allowed: 3, used: 3, resetMs: 5_000 })
    setClock(byMs)
    expect(budget.claim()?.ms).toBeGreaterThan(4_000)
    expect(budget.claim()?.ms).toBeLessThanOrEqual(5_000)
  })

  test('a token is replaced when its time has come, and not before', async () => {
    let mints = 0
    const credentials = mintedCredentials({
      clock: Calls.systemClock,
      mint: () => async () => E.right({ token: `token-${++mints}`, lifetimeMs: 86_400_000 }),
    })
    await credentials.current()
    setClock(byMs * 48)
    expect(await credentials.current()).toEqual(E.right('token-1'))
  })
})
