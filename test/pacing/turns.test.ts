import { describe, expect, it } from 'vitest'
import { type BudgetOptions, createRequestBudget } from '../../src/provider-kit/index.ts'
import { get, outcome, transportWith } from '../provider-kit/transport/transport-with.ts'
import { createWaitingTime } from './waiting-time.ts'

const MINUTE_MS = 60_000

/** Providers of one credential, each with so many requests, all of them asked for at once, the first provider first. */
const run = async (wanted: Readonly<Record<string, number>>, options: BudgetOptions, latencyMs = 100) => {
  const time = createWaitingTime()
  const budget = createRequestBudget({ clock: time.clock, ...options })
  const sent: string[] = []
  const endedAt = new Map<string, number>()
  const all = Object.entries(wanted).map(async ([provider, requests]) => {
    const fetch: typeof globalThis.fetch = async () => {
      sent.push(provider)
      await time.clock.sleep(latencyMs)
      return new Response('{}', { headers: { 'content-type': 'application/json' } })
    }
    const { transport } = transportWith({ provider, budget, runtime: { clock: time.clock, fetch } })
    const one = () => outcome(transport(get(), { signal: undefined }))
    const ended = await Promise.all(Array.from({ length: requests }, one))
    endedAt.set(provider, time.elapsed())
    return ended.filter((result) => 'status' in result && result.status === 200).length
  })
  const answered = (await Promise.all(all)).reduce((sum, some) => sum + some, 0)
  return { answered, sent, endedAt, elapsed: time.elapsed() }
}

describe('providers of one credential', () => {
  it('take turns at its concurrent places, so that one of many requests does not keep the others waiting', async () => {
    const { answered, sent, endedAt, elapsed } = await run({ large: 400, small: 10, tiny: 1 }, { concurrency: 4 })
    expect(answered).toBe(411)
    // The first places were free, and everybody was served in turn after that.
    expect(sent.indexOf('tiny')).toBeLessThan(8)
    expect(sent.lastIndexOf('small')).toBeLessThan(4 + 2 * 10 + 2)
    expect(endedAt.get('small')).toBeLessThanOrEqual(700)
    expect(elapsed).toBe(Math.ceil(411 / 4) * 100)
  })

  it('take turns at its rate: those of few requests wait for as many windows as their share needs, and none for more', async () => {
    const wanted = { large: 120, small: 9, tiny: 2 }
    const { answered, endedAt, elapsed } = await run(wanted, { requestsPerMinute: 10 }, 0)
    expect(answered).toBe(131)
    // Of each window, the others get their third; of the first one, what the large one has not begun with.
    expect(endedAt.get('tiny')).toBeLessThanOrEqual(MINUTE_MS)
    expect(endedAt.get('small')).toBeLessThanOrEqual(3 * MINUTE_MS)
    expect(elapsed).toBe((Math.ceil(131 / 10) - 1) * MINUTE_MS)
  })

  it('of which one is stopped while it waits go on', async () => {
    const time = createWaitingTime()
    const budget = createRequestBudget({ clock: time.clock, requestsPerMinute: 1 })
    const fetch = async () => new Response('{}', { headers: { 'content-type': 'application/json' } })
    const transportOf = (provider: string) =>
      transportWith({ provider, budget, runtime: { clock: time.clock, fetch } }).transport
    const [one, other] = [transportOf('one'), transportOf('other')]
    await outcome(one(get(), {}))
    const stop = new AbortController()
    const stopped = outcome(other(get(), { signal: stop.signal }))
    const behind = outcome(other(get(), {}))
    const last = outcome(one(get(), {}))
    await new Promise((resolve) => setImmediate(resolve))
    stop.abort()
    expect(await stopped).toMatchObject({ _tag: 'Aborted' })
    expect([await behind, await last]).toMatchObject([{ status: 200 }, { status: 200 }])
    expect(time.elapsed()).toBe(2 * MINUTE_MS)
  })

  it('give up at their own deadlines', async () => {
    const time = createWaitingTime()
    const budget = createRequestBudget({ clock: time.clock, requestsPerMinute: 1 })
    const fetch = async () => new Response('{}', { headers: { 'content-type': 'application/json' } })
    const { transport } = transportWith({ budget, runtime: { clock: time.clock, fetch } })
    const scope = { deadlineAt: time.clock.now() + 1_000 }
    const results = await Promise.all(Array.from({ length: 5 }, () => outcome(transport(get(), scope))))
    expect(results.map((result) => ('_tag' in result ? result._tag : result.status))).toEqual([
      200,
      ...Array.from({ length: 4 }, () => 'DeadlineExceeded'),
    ])
    expect(time.elapsed()).toBe(0)
  })
})
