import * as E from 'fp-ts/lib/Either.js'
import { afterEach, describe, expect, test } from 'vitest'
import { createGenesysProvider } from '../../providers/genesys/index.ts'
import { startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { createWebexProvider } from '../../providers/webex/index.ts'
import { startWebexSimulator } from '../../providers/webex/simulator/index.ts'
import {
  type BudgetOptions,
  createRequestBudget,
  type LicenseProvider,
  type ProviderRuntime,
  type TransportEvent,
} from '../../src/provider-kit/index.ts'
import { createWaitingTime, type WaitingTime } from './waiting-time.ts'

const WINDOW_MS = 60_000

const running: (() => Promise<void>)[] = []
afterEach(() => Promise.all(running.splice(0).map((stop) => stop())))

/** Reads everybody, and says what the rate did to it. */
const readAll = async (
  time: WaitingTime,
  budget: BudgetOptions,
  create: (runtime: ProviderRuntime) => LicenseProvider,
) => {
  const events: TransportEvent[] = []
  const provider = create({
    clock: time.clock,
    fetch: time.fetch,
    budget: createRequestBudget({ clock: time.clock, ...budget }),
    onEvent: (event) => events.push(event),
  })
  let verdict: string | undefined
  for await (const page of provider.listUsers().pages()) {
    verdict = E.isRight(page) ? page.right.ledger.verdict : page.left._tag
  }
  const refused = events.filter((event) => event.type === 'attempt' && event.status === 429).length
  return { verdict, refused, waitedMs: time.elapsed() }
}

/** What a limit forces on so many requests, whoever sends them: to wait out every window but the last. */
const forcedMs = (requests: number, perWindow: number): number => (Math.ceil(requests / perWindow) - 1) * WINDOW_MS

const genesysUnder = async (limit: number, time: WaitingTime) => {
  const simulator = await startGenesysSimulator({
    users: 2_000,
    rateLimit: { requests: limit, windowMs: WINDOW_MS },
    now: time.clock.now,
    directory: { maximumPageSize: 25 },
  })
  running.push(simulator.destroy)
  const read = await readAll(time, {}, (runtime) =>
    createGenesysProvider({ ...simulator.configuration, pageSize: 25 }, runtime),
  )
  const requests = simulator.requests.count({ path: '/api/v2/*' })
  return { ...read, requests, forcedMs: forcedMs(requests, limit) }
}

describe("a steady run under a limit that the vendor's headers tell", () => {
  test.each([5, 30, 300])(
    'of %i a minute is never refused, and waits no longer than the limit forces',
    async (limit) => {
      const { verdict, refused, requests, waitedMs, ...run } = await genesysUnder(limit, createWaitingTime())
      expect({ verdict, refused }).toEqual({ verdict: 'complete', refused: 0 })
      expect(requests).toBeGreaterThan(150)
      expect(waitedMs).toBe(run.forcedMs)
    },
  )

  /** Deterministic, and all over the place. */
  const uneven = (request: number): number => ((request * 7919) % 97) * 20

  test.each([
    { limit: 20, latency: 'even', latencyMs: () => 250 },
    { limit: 20, latency: 'uneven', latencyMs: uneven },
    { limit: 30, latency: 'uneven', latencyMs: uneven },
  ])('of $limit a minute neither, where answers take their time: $latency', async ({ limit, latencyMs }) => {
    const { verdict, refused, waitedMs, ...run } = await genesysUnder(limit, createWaitingTime(latencyMs))
    expect({ verdict, refused }).toEqual({ verdict: 'complete', refused: 0 })
    // The answers of one window take less than two seconds; none of them costs another window.
    expect(waitedMs).toBeLessThan(run.forcedMs + (run.forcedMs / WINDOW_MS + 1) * 2_000 + 2_000)
  })
})

describe('a steady run at a configured rate', () => {
  test('is never refused by a vendor that allows just as much and tells nothing, and waits no longer than that rate forces', async () => {
    const time = createWaitingTime()
    const limit = 12
    const simulator = await startWebexSimulator({
      users: 1_000,
      rateLimit: { requests: limit, windowMs: WINDOW_MS },
      now: time.clock.now,
    })
    running.push(simulator.destroy)
    const { verdict, refused, waitedMs } = await readAll(time, { requestsPerMinute: limit }, (runtime) =>
      createWebexProvider({ ...simulator.configuration, pageSize: 25 }, runtime),
    )
    const requests = simulator.requests.count()
    expect({ verdict, refused }).toEqual({ verdict: 'unverifiable', refused: 0 })
    expect(requests).toBeGreaterThan(100)
    expect(waitedMs).toBe(forcedMs(requests, limit))
  })
})
