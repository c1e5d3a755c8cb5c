import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { describe, expect, test } from 'vitest'
import { createRequestBudget, Http, type Ledger, Lists, type PageRequest } from '../../src/provider-kit/index.ts'
import { firstContinuation, pagesOf, stoppedClock } from '../paging/list-of.ts'

const clock = stoppedClock()
const access = {
  provider: 'vendor-1',
  clock,
  events: Http.createProviderEvents(undefined),
  budget: createRequestBudget({ clock, concurrency: 2 }),
}
const named = { operation: 'GET /rows', keyOf: (row: string) => row }

describe('a list by token', () => {
  const asked: Lists.TokenPageAsk[] = []
  const list = (pageSize: Lists.PageSizes | undefined, request?: PageRequest) =>
    Lists.byToken<string>(
      access,
      {
        ...named,
        pageSize,
        fetch: () => (ask) => {
          asked.push(ask)
          return TE.right(ask.cursor === undefined ? { items: ['a'], next: 'x' } : { items: ['b'] })
        },
      },
      request,
    )

  test('asks for pages by their cursors, and of the size that it is told, within what the vendor gives', async () => {
    for (const [pageSize, size] of [
      [{ most: 300 }, 300],
      [{ most: 300, usual: 100 }, 100],
      [{ configured: 40, most: 300, usual: 100 }, 40],
      [{ configured: 900, most: 300 }, 300],
      [undefined, undefined],
    ] as const) {
      asked.length = 0
      expect(await pagesOf(list(pageSize))).toEqual([['a'], ['b']])
      expect(asked.map(({ cursor }) => cursor)).toEqual([undefined, 'x'])
      expect(asked.map((ask) => ask.pageSize)).toEqual([size, size])
    }
  })

  test('goes on where it is told', async () => {
    const continuation = await firstContinuation(list(undefined))
    expect(await pagesOf(list(undefined, { continuation }))).toEqual([['b']])
  })
})

test.each([
  [1, 2],
  [4, 6],
])('a list by page number with %i requests at once asks for %i pages while one is used', async (concurrency, ahead) => {
  let asked = 0
  const budget = createRequestBudget({ clock, concurrency })
  const pages = Lists.byPageNumber<string>(
    { ...access, budget },
    {
      ...named,
      pageSize: { most: 1 },
      fetch:
        () =>
        ({ pageNumber }) => {
          asked++
          return TE.right({ items: [String(pageNumber)], pageCount: 100, total: 100 })
        },
    },
  )
    .pages()
    [Symbol.asyncIterator]()
  await pages.next()
  expect(asked).toBe(1)
  await pages.next()
  expect(asked).toBe(1 + ahead)
  await pages.return?.()
})

describe('a list by page number', () => {
  const list = (request?: PageRequest, started: Lists.ListStart[] = []) =>
    Lists.byPageNumber<string>(
      access,
      {
        ...named,
        pageSize: { most: 2 },
        fetch: (start) => {
          started.push(start)
          return ({ pageNumber }) =>
            TE.right({ items: pageNumber === 1 ? ['a', 'b'] : ['c'], pageCount: 2, undecodable: 0 })
        },
      },
      request,
    )

  test('begins each iteration anew, and says whether its caller goes on', async () => {
    const started: Lists.ListStart[] = []
    const continuation = await firstContinuation(list())
    const resumed = list({ continuation }, started)
    expect([await pagesOf(resumed), await pagesOf(list({}, started))]).toEqual([[['c']], [['a', 'b'], ['c']]])
    expect(started.map((start) => start.resumed)).toEqual([true, false])
  })

  test('refuses a continuation of another list, and asks for nothing', async () => {
    const started: Lists.ListStart[] = []
    expect(await pagesOf(list({ continuation: 'https://elsewhere' }, started))).toEqual(['RequestRejected'])
    expect(started).toEqual([])
  })

  test('tells of the directory as it is when a page is delivered, not when it was fetched', async () => {
    let gaps = 0
    const ledger = (): Ledger => ({
      pages: 1,
      items: 0,
      repeated: 0,
      undecodable: 0,
      gaps: Array.from({ length: gaps }, () => ({ what: 'a person', reason: 'bad' })),
      omits: [],
      verdict: 'partial',
    })
    const pages = Lists.byPageNumber<string>(access, {
      ...named,
      pageSize: { most: 1 },
      fetch: () => (ask) => async () => {
        gaps++
        return E.right({ items: ask.pageNumber > 3 ? [] : [`${ask.pageNumber}`], pageCount: 3, directory: ledger })
      },
    }).pages()
    const seen: number[] = []
    for await (const page of pages) if (E.isRight(page)) seen.push(page.right.directory?.gaps.length ?? 0)
    // The second page was fetched before the third one, and is delivered after it was asked for.
    expect([seen[1], seen.at(-1)]).toEqual([3, gaps])
  })
})

describe('a list on one page', () => {
  const list = (request?: PageRequest) =>
    Lists.onOnePage<string>(access, { ...named, fetch: () => TE.right({ items: ['a', 'b'] }) }, request)

  test('is that page', async () => {
    expect(await pagesOf(list())).toEqual([['a', 'b']])
  })

  test('is cut for callers who want less at once, and goes on in the middle', async () => {
    const continuation = await firstContinuation(list({ pageSize: 1 }))
    expect(await pagesOf(list({ continuation }))).toEqual([['b']])
  })

  test('leads nowhere: any other continuation is refused', async () => {
    expect(await pagesOf(list({ continuation: '2' }))).toEqual(['RequestRejected'])
  })
})

test('a page of decoded records has the items, and says what it lost', () => {
  const decoded = { records: [1, 2], undecodable: 1, issues: ['0.id: expected string'] }
  expect(Lists.pageOf(decoded, 'page 7', String, 'license-1')).toEqual({
    items: ['1', '2'],
    undecodable: 1,
    gaps: [{ what: '1 record of page 7', reason: '0.id: expected string', licenseId: 'license-1' }],
  })
})
