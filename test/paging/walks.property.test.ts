import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { expect, test } from 'vitest'
import type { Ledger } from '../../src/model/index.ts'
import {
  createPaged,
  type FetchedPage,
  type Paged,
  type PageRequest,
  readPagePosition,
  systemClock,
  type Walk,
  walkByPageNumber,
  walkByToken,
} from '../../src/paging/index.ts'
import { name } from './list-of.ts'

/** The pages of a vendor: rows may come again, pages may be empty, records may be undecodable, a total may be given. */
interface VendorPage {
  readonly rows: readonly number[]
  readonly undecodable: number
}

interface Vendor {
  readonly pages: readonly VendorPage[]
  readonly total: 'none' | 'right' | 'moving'
  readonly readAhead: number
}

const vendors = fc.record<Vendor>({
  pages: fc.array(
    fc.record({
      rows: fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 6 }),
      undecodable: fc.oneof(
        { weight: 5, arbitrary: fc.constant(0) },
        { weight: 1, arbitrary: fc.integer({ min: 1, max: 3 }) },
      ),
    }),
    // No more than ten, so that no list has too many pages without news.
    { minLength: 1, maxLength: 10 },
  ),
  total: fc.constantFrom('none', 'right', 'moving'),
  readAhead: fc.integer({ min: 1, max: 12 }),
})

const distinct = (vendor: Vendor): readonly number[] => [...new Set(vendor.pages.flatMap(({ rows }) => rows))]

const pageOf = (vendor: Vendor, index: number): FetchedPage<number> => {
  const page = vendor.pages[index] ?? { rows: [], undecodable: 0 }
  const total = distinct(vendor).length + (vendor.total === 'moving' ? index : 0)
  return { items: page.rows, undecodable: page.undecodable, ...(vendor.total === 'none' ? {} : { total }) }
}

const listOf = (request: PageRequest, walk: (continuation: string | undefined) => Walk<number>): Paged<number> =>
  createPaged({ ...name, clock: systemClock, keyOf: String, walk: ({ continuation }) => walk(continuation) }, request)

const byNumber = (vendor: Vendor, request: PageRequest = {}): Paged<number> =>
  listOf(request, (continuation) =>
    walkByPageNumber<number>({
      from: readPagePosition(continuation, 10) ?? { pageNumber: 1, pageSize: 10 },
      readAhead: vendor.readAhead,
      fetch: ({ pageNumber }) => {
        const page = pageOf(vendor, pageNumber - 1)
        const isLast = pageNumber === vendor.pages.length
        // What it says of its size is what comes, and the last page is short, so that nothing makes the page count doubtful.
        return TE.right({
          ...page,
          pageSize: page.items.length + (page.undecodable ?? 0) + (isLast ? 1 : 0),
          pageCount: vendor.pages.length,
        })
      },
    }),
  )

const byToken = (vendor: Vendor, request: PageRequest = {}): Paged<number> =>
  listOf(request, (from) =>
    walkByToken<number>({
      ...name,
      from,
      fetch: (token = '1') => {
        const next = Number(token) + 1
        return TE.right({ ...pageOf(vendor, next - 2), ...(next > vendor.pages.length ? {} : { next: String(next) }) })
      },
    }),
  )

const rowsOf = async (list: Paged<number>): Promise<readonly number[]> => {
  const items: number[] = []
  for await (const page of list.pages()) {
    if (E.isLeft(page)) throw new Error(page.left.message)
    for (const item of page.right.items) items.push(item)
  }
  return items
}

const expectedVerdict = (vendor: Vendor): Ledger['verdict'] => {
  const rows = vendor.pages.flatMap((page) => page.rows)
  if (vendor.pages.some(({ undecodable }) => undecodable > 0)) return 'partial'
  if (vendor.total === 'none') return rows.length > distinct(vendor).length ? 'mismatch' : 'unverifiable'
  return vendor.total === 'moving' && vendor.pages.length > 1 ? 'mismatch' : 'complete'
}

const walks = [
  { by: 'page number', list: byNumber },
  { by: 'token', list: byToken },
]

for (const { by, list } of walks) {
  test(`a walk by ${by} delivers exactly the distinct rows in order, and its account tells the truth`, async () => {
    await fc.assert(
      fc.asyncProperty(vendors, async (vendor) => {
        const items: number[] = []
        let ledger: Ledger | undefined
        for await (const page of list(vendor).pages()) {
          if (E.isLeft(page)) throw new Error(page.left.message)
          items.push(...page.right.items)
          ledger = page.right.ledger
        }
        const rows = vendor.pages.flatMap((page) => page.rows)
        expect(items).toEqual(distinct(vendor))
        expect(ledger).toMatchObject({
          pages: vendor.pages.length,
          items: items.length,
          repeated: rows.length - items.length,
          undecodable: vendor.pages.reduce((sum, { undecodable }) => sum + undecodable, 0),
          verdict: expectedVerdict(vendor),
        })
      }),
      { numRuns: 300 },
    )
  })

  test(`a walk by ${by} can be resumed after every page but the last, to the rows of the pages after it`, async () => {
    await fc.assert(
      fc.asyncProperty(vendors, async (vendor) => {
        let read = 0
        for await (const page of list(vendor).pages()) {
          read++
          const continuation = E.isRight(page) ? page.right.continuation : undefined
          expect(continuation === undefined).toBe(read === vendor.pages.length)
          if (continuation === undefined) continue
          const rest = new Set(vendor.pages.slice(read).flatMap(({ rows }) => rows))
          expect(await rowsOf(list(vendor, { continuation }))).toEqual([...rest])
        }
      }),
    )
  })
}
