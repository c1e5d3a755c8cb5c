import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { describe, expect, test } from 'vitest'
import {
  createPaged,
  type FetchedPage,
  type Page,
  type PageRequest,
  systemClock,
  type Walk,
  walkByToken,
} from '../../src/paging/index.ts'
import { invalid, last, listOf, middle, name, pagesOf } from './list-of.ts'

/** A vendor with pages by cursor; counts how often each is asked for. */
const vendorOf = (pages: readonly (readonly string[])[]) => {
  const asked: number[] = []
  let served = pages
  const walk = (from: string | undefined): Walk<string> =>
    walkByToken<string>({
      ...name,
      from,
      fetch: (token = '0') => {
        const index = Number(token)
        asked.push(index)
        const next = index + 1 < served.length ? { next: String(index + 1) } : {}
        return TE.right({ items: served[index] ?? [], ...next })
      },
    })
  const list = (request: PageRequest = {}) =>
    createPaged<string>(
      { ...name, clock: systemClock, keyOf: (row) => row, walk: ({ continuation }) => walk(continuation) },
      request,
    )
  return {
    asked,
    list,
    change: (changed: readonly (readonly string[])[]) => {
      served = changed
    },
  }
}

const rightOf = async (list: ReturnType<typeof listOf>): Promise<readonly Page<string>[]> => {
  const pages: Page<string>[] = []
  for await (const page of list.pages()) if (E.isRight(page)) pages.push(page.right)
  return pages
}
const firstOf = async (list: ReturnType<typeof listOf>): Promise<Page<string>> => {
  for await (const page of list.pages()) if (E.isRight(page)) return page.right
  throw new Error('there is no page')
}

describe('the page size of a request', () => {
  test('cuts the pages of the vendor, and asks it for no more of them', async () => {
    const vendor = vendorOf([['a', 'b', 'c', 'd', 'e'], ['f']])
    expect(await pagesOf(vendor.list({ pageSize: 2 }))).toEqual([['a', 'b'], ['c', 'd'], ['e'], ['f']])
    expect(vendor.asked).toEqual([0, 1])
  })

  test.each([0, -1, 0.5])('of %d is one', async (pageSize) => {
    expect(await pagesOf(vendorOf([['a', 'b']]).list({ pageSize }))).toEqual([['a'], ['b']])
  })

  test('leaves pages as they are that nothing would lead into', async () => {
    const list = listOf([last(['a', 'b'])], { pageSize: 1 }, { keyOf: undefined } as object)
    expect(await pagesOf(list)).toEqual([['a', 'b']])
  })

  test('leaves the account what it is: pages are those of the vendor', async () => {
    const gap = { what: 'a row', reason: 'bad' }
    const steps = [
      middle(['a', 'b', 'a', 'c'], { undecodable: 1, gaps: [gap], total: 4 }),
      last(['c', 'd'], { total: 4 }),
    ]
    const pages = await rightOf(listOf(steps, { pageSize: 2 }))
    expect(pages.map(({ items }) => items)).toEqual([['a', 'b'], ['c'], ['d']])
    expect(pages.map(({ ledger }) => [ledger.pages, ledger.items, ledger.repeated, ledger.undecodable])).toEqual([
      [1, 2, 1, 1],
      [1, 3, 1, 1],
      [2, 4, 2, 1],
    ])
    const whole = await rightOf(listOf(steps))
    expect(pages.at(-1)?.ledger.gaps).toEqual([gap])
    expect({ ...pages.at(-1)?.ledger, gaps: [] }).toEqual({ ...whole.at(-1)?.ledger, gaps: [] })
  })

  test('puts a row that came with another content on the part of the page where it came', async () => {
    const contents = ['1', '1', '2', '1']
    const list = listOf([last(['a', 'b', 'a', 'c'])], { pageSize: 2 }, { contentOf: () => [contents.shift() ?? ''] })
    const pages = await rightOf(list)
    expect(pages.map(({ items, contradicting }) => [items, contradicting])).toEqual([
      [['a', 'b'], ['a']],
      [['c'], undefined],
    ])
    expect(pages.at(-1)?.ledger.verdict).toBe('mismatch')
  })

  test('is heard when the caller stops in the middle of a page of the vendor', async () => {
    const controller = new AbortController()
    const tags: string[] = []
    for await (const page of listOf([last(['a', 'b'])], { pageSize: 1, signal: controller.signal }).pages()) {
      tags.push(E.isLeft(page) ? page.left._tag : page.right.items.join())
      controller.abort()
    }
    expect(tags).toEqual(['a', 'Aborted'])
  })

  test('of a page before a failure loses nothing of it', async () => {
    expect(await pagesOf(listOf([middle(['a', 'b', 'c']), E.left(invalid)], { pageSize: 2 }))).toEqual([
      ['a', 'b'],
      ['c'],
      'InvalidResponse',
    ])
  })
})

describe('a list that is gone on with in the middle of a page of the vendor', () => {
  const pages = [
    ['a', 'b', 'c', 'd'],
    ['e', 'f', 'g', 'h'],
  ]
  const request = { pageSize: 2 }
  /** What leads on behind so many pages of two. */
  const behind = async (vendor: ReturnType<typeof vendorOf>, count: number) =>
    (await rightOf(vendor.list(request)))[count - 1]?.continuation

  test('asks for that page once more, and delivers what comes behind the row', async () => {
    const vendor = vendorOf(pages)
    const continuation = await behind(vendor, 3)
    vendor.asked.length = 0
    const rest = await rightOf(vendor.list({ ...request, continuation }))
    expect(rest.map(({ items, ledger }) => [items, ledger.items, ledger.repeated, ledger.verdict])).toEqual([
      [['g', 'h'], 2, 0, 'unverifiable'],
    ])
    expect(vendor.asked).toEqual([1])
  })

  test.each([
    [
      'a row before it has gone',
      [
        ['b', 'c', 'd', 'e'],
        ['f', 'g', 'h'],
      ],
      ['c', 'd'],
    ],
    ['rows have come before it', [['x', 'y', 'a', 'b', 'c', 'd'], ['e']], ['c', 'd']],
  ])('finds the row where %s', async (_, changed, expected) => {
    const vendor = vendorOf(pages)
    const continuation = await behind(vendor, 1)
    vendor.change(changed)
    expect((await firstOf(vendor.list({ ...request, continuation }))).items).toEqual(expected)
  })

  test('delivers the page again, and says that the list changed, where the row has gone: no user is left out', async () => {
    const vendor = vendorOf(pages)
    const continuation = await behind(vendor, 1)
    vendor.change([
      ['a', 'c', 'd', 'e'],
      ['f', 'g', 'h'],
    ])
    const rest = await rightOf(vendor.list({ continuation }))
    expect(rest.flatMap(({ items }) => items)).toEqual(['a', 'c', 'd', 'e', 'f', 'g', 'h'])
    expect(rest.at(-1)?.ledger.verdict).toBe('mismatch')
  })

  test('finds the row on a later page where pages are smaller than they were', async () => {
    const vendor = vendorOf([['a', 'b', 'c', 'd', 'e', 'f']])
    const continuation = await behind(vendor, 2)
    vendor.change([
      ['a', 'b', 'c'],
      ['d', 'e', 'f'],
    ])
    const rest = await rightOf(vendor.list({ ...request, continuation }))
    expect(rest.map(({ items }) => items)).toEqual([[], ['e', 'f']])
    expect(rest.at(-1)?.ledger).toMatchObject({ repeated: 0, verdict: 'unverifiable' })
    // What the page in between leads to goes on behind the same row.
    const further = await rightOf(vendor.list({ ...request, continuation: rest[0]?.continuation }))
    expect(further.flatMap(({ items }) => items)).toEqual(['e', 'f'])
  })

  test('delivers no row again that was delivered before, though it comes again on a later page', async () => {
    const vendor = vendorOf([
      ['a', 'b', 'c'],
      ['a', 'd'],
    ])
    const continuation = await behind(vendor, 1)
    expect((await rightOf(vendor.list({ continuation }))).flatMap(({ items }) => items)).toEqual(['c', 'd'])
  })

  test('names nobody in its continuation, and is not gone on with as another list', async () => {
    const vendor = vendorOf([['ann@example.com', 'ben@example.com']])
    const { continuation = '' } = await firstOf(vendor.list({ pageSize: 1 }))
    expect(continuation).not.toContain('ann')
    for (const other of [{ operation: 'GET /others' }, { of: 'license-2' }]) {
      expect(await pagesOf(listOf([last(['a'])], { continuation }, other))).toEqual(['RequestRejected'])
    }
  })

  test.each(['behind:', 'behind:0123456789abcdef:1', 'behind:x:1:y', 'behind:0123456789abcdef:-1:0123456789abcdef'])(
    'refuses %j, which no list gave',
    async (continuation) => {
      expect(await pagesOf(listOf([last(['a'])], { continuation }))).toEqual(['RequestRejected'])
    },
  )

  test('leaves alone what the vendor itself calls a place like that', async () => {
    const starts: (string | undefined)[] = []
    const source = {
      walk: async function* ({ continuation }: { readonly continuation?: string | undefined }) {
        starts.push(continuation)
        yield middle(['a'], { continuation: 'behind:2' })
        yield last(['b'])
      },
    }
    const { continuation } = await firstOf(listOf([], {}, source))
    await pagesOf(listOf([], { continuation }, source))
    expect(starts).toEqual([undefined, 'behind:2'])
  })

  test('says to its walk that it is, on the first page too', async () => {
    const starts: boolean[] = []
    const source = {
      walk: async function* ({ resumed }: { readonly resumed: boolean }) {
        starts.push(resumed)
        yield last(['a', 'b'])
      },
    }
    const { continuation } = await firstOf(listOf([], { pageSize: 1 }, source))
    expect(await pagesOf(listOf([], { pageSize: 1, continuation }, source))).toEqual([['b']])
    expect(starts).toEqual([false, true])
  })
})

describe('a list that cannot be gone on with', () => {
  const notResumable = 'everything is read at once'

  test('has no continuation, and is partial until its last page', async () => {
    const more: Partial<FetchedPage<string>> = { more: true }
    const steps = [E.right({ items: ['a', 'b', 'c'], ...more }), last(['d'])]
    const pages = await rightOf(listOf(steps, { pageSize: 2 }, { notResumable }))
    expect(pages.map(({ items, ledger }) => [items, ledger.verdict])).toEqual([
      [['a', 'b'], 'partial'],
      [['c'], 'partial'],
      [['d'], 'unverifiable'],
    ])
    expect(pages.some((page) => 'continuation' in page)).toBe(false)
  })

  test('is Unsupported where it is asked for with one, for that reason', async () => {
    const steps = []
    for await (const page of listOf([last(['a'])], { continuation: '2' }, { notResumable }).pages()) steps.push(page)
    expect(steps).toEqual([E.left({ _tag: 'Unsupported', ...name, message: notResumable })])
  })
})

const vendorPages = fc.array(fc.array(fc.integer({ min: 0, max: 40 }).map(String), { maxLength: 7 }), {
  minLength: 1,
  maxLength: 8,
})

test('delivers each row once, page by page of any size, whether it is read at once or gone on with after every page', async () => {
  await fc.assert(
    fc.asyncProperty(vendorPages, fc.integer({ min: 1, max: 9 }), async (served, pageSize) => {
      const distinct = [...new Set(served.flat())]
      // Each row on one page only: whoever goes on has not seen what came before.
      const pages = served.map((rows, index) => [
        ...new Set(rows.filter((row) => !served.slice(0, index).flat().includes(row))),
      ])
      const vendor = vendorOf(pages)
      const atOnce = await rightOf(vendor.list({ pageSize }))
      expect(atOnce.flatMap(({ items }) => items)).toEqual(distinct)
      expect(vendor.asked).toHaveLength(pages.length)
      const oneByOne: string[] = []
      let continuation: string | undefined
      do {
        const page = await firstOf(vendor.list({ pageSize, continuation }))
        oneByOne.push(...page.items)
        continuation = page.continuation
      } while (continuation !== undefined)
      expect(oneByOne).toEqual(distinct)
    }),
  )
})
