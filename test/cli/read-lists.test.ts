import { setTimeout as delay } from 'node:timers/promises'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { type ProviderPage, readLists } from '../../src/cli/actions/read-lists.ts'
import { Calls, type License, type LicenseProvider, Lists, type Paged } from '../../src/provider-kit/index.ts'
import { createInMemoryProvider } from '../../src/testing/index.ts'

const providersOf = (count: number): readonly LicenseProvider[] =>
  Array.from({ length: count }, (_, index) => createInMemoryProvider({ id: `p${index}`, licenses: [], users: [] }))

const aWhile = (): Promise<unknown> => delay(2)

/** Two empty pages, each after a while, or when `ready` says so. */
const pagesOf = (provider: string, onStart: () => void, ready: () => Promise<unknown> = aWhile): Paged<License> =>
  Lists.createPaged<License>(
    {
      provider,
      operation: 'GET /licenses',
      clock: Calls.clockOf({}),
      walk: async function* () {
        onStart()
        await ready()
        yield E.right({ items: [], continuation: '1' })
        await ready()
        yield E.right({ items: [] })
      },
    },
    {},
  )

const rejecting: Paged<License> = {
  ...pagesOf('rejecting', () => {}),
  pages: () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('it broke')) }) }),
}

const signal = new AbortController().signal
const bounds = () => ({ signal })

const idsOf = async (pages: AsyncIterable<ProviderPage<License>>, seen: string[] = []) => {
  for await (const { provider } of pages) seen.push(provider.id)
  return seen
}

describe('reading the lists of several providers', () => {
  it('delivers every page, in the order of the providers', async () => {
    const providers = providersOf(20)
    const pages = readLists(providers, bounds, ({ id }) => pagesOf(id, () => {}))
    expect(await idsOf(pages)).toEqual(providers.flatMap(({ id }) => [id, id]))
  })

  it('starts as many at once as a partner has customers, and another one when one has ended', async () => {
    const started: string[] = []
    const startedAt: number[] = []
    const pages = readLists(providersOf(260), bounds, ({ id }) => pagesOf(id, () => started.push(id)))
    for await (const _ of pages) startedAt.push(started.length)
    expect(startedAt.slice(0, 6)).toEqual([256, 256, 257, 257, 258, 258])
    expect(started).toHaveLength(260)
  })

  it('takes no longer than the slowest of them', async () => {
    let started = 0
    let allHaveStarted = () => {}
    const all = new Promise<void>((resolve) => {
      allHaveStarted = resolve
    })
    const onStart = () => {
      started++
      if (started === 200) allHaveStarted()
    }
    // No page comes before the last list has begun: one after the other, they would never end.
    const list = ({ id }: LicenseProvider) => pagesOf(id, onStart, () => all)
    expect(await idsOf(readLists(providersOf(200), bounds, list))).toHaveLength(400)
  })

  it('says how each list went before it is its turn', async () => {
    const told: string[] = []
    const providers = providersOf(3)
    let lastHasEnded = () => {}
    const last = new Promise<void>((resolve) => {
      lastHasEnded = resolve
    })
    const watcher = {
      onStart: ({ id }: LicenseProvider) => told.push(`${id} starts`),
      onPage: ({ provider: { id } }: ProviderPage<License>) => told.push(`${id} has a page`),
      onEnd: ({ id }: LicenseProvider) => {
        told.push(`${id} ends`)
        if (id === 'p2') lastHasEnded()
      },
    }
    // The first list has no page before the last one has ended.
    const list = ({ id }: LicenseProvider) => pagesOf(id, () => {}, id === 'p0' ? () => last : aWhile)
    await idsOf(readLists(providers, bounds, list, watcher))
    expect(told.indexOf('p2 ends')).toBeLessThan(told.indexOf('p0 has a page'))
    expect(told.filter((line) => line.startsWith('p0'))).toEqual([
      'p0 starts',
      'p0 has a page',
      'p0 has a page',
      'p0 ends',
    ])
  })

  it('tells of a list that breaks while it waits when it is its turn, after those before it', async () => {
    const seen: string[] = []
    const unhandled: unknown[] = []
    const onUnhandled = (reason: unknown) => unhandled.push(reason)
    process.on('unhandledRejection', onUnhandled)
    const pages = readLists(providersOf(2), bounds, ({ id }) => (id === 'p1' ? rejecting : pagesOf(id, () => {})))
    await expect(idsOf(pages, seen)).rejects.toThrow('it broke')
    process.off('unhandledRejection', onUnhandled)
    expect(seen).toEqual(['p0', 'p0'])
    expect(unhandled).toEqual([])
  })

  it('lets nobody hear of a list that breaks when the reader has gone', async () => {
    const unhandled: unknown[] = []
    const onUnhandled = (reason: unknown) => unhandled.push(reason)
    process.on('unhandledRejection', onUnhandled)
    for await (const _ of readLists(providersOf(2), bounds, ({ id }) =>
      id === 'p1' ? rejecting : pagesOf(id, () => {}),
    )) {
      break
    }
    await delay(5)
    process.off('unhandledRejection', onUnhandled)
    expect(unhandled).toEqual([])
  })

  it('stops those that have started when the reader goes', async () => {
    const signals: (AbortSignal | undefined)[] = []
    for await (const _ of readLists(providersOf(3), bounds, ({ id }, options) => {
      signals.push(options.signal)
      return pagesOf(id, () => {})
    })) {
      break
    }
    expect(signals.map((given) => given?.aborted)).toEqual([true, true, true])
  })
})
