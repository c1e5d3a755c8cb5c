import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { openWaitingRoom, readAhead } from '../../src/cli/actions/read-ahead.ts'
import { Calls, type License, Lists } from '../../src/provider-kit/index.ts'
import { license } from '../report/reported-organization.ts'

/** Pages of two licenses each. `asked`: how many were asked for. */
const listOf = (pages: number) => {
  const list = { asked: 0 }
  const paged = Lists.createPaged<License>(
    {
      provider: 'p',
      operation: 'GET /licenses',
      clock: Calls.clockOf({}),
      walk: async function* () {
        for (let page = 0; page < pages; page++) {
          list.asked++
          const items = [0, 1].map((place) => ({ ...license(`${page}-${place}`), provider: 'p' }))
          yield E.right({ items, ...(page < pages - 1 ? { continuation: String(page + 1) } : {}) })
        }
      },
    },
    {},
  )
  return { list, paged }
}

/** Until nothing moves any more. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 20))

describe('reading a list before it is its turn', () => {
  it('goes to its end where there is room', async () => {
    const { list, paged } = listOf(5)
    readAhead(paged, openWaitingRoom(1_000), () => {})
    await settled()
    expect(list.asked).toBe(5)
  })

  it('stops where there is none, and goes on when others have left', async () => {
    const room = openWaitingRoom(4)
    const first = listOf(5)
    const second = listOf(5)
    const ahead = readAhead(first.paged, room, () => {})
    readAhead(second.paged, room, () => {})
    await settled()
    // Two that wait, and one that was under way.
    expect(first.list.asked + second.list.asked).toBeLessThanOrEqual(3)
    for await (const _ of ahead.pages()) await settled()
    await settled()
    expect(second.list.asked).toBeGreaterThan(1)
    expect(second.list.asked).toBeLessThan(5)
  })

  it('reads no page that is not taken once it is its turn', async () => {
    const { list, paged } = listOf(50)
    const ahead = readAhead(paged, openWaitingRoom(1_000), () => {})
    const pages = ahead.pages()
    await pages.next()
    await settled()
    const asked = list.asked
    await settled()
    expect([asked, list.asked]).toEqual([asked, asked])
    expect(asked).toBeLessThan(4)
  })

  it('gives every page once, in its order', async () => {
    const { paged } = listOf(20)
    const ahead = readAhead(paged, openWaitingRoom(6), () => {})
    await settled()
    const ids: string[] = []
    for await (const page of ahead.pages()) if (E.isRight(page)) ids.push(...page.right.items.map(({ id }) => id))
    expect(ids).toEqual(Array.from({ length: 40 }, (_, index) => `${Math.floor(index / 2)}-${index % 2}`))
  })
})
