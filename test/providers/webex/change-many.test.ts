import { afterEach, expect, test } from 'vitest'
import { Calls } from '../../../src/provider-kit/index.ts'
import { assign, type Changing, meetings, messaging, peopleOf, remove, startChanging, worldOf } from './changing.ts'

let changing: Changing | undefined

afterEach(async () => {
  await changing?.simulator.destroy()
  changing = undefined
})

/** Enough for each of the 8 to be busy many times. 10,000 with `SEATLENS_MANY_CHANGES=10000`, in about two minutes. */
const COUNT = Number(process.env.SEATLENS_MANY_CHANGES ?? 80)
const LATENCY_MS = 30

test(`${COUNT} swaps with ${LATENCY_MS} ms of latency are all applied, 8 requests at a time`, async () => {
  changing = await startChanging({
    world: worldOf(peopleOf(COUNT, messaging)),
    latencyMs: LATENCY_MS,
    runtime: { clock: Calls.systemClock },
  })
  const { outcomes, simulator } = changing
  const changes = peopleOf(COUNT).flatMap(({ id }) => [remove(id, messaging), assign(id, meetings)])
  const applied = new Set<unknown>()
  for await (const { change, result } of outcomes(changes)) {
    expect(result).toBe('applied')
    applied.add(change)
  }
  expect(applied.size).toBe(changes.length)
  expect(simulator.organization.holderCount(meetings)).toBe(COUNT)
  expect(simulator.organization.holderCount(messaging)).toBe(0)
  expect(simulator.requests.byRoute().get('PATCH /v1/licenses/users')).toBe(COUNT)
  // Exactly 8 where none is answered: change-assignments.test.ts.
  expect(simulator.requests.maximumInFlight()).toBeLessThanOrEqual(8)
}, 600_000)
