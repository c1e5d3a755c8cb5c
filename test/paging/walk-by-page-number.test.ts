import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { LicenseError } from '../../src/model/index.ts'
import {
  createPaged,
  type NumberedPage,
  type PageRequest,
  readPagePosition,
  systemClock,
  walkByPageNumber,
} from '../../src/paging/index.ts'
import { firstContinuation, invalid, ledgerOf, name, pagesOf, unavailable } from './list-of.ts'

type Answer = E.Either<LicenseError, NumberedPage<string>>

const rows = (items: readonly string[], details: Partial<NumberedPage<string>> = {}): Answer =>
  E.right({ items, ...details })

/** A vendor with numbered pages, and what it was asked for. */
const vendorWith = (answers: readonly Answer[], request: PageRequest = {}, readAhead = 3) => {
  const asked: number[] = []
  const list = createPaged<string>(
    {
      ...name,
      clock: systemClock,
      keyOf: (row) => row,
      walk: ({ continuation }) =>
        walkByPageNumber({
          from: readPagePosition(continuation, 2) ?? { pageNumber: 1, pageSize: 2 },
          readAhead,
          fetch:
            ({ pageNumber }) =>
            async () => {
              asked.push(pageNumber)
              return answers[pageNumber - 1] ?? rows([])
            },
        }),
    },
    request,
  )
  return { list, asked }
}

describe('walking by page number with a page count', () => {
  const counted = (items: readonly string[], pageCount = 3) => rows(items, { pageCount })

  test('reads exactly the pages that are announced', async () => {
    const { list, asked } = vendorWith([counted(['a', 'b']), counted(['c', 'd']), counted(['e']), rows(['never'])])
    expect(await pagesOf(list)).toEqual([['a', 'b'], ['c', 'd'], ['e']])
    expect(asked).toEqual([1, 2, 3])
  })

  test('goes on after an empty page and after a short one', async () => {
    const told = (items: readonly string[]) => rows(items, { pageCount: 3, pageSize: 2, total: 2 })
    expect(await pagesOf(vendorWith([told([]), told(['b']), told(['c'])]).list)).toEqual([[], ['b'], ['c']])
  })

  test('looks whether there is one more where pages before the last were short, and no total tells', async () => {
    const short = rows(['b'], { pageCount: 3, pageSize: 2 })
    const { list } = vendorWith([counted([]), short, counted(['c'])])
    expect(await pagesOf(list)).toEqual([[], ['b'], ['c'], []])
    expect(await ledgerOf(list)).toMatchObject({ verdict: 'unverifiable' })
  })

  test('reads on where a page count goes with a page size that is echoed and not given', async () => {
    const told = (items: readonly string[]) => rows(items, { pageCount: 2, pageSize: 2 })
    const { list } = vendorWith([told(['a']), told(['b']), told(['c']), told(['d']), told([])])
    expect(await pagesOf(list)).toEqual([['a'], ['b'], ['c'], ['d'], []])
    expect(await ledgerOf(list)).toMatchObject({ items: 4, verdict: 'mismatch' })
  })

  test('looks whether there is one more after a last page that is full, where no total tells', async () => {
    const told = (items: readonly string[]) => rows(items, { pageCount: 1, pageSize: 2 })
    const { list } = vendorWith([told(['a', 'b']), told(['c', 'd']), told(['e'])])
    expect(await pagesOf(list)).toEqual([['a', 'b'], ['c', 'd'], ['e'], []])
    expect(await ledgerOf(list)).toMatchObject({ items: 5, verdict: 'mismatch' })
  })

  test('takes a page count of zero for an empty list', async () => {
    const { list, asked } = vendorWith([counted([], 0)])
    expect(await pagesOf(list)).toEqual([[]])
    expect(asked).toEqual([1])
  })

  test('does not believe a page count of zero beside rows', async () => {
    const { list } = vendorWith([counted(['a', 'b'], 0), counted(['c', 'd'], 0), counted(['e'], 0), counted([], 0)])
    expect(await pagesOf(list)).toEqual([['a', 'b'], ['c', 'd'], ['e'], []])
    expect(await ledgerOf(list)).toMatchObject({ items: 5, verdict: 'mismatch' })
  })

  test('follows a page count that grows', async () => {
    const { list } = vendorWith([counted(['a', 'b'], 2), counted(['c', 'd'], 3), counted(['e'], 3)])
    expect(await pagesOf(list)).toEqual([['a', 'b'], ['c', 'd'], ['e']])
  })

  test('does not believe a page count that shrinks: goes on to an empty page, and says that the list changed', async () => {
    const { list } = vendorWith([counted(['a', 'b'], 4), counted(['c', 'd'], 2), counted(['e'], 2)])
    expect(await pagesOf(list)).toEqual([['a', 'b'], ['c', 'd'], ['e'], []])
    expect(await ledgerOf(list)).toMatchObject({ verdict: 'mismatch' })
  })

  test('does not follow a page count that shrinks to the page it is on', async () => {
    const { list, asked } = vendorWith(
      [counted(['a', 'b'], 3), counted(['c', 'd'], 2), rows([]), rows(['never'])],
      {},
      1,
    )
    expect(await pagesOf(list)).toEqual([['a', 'b'], ['c', 'd'], []])
    expect(asked).toEqual([1, 2, 3])
  })

  test('keeps the page count where a later page leaves it out', async () => {
    const { list } = vendorWith([counted(['a', 'b']), rows(['c', 'd']), rows([])])
    expect(await pagesOf(list)).toEqual([['a', 'b'], ['c', 'd'], []])
  })

  test('makes a gap of a later page that cannot be read, and reads the others', async () => {
    const { list } = vendorWith([counted(['a', 'b']), E.left(invalid), counted(['c'])])
    expect(await pagesOf(list)).toEqual([['a', 'b'], [], ['c']])
    expect(await ledgerOf(list)).toMatchObject({
      items: 3,
      gaps: [{ what: 'page 2', reason: invalid.message, error: invalid }],
      verdict: 'partial',
    })
  })

  test('makes a gap of a last page that cannot be read', async () => {
    const { list, asked } = vendorWith([counted(['a'], 2), E.left(invalid)])
    expect(await pagesOf(list)).toEqual([['a'], []])
    expect(await ledgerOf(list)).toMatchObject({ verdict: 'partial' })
    expect(Math.max(...asked)).toBe(2)
  })

  test('fails with a first page that cannot be read, as nothing tells what comes after it', async () => {
    expect(await pagesOf(vendorWith([E.left(invalid)]).list)).toEqual(['InvalidResponse'])
  })

  test('fails with a later page to which no answer came', async () => {
    const { list } = vendorWith([counted(['a']), E.left(unavailable), counted(['c'])])
    expect(await pagesOf(list)).toEqual([['a'], 'Unavailable'])
  })

  test('makes gaps of three pages that the vendor fails at, and fails with the fourth', async () => {
    const failing = { ...unavailable, status: 500 }
    const pages = ['a', undefined, 'c', undefined, undefined, 'f', undefined, 'h']
    const { list } = vendorWith(pages.map((item) => (item === undefined ? E.left(failing) : counted([item], 8))))
    expect(await pagesOf(list)).toEqual([['a'], [], ['c'], [], [], ['f'], 'Unavailable'])
    const few = vendorWith([counted(['a', 'b'], 3), E.left(failing), counted(['c'], 3)])
    expect(await pagesOf(few.list)).toEqual([['a', 'b'], [], ['c']])
    expect(await ledgerOf(few.list)).toMatchObject({ gaps: [{ what: 'page 2', error: failing }], verdict: 'partial' })
  })
})

describe('walking by page number without a page count', () => {
  test('ends at the first empty page', async () => {
    const { list, asked } = vendorWith([rows(['a', 'b']), rows(['c']), rows([]), rows(['never'])])
    expect(await pagesOf(list)).toEqual([['a', 'b'], ['c'], []])
    expect(asked).toEqual([1, 2, 3])
  })

  test('goes on after a page shorter than the page size that came back', async () => {
    const sized = (items: readonly string[]) => rows(items, { pageSize: 2 })
    const { list } = vendorWith([sized(['a']), sized(['b']), sized(['c']), sized([]), rows(['never'])])
    expect(await pagesOf(list)).toEqual([['a'], ['b'], ['c'], []])
    expect(await ledgerOf(list)).toMatchObject({ verdict: 'unverifiable' })
  })

  test('goes on after a page shorter than the page size that was asked for', async () => {
    const capped = (items: readonly string[]) => rows(items, { pageSize: 1 })
    const { list } = vendorWith([capped(['a']), capped(['b']), capped([])])
    expect(await pagesOf(list)).toEqual([['a'], ['b'], []])
  })

  test('goes by the rows that came, not by those that could be decoded', async () => {
    const undecodable = rows(['a'], { pageSize: 2, undecodable: 1 })
    const { list } = vendorWith([undecodable, rows([], { pageSize: 2, undecodable: 2 }), rows(['c'], { pageSize: 2 })])
    expect(await pagesOf(list)).toEqual([['a'], [], ['c'], []])
    expect(await ledgerOf(list)).toMatchObject({ undecodable: 3, verdict: 'partial' })
  })

  test('asks for one page at a time', async () => {
    const { list, asked } = vendorWith([rows(['a']), rows(['b']), rows(['c'])])
    const steps = list.pages()[Symbol.asyncIterator]()
    await steps.next()
    expect(asked).toEqual([1])
    await steps.next()
    expect(asked).toEqual([1, 2])
  })

  test('fails with a later page that cannot be read', async () => {
    expect(await pagesOf(vendorWith([rows(['a']), E.left(invalid)]).list)).toEqual([['a'], 'InvalidResponse'])
  })

  test('fails where the vendor ignores the page number', async () => {
    const same = Array.from({ length: 40 }, () => rows(['a', 'b']))
    const { list, asked } = vendorWith(same)
    expect((await pagesOf(list)).at(-1)).toBe('InvalidResponse')
    expect(asked).toHaveLength(12)
  })
})

describe('resuming by page number', () => {
  const ten = Array.from({ length: 5 }, (_, index) => rows([`${index}-a`, `${index}-b`], { pageCount: 5 }))

  test('goes on after every page with exactly the rest', async () => {
    const whole = await pagesOf(vendorWith(ten).list)
    let read = 0
    for await (const page of vendorWith(ten).list.pages()) {
      read++
      if (E.isLeft(page) || page.right.continuation === undefined) continue
      const { continuation } = page.right
      expect(await pagesOf(vendorWith(ten, { continuation }).list)).toEqual(whole.slice(read))
    }
    // The last one is empty, as the one before it was full and no total tells.
    expect(read).toBe(6)
  })

  test('looks whether there is one more where pages before the continuation were short, and no total tells', async () => {
    const told = (items: readonly string[]) => rows(items, { pageCount: 2, pageSize: 2 })
    const short = [told(['a']), told(['b']), told(['c']), told(['d'])]
    const continuation = await firstContinuation(vendorWith(short).list)
    expect((await pagesOf(vendorWith(short, { continuation }).list)).flat()).toEqual(['b', 'c', 'd'])
  })

  test('says that the list changed where its page count ends it before its total', async () => {
    const told = (items: readonly string[]) => rows(items, { pageCount: 2, pageSize: 2, total: 4 })
    const short = [told(['a']), told(['b']), told(['c']), told(['d'])]
    const continuation = await firstContinuation(vendorWith(short).list)
    expect(await ledgerOf(vendorWith(short, { continuation }).list)).toMatchObject({ items: 1, verdict: 'mismatch' })
  })

  test('goes on with the page size that the continuation was made with', async () => {
    const continuation = await firstContinuation(vendorWith(ten).list)
    expect(readPagePosition(continuation, 500)).toEqual({ pageNumber: 2, pageSize: 2 })
  })

  test('starts at the first page, with the page size that is asked for, where there is no continuation', () => {
    expect(readPagePosition(undefined, 100)).toEqual({ pageNumber: 1, pageSize: 100 })
  })

  test('goes on at pages and with page sizes of many digits', () => {
    expect(readPagePosition('123456789/654321', 100)).toEqual({ pageNumber: 123_456_789, pageSize: 654_321 })
  })

  test('goes on with the rows that came, where that is not what page number and size say', () => {
    expect(readPagePosition('3/500+200', 100)).toEqual({ pageNumber: 3, pageSize: 500, rowsBefore: 200 })
  })

  for (const foreign of [
    '',
    '2/2+',
    '2/2+02',
    '2/2+-1',
    '2/2+1e3',
    '2/2+1000000000000000',
    '0/2',
    '2',
    '2/0',
    '-1/2',
    '1e3/2',
    '2/2 ',
    'x2/2',
    '2/2/2',
    ' 2/2',
    '02/2',
    '2/02',
    '2/-2',
    '2/x',
    '/2',
    '2/',
    '1000000000/2',
    '2/1000000',
    'https://elsewhere.example',
  ]) {
    test(`refuses the continuation "${foreign}"`, () => {
      expect(readPagePosition(foreign, 100)).toBeUndefined()
    })
  }
})

describe('reading ahead', () => {
  /** A vendor whose answers come when the test says so. */
  const slowVendor = (pageCount: number, readAhead: number) => {
    const waiting = new Map<number, () => void>()
    const asked: number[] = []
    const walk = () =>
      walkByPageNumber<string>({
        from: { pageNumber: 1, pageSize: 1 },
        readAhead,
        fetch:
          ({ pageNumber }) =>
          () => {
            asked.push(pageNumber)
            return new Promise((resolve) => {
              waiting.set(pageNumber, () => resolve(rows([`row ${pageNumber}`], { pageCount })))
            })
          },
      })
    const steps = createPaged({ ...name, clock: systemClock, walk })
      .pages()
      [Symbol.asyncIterator]()
    const underWay = () => asked.filter((page) => waiting.has(page))
    const answer = async (page: number) => {
      waiting.get(page)?.()
      waiting.delete(page)
      await settle()
    }
    return { steps, asked, underWay, answer }
  }
  const settle = () => new Promise((resolve) => setImmediate(resolve))

  test('does not start before the first page has told how many there are', async () => {
    const { steps, asked } = slowVendor(10, 3)
    void steps.next()
    await settle()
    expect(asked).toEqual([1])
  })

  test('has as many pages under way as it may, the awaited one included', async () => {
    const { steps, underWay, answer } = slowVendor(10, 3)
    void steps.next()
    await settle()
    await answer(1)
    void steps.next()
    await settle()
    expect(underWay()).toEqual([2, 3, 4])
  })

  test('does not run ahead of its consumer by more than that', async () => {
    const { steps, asked, answer } = slowVendor(10, 3)
    void steps.next()
    await settle()
    await answer(1)
    void steps.next()
    await settle()
    for (const page of [2, 3, 4]) await answer(page)
    expect(asked).toEqual([1, 2, 3, 4])
    void steps.next()
    await settle()
    expect(asked).toEqual([1, 2, 3, 4, 5])
  })

  test('delivers in order whatever comes first', async () => {
    const { steps, answer } = slowVendor(4, 3)
    const first = steps.next()
    await settle()
    await answer(1)
    await first
    const second = steps.next()
    await settle()
    for (const page of [4, 3, 2]) await answer(page)
    const pages = [await second, await steps.next(), await steps.next()].map(({ value }) => value)
    expect(pages).toMatchObject([2, 3, 4].map((page) => ({ right: { items: [`row ${page}`] } })))
  })

  test('asks for no page twice and for none beyond the last', async () => {
    const { list, asked } = vendorWith(
      Array.from({ length: 7 }, (_, index) => rows([String(index)], { pageCount: 7, total: 7 })),
      {},
      4,
    )
    expect(await pagesOf(list)).toHaveLength(7)
    expect(asked).toEqual([1, 2, 3, 4, 5, 6, 7])
  })

  test('with room for one page only, has the awaited one under way and no other', async () => {
    const { steps, asked, answer } = slowVendor(3, 1)
    void steps.next()
    await settle()
    await answer(1)
    void steps.next()
    await settle()
    expect(asked).toEqual([1, 2])
  })
})
