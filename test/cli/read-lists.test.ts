import { setTimeout as delay } from 'node:timers/promises'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { type ProviderPage, readLists } from '../../src/cli/actions/read-lists.ts'
import { Calls, type License, type LicenseProvider, Lists, type Paged } from '../../src/provider-kit/index.ts'
import { createInMemoryProvider } from '../../src/testing/index.ts'

const providersOf = (count: number): readonly LicenseProvider[] =>
  Array.from({ length: count }, (_, index) => createInMemoryProvider({ id: `p${index}`, licenses: [], users: [] }))

/** Two empty pages, each after a while. */
const pagesOf = (provider: string, onStart: () => void): Paged<License> =>
  Lists.createPaged<License>(
    {
      provider,
      operation: 'GET /licenses',
      clock: Calls.clockOf({}),
      walk: async function* () {
        onStart()
        await delay(2)
        yield E.right({ items: [], continuation: '1' })
        await delay(2)
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

  it('starts eight at once, and another one when one has ended', async () => {
    const started: string[] = []
    const startedAt: number[] = []
    const pages = readLists(providersOf(20), bounds, ({ id }) => pagesOf(id, () => started.push(id)))
    for await (const _ of pages) startedAt.push(started.length)
    expect(startedAt.slice(0, 6)).toEqual([8, 8, 9, 9, 10, 10])
    expect(started).toHaveLength(20)
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
