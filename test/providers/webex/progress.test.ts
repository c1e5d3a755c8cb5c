import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createWebexProvider, type TransportEvent } from '../../../providers/webex/index.ts'
import { startWebexSimulator, type WebexSimulator } from '../../../providers/webex/simulator/index.ts'

let simulator: WebexSimulator
beforeEach(async () => {
  simulator = await startWebexSimulator({ users: 200, seed: 1 })
})
afterEach(() => simulator.destroy())

describe('the progress of users whose licenses are all read first', () => {
  test('is told while they are read: how many were found, how many pages there are', async () => {
    const events: TransportEvent[] = []
    const provider = createWebexProvider(
      { ...simulator.configuration, pageSize: 20 },
      { onEvent: (event) => events.push(event) },
    )
    let atFirstUser: readonly TransportEvent[] = []
    let users = 0
    for await (const _ of provider.listUsers({ allowPartial: true })) {
      if (users++ === 0) atFirstUser = [...events]
    }
    const progressIn = (told: readonly TransportEvent[]) =>
      told.flatMap((event) => (event.type === 'progress' && event.operation === 'listUsers' ? [event] : []))
    const early = progressIn(atFirstUser)
    expect(early.length).toBeGreaterThan(10)
    const steps = early.map(({ items, pages, expectedPages = 0 }) => ({ items, pages, expectedPages }))
    for (const [index, { items, pages, expectedPages }] of steps.entries()) {
      const before = steps[index - 1] ?? { items: 0, pages: 0 }
      expect(items).toBeGreaterThanOrEqual(before.items)
      expect(pages).toBeGreaterThanOrEqual(before.pages)
      expect(items).toBeLessThanOrEqual(users)
      expect(expectedPages).toBeGreaterThanOrEqual(pages)
    }
    const [halfway] = steps.filter(({ pages, expectedPages }) => pages * 2 >= expectedPages)
    expect(halfway?.items).toBeGreaterThan(0)
    const last = progressIn(events).at(-1)
    expect(last?.items).toBe(users)
    expect(last?.expectedPages).toBe(last?.pages)
  })
})
