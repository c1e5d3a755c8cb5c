import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { createPaged, type RequestScope, systemClock } from '../../src/paging/index.ts'
import { invalid, last, ledgerOf, listOf, middle, name, pagesOf, stoppedClock, unavailable } from './list-of.ts'

const empties = (count: number) => Array.from({ length: count }, () => middle([]))

describe('a paged list', () => {
  test('delivers its pages in order, and the last one without a continuation', async () => {
    const pages = []
    for await (const page of listOf([middle(['a', 'b'], { continuation: '2' }), last(['c'])]).pages()) pages.push(page)
    expect(pages.map(E.map(({ items, continuation }) => ({ items, continuation })))).toEqual([
      E.right({ items: ['a', 'b'], continuation: '2' }),
      E.right({ items: ['c'], continuation: undefined }),
    ])
    expect(pages.map((page) => E.isRight(page) && 'continuation' in page.right)).toEqual([true, false])
    expect(pages.map((page) => E.isRight(page) && 'directory' in page.right)).toEqual([false, false])
  })

  test('fails with what is wrong with the request, and asks for nothing', async () => {
    let walks = 0
    const walk = async function* () {
      walks++
      yield last(['a'])
    }
    const pages = []
    for await (const page of listOf([], { deadlineMs: Number.NaN }, { walk }).pages()) pages.push(page)
    const message = 'deadlineMs: expected a number of milliseconds'
    expect(pages).toEqual([E.left({ _tag: 'RequestRejected', ...name, message })])
    expect(walks).toBe(0)
  })

  test('does not end at an empty page that has more behind it', async () => {
    expect(await pagesOf(listOf([middle(['a']), middle([]), last(['b'])]))).toEqual([['a'], [], ['b']])
  })

  test('is taken at its word for ten pages in a row that bring nothing new', async () => {
    const pages = await pagesOf(listOf([...empties(10), last(['a'])]))
    expect(pages.at(-1)).toEqual(['a'])
    expect(pages).toHaveLength(11)
  })

  test('ends with a failure after more than ten pages in a row that bring nothing new', async () => {
    const pages = await pagesOf(listOf([...empties(11), last(['a'])]))
    expect(pages).toHaveLength(12)
    expect(pages.at(-1)).toBe('InvalidResponse')
  })

  test('says of such a failure which list it is, and what is wrong with it', async () => {
    const pages = []
    for await (const page of listOf(empties(11)).pages()) pages.push(page)
    expect(pages.at(-1)).toEqual(
      E.left({
        _tag: 'InvalidResponse',
        ...name,
        message: 'the list says that there is more, but 11 pages in a row brought nothing new',
        issues: [],
      }),
    )
  })

  test('counts pages of nothing but repeated rows among those that bring nothing new', async () => {
    const again = Array.from({ length: 11 }, () => middle(['a']))
    expect((await pagesOf(listOf([middle(['a']), ...again, last(['b'])]))).at(-1)).toBe('InvalidResponse')
  })

  test('begins to count anew after a page that brings something', async () => {
    const pages = await pagesOf(listOf([...empties(10), middle(['a']), ...empties(10), last(['b'])]))
    expect(pages.at(-1)).toEqual(['b'])
  })

  test('may end with its eleventh empty page', async () => {
    expect((await pagesOf(listOf([...empties(10), last([])]))).at(-1)).toEqual([])
  })

  test('yields a failure as its last thing, whatever its source would do afterwards', async () => {
    expect(await pagesOf(listOf([middle(['a']), E.left(unavailable), last(['b'])]))).toEqual([['a'], 'Unavailable'])
  })

  test('ends with a page that has nothing behind it, whatever its source would do afterwards', async () => {
    expect(await pagesOf(listOf([last(['a']), last(['b'])]))).toEqual([['a']])
  })

  test('delivers a row that comes again once, and counts it', async () => {
    const list = listOf([middle(['a', 'b']), middle(['b', 'c']), last(['a', 'd'])])
    expect(await pagesOf(list)).toEqual([['a', 'b'], ['c'], ['d']])
    expect(await ledgerOf(list)).toMatchObject({ items: 4, repeated: 2 })
  })

  test('delivers a row that comes twice on one page once', async () => {
    expect(await pagesOf(listOf([last(['a', 'a', 'b'])]))).toEqual([['a', 'b']])
  })

  test('delivers every row where its source cannot repeat one', async () => {
    const walk = async function* () {
      yield last(['a', 'a'])
    }
    const list = createPaged({ ...name, clock: systemClock, walk })
    expect(await pagesOf(list)).toEqual([['a', 'a']])
  })

  test('knows rows by keys that are names of object properties', async () => {
    expect(await pagesOf(listOf([last(['__proto__', 'constructor', '__proto__'])]))).toEqual([
      ['__proto__', 'constructor'],
    ])
  })

  test('gives the account so far with every page, not the final one', async () => {
    const ledgers = []
    for await (const page of listOf([middle(['a', 'b']), last(['c'])]).pages()) {
      if (E.isRight(page)) ledgers.push(page.right.ledger)
    }
    expect(ledgers).toMatchObject([
      { pages: 1, items: 2, verdict: 'partial' },
      { pages: 2, items: 3, verdict: 'unverifiable' },
    ])
  })

  test('does not change an account that it has given', async () => {
    const gap = { what: 'page 2', reason: 'bad' }
    const steps = listOf([middle(['a']), last([], { gaps: [gap], omits: ['guests'] })])
      .pages()
      [Symbol.asyncIterator]()
    const first = await steps.next()
    await steps.next()
    expect(first.value).toMatchObject({ right: { ledger: { pages: 1, gaps: [], omits: [] } } })
  })

  test('keeps the remarks of all pages, each once, and is as whole as without them', async () => {
    const ledgers = []
    const list = listOf([middle(['a'], { remarks: ['One.'] }), last(['b'], { remarks: ['One.', 'Two.'] })])
    for await (const page of list.pages()) if (E.isRight(page)) ledgers.push(page.right.ledger)
    expect(ledgers).toMatchObject([
      { remarks: ['One.'] },
      { remarks: ['One.', 'Two.'], gaps: [], verdict: 'unverifiable' },
    ])
  })

  test('hands on the account of a directory with the page that it belongs to', async () => {
    const directory = {
      pages: 1,
      items: 1,
      repeated: 0,
      undecodable: 0,
      gaps: [],
      omits: [],
      verdict: 'complete' as const,
    }
    const directories = []
    for await (const page of listOf([middle(['a'], { directory: () => directory }), last(['b'])]).pages()) {
      if (E.isRight(page)) directories.push(page.right.directory)
    }
    expect(directories).toEqual([directory, undefined])
  })

  test('starts nothing before it is iterated', async () => {
    let walks = 0
    const list = listOf(
      [],
      {},
      {
        walk: async function* () {
          walks++
          yield last([])
        },
      },
    )
    list.pages()[Symbol.asyncIterator]()
    list[Symbol.asyncIterator]()
    await new Promise((resolve) => setImmediate(resolve))
    expect(walks).toBe(0)
    await pagesOf(list)
    expect(walks).toBe(1)
  })

  test('starts afresh with every iteration, with nothing remembered of the one before', async () => {
    const list = listOf([middle(['a']), last(['b'])])
    expect(await pagesOf(list)).toEqual([['a'], ['b']])
    expect(await pagesOf(list)).toEqual([['a'], ['b']])
    expect(await ledgerOf(list)).toMatchObject({ items: 2, repeated: 0 })
  })

  test('hands its continuation to the walk', async () => {
    const starts: (string | undefined)[] = []
    const source = {
      walk: async function* ({ continuation }: { readonly continuation?: string | undefined }) {
        starts.push(continuation)
        yield last([])
      },
    }
    await pagesOf(listOf([], { continuation: 'page 7' }, source))
    await pagesOf(listOf([], {}, source))
    expect(starts).toEqual(['page 7', undefined])
  })

  test('cannot vouch for a total of which it has seen only the rest', async () => {
    const rest = listOf([last(['c'], { total: 1 })], { continuation: '3' })
    expect(await ledgerOf(rest)).toMatchObject({ total: 1, verdict: 'unverifiable' })
  })
})

describe('the scope of an iteration', () => {
  const watched = (steps: Parameters<typeof listOf>[0], request: Parameters<typeof listOf>[1] = {}) => {
    const scopes: RequestScope[] = []
    const list = listOf([], request, {
      clock: stoppedClock(5_000),
      walk: async function* ({ scope }) {
        scopes.push(scope)
        yield* steps
      },
    })
    return { list, scopes }
  }

  test('is open while pages come and closed after the last', async () => {
    const { list, scopes } = watched([middle(['a']), last(['b'])])
    const steps = list.pages()[Symbol.asyncIterator]()
    await steps.next()
    expect(scopes[0]?.signal?.aborted).toBe(false)
    await steps.next()
    await steps.next()
    expect(scopes[0]?.signal?.aborted).toBe(true)
  })

  test('closes when the consumer of pages stops, so that requests under way are stopped', async () => {
    const { list, scopes } = watched([middle(['a']), last(['b'])])
    for await (const _ of list.pages()) break
    expect(scopes[0]?.signal?.aborted).toBe(true)
  })

  test('closes when the consumer of items stops', async () => {
    const { list, scopes } = watched([middle(['a']), last(['b'])])
    for await (const _ of list) break
    expect(scopes[0]?.signal?.aborted).toBe(true)
  })

  test('closes when the consumer throws', async () => {
    const { list, scopes } = watched([middle(['a']), last(['b'])])
    const failing = async () => {
      for await (const _ of list) throw new Error('mine')
    }
    await expect(failing()).rejects.toThrow('mine')
    expect(scopes[0]?.signal?.aborted).toBe(true)
  })

  test('closes after a failure', async () => {
    const { list, scopes } = watched([E.left(invalid)])
    await pagesOf(list)
    expect(scopes[0]?.signal?.aborted).toBe(true)
  })

  test('lets the walk clean up when the consumer stops', async () => {
    let cleaned = false
    const list = listOf(
      [],
      {},
      {
        walk: async function* () {
          try {
            yield middle(['a'])
            yield last(['b'])
          } finally {
            cleaned = true
          }
        },
      },
    )
    for await (const _ of list.pages()) break
    expect(cleaned).toBe(true)
  })

  test('ends with the signal of the caller', async () => {
    const controller = new AbortController()
    const { list, scopes } = watched([middle(['a']), last(['b'])], { signal: controller.signal })
    await list.pages()[Symbol.asyncIterator]().next()
    expect(scopes[0]?.signal?.aborted).toBe(false)
    controller.abort()
    expect(scopes[0]?.signal?.aborted).toBe(true)
  })

  test('has ended from the start where the signal has fired before', async () => {
    const { list, scopes } = watched([last([])], { signal: AbortSignal.abort() })
    await list.pages()[Symbol.asyncIterator]().next()
    expect(scopes[0]?.signal?.aborted).toBe(true)
  })

  test('that the caller has ended delivers no page that was read ahead', async () => {
    const controller = new AbortController()
    const pages: unknown[] = []
    const list = listOf([middle(['a']), last(['b'])], { signal: controller.signal })
    for await (const page of list.pages()) {
      pages.push(E.isLeft(page) ? page.left : page.right.items)
      controller.abort()
    }
    expect(pages).toEqual([['a'], { _tag: 'Aborted', ...name, message: 'interrupted' }])
  })

  test('is not the signal of the caller, who may use it for other things', async () => {
    const controller = new AbortController()
    const { list } = watched([middle(['a']), last(['b'])], { signal: controller.signal })
    for await (const _ of list) break
    expect(controller.signal.aborted).toBe(false)
  })

  test('has the deadline counted from the start of the iteration', async () => {
    const { list, scopes } = watched([last([])], { deadlineMs: 250 })
    await pagesOf(list)
    expect(scopes[0]?.deadlineAt).toBe(5_250)
  })

  test('has no deadline where none was asked for', async () => {
    const { list, scopes } = watched([last([])])
    await pagesOf(list)
    expect(scopes[0]).not.toHaveProperty('deadlineAt')
  })
})

describe('pages full of records that cannot be decoded', () => {
  test('are losses and not empty: the list goes on behind more of them than behind empty ones', async () => {
    const bad = Array.from({ length: 25 }, () => middle([], { undecodable: 3, gaps: [] }))
    const list = listOf([middle(['a']), ...bad, last(['b'])])
    expect((await pagesOf(list)).at(-1)).toEqual(['b'])
    expect(await ledgerOf(list)).toMatchObject({ undecodable: 75, verdict: 'partial' })
  })

  const unreadable = (count: number) => Array.from({ length: count }, () => middle([], { undecodable: 1 }))

  test('are taken for a list a hundred times in a row, and not once more', async () => {
    expect((await pagesOf(listOf([...unreadable(100), last(['b'])]))).at(-1)).toEqual(['b'])
    const pages = []
    for await (const page of listOf([...unreadable(101), last(['b'])]).pages()) pages.push(page)
    expect(pages).toHaveLength(102)
    expect(pages.at(-1)).toEqual(
      E.left({
        _tag: 'InvalidResponse',
        ...name,
        message: 'the list says that there is more, but 101 pages in a row had nothing that can be read',
        issues: [],
      }),
    )
  })

  test('are counted anew after a page with something on it', async () => {
    const list = listOf([...unreadable(100), middle(['a']), ...unreadable(100), last(['b'])])
    expect((await pagesOf(list)).at(-1)).toEqual(['b'])
  })

  test('may be a hundred and one where the last of them ends the list', async () => {
    const list = listOf([...unreadable(100), last([], { undecodable: 1 })])
    expect((await pagesOf(list)).at(-1)).toEqual([])
  })
})
