import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { LicenseError } from '../../src/model/index.ts'
import {
  asksForLess,
  createPaged,
  type NumberedPageAsk,
  type PageAsk,
  type PageRequest,
  readPagePosition,
  smallerPage,
  systemClock,
  walkByPageNumber,
  walkByToken,
} from '../../src/paging/index.ts'
import { invalid, ledgerOf, name, pagesOf, unavailable } from './list-of.ts'

const gatewayTimeout: LicenseError = { _tag: 'Unavailable', ...name, message: 'too slow', attempts: 2, status: 504 }
const tooLarge: LicenseError = { _tag: 'RequestRejected', ...name, message: 'too large', status: 413 }
const timedOut: LicenseError = { _tag: 'Unavailable', ...name, message: 'no answer', attempts: 2, timedOut: true }

describe('a failure', () => {
  test('asks for less where it was too much: 413, 504, no answer in time', () => {
    expect([gatewayTimeout, tooLarge, timedOut].map(asksForLess)).toEqual([true, true, true])
  })

  test('does not ask for less where it says anything else, or names a time at which all of it may be had', () => {
    const later: LicenseError = { _tag: 'RateLimited', ...name, message: 'in an hour', status: 504 }
    const refused: LicenseError = { _tag: 'RequestRejected', ...name, message: 'no', status: 400 }
    const over: LicenseError = { _tag: 'DeadlineExceeded', ...name, message: 'over' }
    expect([unavailable, later, refused, over].map(asksForLess)).toEqual([false, false, false, false])
  })
})

describe('the size of a page that is too much', () => {
  const sizesFrom = (first: number) => {
    const sizes: number[] = []
    for (let size: number | undefined = first; size !== undefined; size = smallerPage(size, first)) sizes.push(size)
    return sizes
  }

  test('is halved down to a sixteenth of the first one, and not below one', () => {
    expect(sizesFrom(500)).toEqual([500, 250, 125, 62, 31])
    expect(sizesFrom(100)).toEqual([100, 50, 25, 12, 6])
    expect(sizesFrom(25)).toEqual([25, 12, 6, 3, 1])
    expect(sizesFrom(1)).toEqual([1])
  })
})

interface Vendor {
  readonly rows: number
  /** Rows that one answer may have, by the row that it begins with. */
  readonly bears: (firstRow: number) => number
  /** The vendor gives no more on a page, whatever was asked for. */
  readonly cap?: number
  /** What is too much: the rows that an answer would have, or those that were asked for. Default: `given`. */
  readonly judges?: 'given' | 'asked'
  readonly counts?: boolean
  readonly failure?: LicenseError
}

const rowNames = (count: number) => Array.from({ length: count }, (_, index) => `row ${index}`)

/** A vendor with numbered pages that fails where too much is asked for, and what it was asked for. */
const numbered = (
  vendor: Vendor,
  pageSize: number,
  { readAhead = 3, ...request }: PageRequest & { readAhead?: number },
) => {
  const asked: NumberedPageAsk[] = []
  const all = rowNames(vendor.rows)
  const list = createPaged<string>(
    {
      ...name,
      clock: systemClock,
      keyOf: (row) => row,
      walk: ({ continuation }) =>
        walkByPageNumber<string>({
          from: readPagePosition(continuation, pageSize) ?? { pageNumber: 1, pageSize },
          readAhead,
          fetch: (ask) => async () => {
            asked.push(ask)
            const size = Math.min(ask.pageSize, vendor.cap ?? ask.pageSize)
            const first = (ask.pageNumber - 1) * size
            const items = all.slice(first, first + size)
            const judged = vendor.judges === 'asked' ? ask.pageSize : items.length
            if (judged > vendor.bears(first)) return E.left(vendor.failure ?? gatewayTimeout)
            const told = vendor.counts ? { pageCount: Math.ceil(vendor.rows / size), total: vendor.rows } : {}
            return E.right({ items, ...told })
          },
        }),
    },
    request,
  )
  return { list, asked }
}

describe('walking by page number, where a page is too much', () => {
  const bears50 = { rows: 230, bears: () => 50, counts: true }

  test('asks for the same rows in halves, and reads on with that size', async () => {
    const { list, asked } = numbered(bears50, 100, { readAhead: 1 })
    expect((await pagesOf(list)).flat()).toEqual(rowNames(230))
    expect(asked.map(({ pageNumber, pageSize }) => `${pageNumber}/${pageSize}`)).toEqual([
      '1/100',
      '1/50',
      '2/50',
      '3/50',
      '4/50',
      '5/50',
    ])
    expect(await ledgerOf(list)).toMatchObject({ items: 230, repeated: 0, verdict: 'complete' })
  })

  test('goes on from the row that it has come to, and reads none for nothing where the halves fit', async () => {
    const { list, asked } = numbered({ rows: 400, bears: (first) => (first < 200 ? 100 : 25), counts: true }, 100, {
      readAhead: 1,
    })
    expect((await pagesOf(list)).flat()).toEqual(rowNames(400))
    expect(asked.map(({ pageNumber, pageSize }) => `${pageNumber}/${pageSize}`)).toEqual([
      '1/100',
      '2/100',
      '3/100',
      '5/50',
      ...[9, 10, 11, 12, 13, 14, 15, 16].map((page) => `${page}/25`),
    ])
  })

  test('keeps the pages that were read ahead and came', async () => {
    const slow = new Set([100])
    const { list, asked } = numbered({ rows: 500, bears: (first) => (slow.has(first) ? 50 : 100), counts: true }, 100, {
      readAhead: 4,
    })
    expect((await pagesOf(list)).flat()).toEqual(rowNames(500))
    expect(asked.filter(({ pageSize }) => pageSize === 100).map(({ pageNumber }) => pageNumber)).toEqual([
      1, 2, 3, 4, 5,
    ])
    expect(asked.filter(({ pageSize }) => pageSize === 50).map(({ pageNumber }) => pageNumber)).toEqual([3, 4])
  })

  test('does not count as repeated what comes again as halves do not fit', async () => {
    const { list } = numbered({ rows: 300, bears: (first) => (first < 50 ? 25 : 12) }, 25, {})
    expect((await pagesOf(list)).flat()).toEqual(rowNames(300))
    expect(await ledgerOf(list)).toMatchObject({ items: 300, repeated: 0, verdict: 'unverifiable' })
  })

  test('fails where the least that is asked for is too much, which is asked for as any other request is', async () => {
    const { list, asked } = numbered({ rows: 100, bears: () => 0, failure: timedOut }, 100, {})
    expect(await pagesOf(list)).toEqual(['Unavailable'])
    expect(asked.map(({ pageSize, divisible }) => [pageSize, divisible])).toEqual([
      [100, true],
      [50, true],
      [25, true],
      [12, true],
      [6, false],
    ])
  })

  test('asks a vendor who gives fewer rows than it is asked for for no more than it gives, before it asks for less', async () => {
    const bears = (first: number) => (first < 16 ? 500 : 100)
    const { list, asked } = numbered({ rows: 40, bears, cap: 8, judges: 'asked' }, 500, { readAhead: 1 })
    expect((await pagesOf(list)).flat()).toEqual(rowNames(40))
    expect(asked.map(({ pageNumber, pageSize }) => `${pageNumber}/${pageSize}`)).toEqual([
      ...['1/500', '2/500', '3/500'],
      ...[3, 4, 5, 6].map((page) => `${page}/8`),
    ])
  })

  test('can be resumed after every page, whatever the size of the pages before it', async () => {
    const vendor: Vendor = { rows: 200, bears: (first) => (first < 50 ? 25 : 10), cap: 20 }
    for await (const page of numbered(vendor, 30, {}).list.pages()) {
      if (E.isLeft(page) || page.right.continuation === undefined) continue
      const last = page.right.items.at(-1)
      const { list } = numbered(vendor, 30, { continuation: page.right.continuation })
      const rest = (await pagesOf(list)).flat()
      const all = rowNames(200)
      expect(rest.filter((row) => all.indexOf(row) > all.indexOf(last ?? ''))).toEqual(
        all.slice(all.indexOf(last ?? '') + 1),
      )
    }
  })

  describe('while others that were read ahead take long', () => {
    const soon = () => new Promise((resolve) => setImmediate(resolve))

    /** Pages of 100 rows, of which only the rows of the second are too much; those after it take long. */
    const slowBehindTheSecond = async () => {
      const all = rowNames(500)
      const asked: string[] = []
      let underWay = 0
      let most = 0
      const list = createPaged<string>({
        ...name,
        clock: systemClock,
        keyOf: (row) => row,
        walk: () =>
          walkByPageNumber<string>({
            from: { pageNumber: 1, pageSize: 100 },
            readAhead: 3,
            fetch:
              ({ pageNumber, pageSize }) =>
              async () => {
                asked.push(`${pageNumber}/${pageSize}`)
                most = Math.max(most, ++underWay)
                const first = (pageNumber - 1) * pageSize
                for (let turns = first < 200 ? 1 : 50; turns > 0; turns--) await soon()
                underWay--
                if (first >= 100 && first < 200 && pageSize > 25) return E.left(gatewayTimeout)
                const items = all.slice(first, first + pageSize)
                return E.right({ items, pageCount: Math.ceil(500 / pageSize), total: 500 })
              },
          }),
      })
      return { rows: (await pagesOf(list)).flat(), asked, most }
    }

    test('has no more under way than it may', async () => {
      expect((await slowBehindTheSecond()).most).toBe(3)
    })

    test('asks for quarters, and not for the other half, and keeps those others', async () => {
      const { rows, asked } = await slowBehindTheSecond()
      expect(rows).toEqual(rowNames(500))
      const quarters = ['5/25', '6/25', '7/25', '8/25']
      expect(asked.slice(0, 9)).toEqual(['1/100', '2/100', '3/100', '4/100', '3/50', ...quarters])
    })
  })

  test('goes on from the row that it has come to, also behind a page that could not be read', async () => {
    const all = rowNames(400)
    const asked: string[] = []
    const list = createPaged<string>({
      ...name,
      clock: systemClock,
      keyOf: (row) => row,
      walk: () =>
        walkByPageNumber<string>({
          from: { pageNumber: 1, pageSize: 100 },
          readAhead: 1,
          fetch:
            ({ pageNumber, pageSize }) =>
            async () => {
              asked.push(`${pageNumber}/${pageSize}`)
              const first = (pageNumber - 1) * pageSize
              if (first === 100) return E.left(invalid)
              if (first >= 200 && pageSize > 50) return E.left(gatewayTimeout)
              const items = all.slice(first, first + pageSize)
              return E.right({ items, pageCount: Math.ceil(400 / pageSize), total: 400 })
            },
        }),
    })
    expect((await pagesOf(list)).flat()).toEqual([...all.slice(0, 100), ...all.slice(200)])
    expect(asked).toEqual(['1/100', '2/100', '3/100', '5/50', '6/50', '7/50', '8/50'])
  })

  test('brings every row once and in order, whatever the vendor bears, gives and tells', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          rows: fc.integer({ min: 0, max: 300 }),
          pageSize: fc.integer({ min: 1, max: 70 }),
          cap: fc.option(fc.integer({ min: 1, max: 70 }), { nil: undefined }),
          counts: fc.boolean(),
          readAhead: fc.integer({ min: 1, max: 6 }),
          weakFrom: fc.integer({ min: 0, max: 300 }),
          failure: fc.constantFrom(gatewayTimeout, tooLarge, timedOut),
          judges: fc.constantFrom<'given' | 'asked'>('given', 'asked'),
        }),
        async ({ rows, pageSize, cap, counts, readAhead, weakFrom, failure, judges }) => {
          const given = Math.min(pageSize, cap ?? pageSize)
          const isWeakFromTheStart = given > weakFrom
          const least = Math.max(1, Math.floor((isWeakFromTheStart ? pageSize : given) / 16))
          fc.pre(given >= least)
          const bears = (first: number) => (first + given > weakFrom ? least : pageSize)
          const vendor = { rows, bears, counts, failure, judges, ...(cap === undefined ? {} : { cap }) }
          const { list, asked } = numbered(vendor, pageSize, { readAhead })
          expect((await pagesOf(list)).flat()).toEqual(rowNames(rows))
          const places = asked.map((ask) => `${ask.pageNumber}/${ask.pageSize}`)
          expect(new Set(places).size).toBe(places.length)
          expect(await ledgerOf(list)).toMatchObject({ repeated: 0, verdict: counts ? 'complete' : 'unverifiable' })
        },
      ),
      {
        numRuns: 500,
        examples: [
          // The last page is short, and one behind it, which was read ahead, is too much.
          [
            {
              rows: 255,
              pageSize: 33,
              cap: undefined,
              counts: false,
              readAhead: 2,
              weakFrom: 257,
              failure: gatewayTimeout,
              judges: 'asked',
            },
          ],
        ],
      },
    )
  })
})

describe('walking by token, where a page is too much', () => {
  const withTokens = (rows: number, bears: number, pageSize: number | undefined) => {
    const asked: (PageAsk | undefined)[] = []
    const all = rowNames(rows)
    const list = createPaged<string>({
      ...name,
      clock: systemClock,
      keyOf: (row) => row,
      walk: () =>
        walkByToken<string>({
          ...name,
          pageSize,
          fetch: (token, ask) => async () => {
            asked.push(ask)
            const size = ask?.pageSize ?? 100
            if (size > bears) return E.left(gatewayTimeout)
            const end = Number(token ?? 0) + size
            return E.right({
              items: all.slice(Number(token ?? 0), end),
              ...(end < rows ? { next: String(end) } : {}),
            })
          },
        }),
    })
    return { list, asked }
  }

  test('asks for fewer rows with the same token, and reads on with that size', async () => {
    const { list, asked } = withTokens(100, 30, 100)
    expect((await pagesOf(list)).flat()).toEqual(rowNames(100))
    expect(asked.map((ask) => ask?.pageSize)).toEqual([100, 50, 25, 25, 25, 25])
    expect(asked.map((ask) => ask?.divisible)).toEqual([true, true, true, true, true, true])
    expect(await ledgerOf(list)).toMatchObject({ verdict: 'unverifiable' })
  })

  test('fails where the least that is asked for is too much', async () => {
    const { list, asked } = withTokens(100, 5, 100)
    expect(await pagesOf(list)).toEqual(['Unavailable'])
    expect(asked.at(-1)).toEqual({ pageSize: 6, divisible: false })
  })

  test('fails at once where pages have no size to ask for', async () => {
    const { list, asked } = withTokens(100, 5, undefined)
    expect(await pagesOf(list)).toEqual(['Unavailable'])
    expect(asked).toEqual([undefined])
  })
})
