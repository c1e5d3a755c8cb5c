import { describe, expect, test } from 'vitest'
import type { ListVerdict } from '../../src/model/index.ts'
import type { FetchedPage } from '../../src/paging/index.ts'
import { endedBy, openLedger } from '../../src/paging/open-ledger.ts'

const page = (rows: number, details: Partial<FetchedPage<number>> = {}): FetchedPage<number> => ({
  items: Array.from({ length: rows }, (_, index) => index),
  ...details,
})

interface Entry {
  readonly page: FetchedPage<number>
  /** Default: all rows of the page. */
  readonly delivered?: number
}

const account = (entries: readonly Entry[], { resumed = false, atEnd = true } = {}) => {
  const ledger = openLedger({ resumed })
  for (const { page, delivered = page.items.length } of entries) ledger.enter(page, delivered)
  return ledger.read(atEnd)
}

const gap = { what: 'page 2', reason: 'it is HTML' }

describe('the verdict', () => {
  const table: readonly {
    readonly when: string
    readonly verdict: ListVerdict
    readonly entries: readonly Entry[]
    readonly resumed?: boolean
    readonly atEnd?: boolean
  }[] = [
    { when: 'all that was announced came', verdict: 'complete', entries: [{ page: page(2, { total: 2 }) }] },
    { when: 'nothing was announced and nothing came', verdict: 'complete', entries: [{ page: page(0, { total: 0 }) }] },
    {
      when: 'all came over several pages that announce the same',
      verdict: 'complete',
      entries: [{ page: page(2, { total: 3 }) }, { page: page(1, { total: 3 }) }],
    },
    {
      when: 'only one page announces a total',
      verdict: 'complete',
      entries: [{ page: page(2, { total: 3 }) }, { page: page(1) }],
    },
    {
      when: 'all that was announced came, some of it twice',
      verdict: 'complete',
      entries: [{ page: page(2, { total: 3 }) }, { page: page(2, { total: 3 }), delivered: 1 }],
    },
    { when: 'nothing was announced', verdict: 'unverifiable', entries: [{ page: page(2) }] },
    { when: 'nothing was announced and nothing came', verdict: 'unverifiable', entries: [{ page: page(0) }] },
    {
      when: 'the first part was not seen',
      verdict: 'unverifiable',
      entries: [{ page: page(1, { total: 9 }) }],
      resumed: true,
    },
    { when: 'less came than was announced', verdict: 'mismatch', entries: [{ page: page(1, { total: 2 }) }] },
    { when: 'more came than was announced', verdict: 'mismatch', entries: [{ page: page(3, { total: 2 }) }] },
    {
      when: 'the total changed, although as much came as it says at last',
      verdict: 'mismatch',
      entries: [{ page: page(2, { total: 2 }) }, { page: page(1, { total: 3 }) }],
    },
    {
      when: 'the total changed and came back',
      verdict: 'mismatch',
      entries: [{ page: page(1, { total: 3 }) }, { page: page(1, { total: 4 }) }, { page: page(1, { total: 3 }) }],
    },
    {
      when: 'a list within it changed',
      verdict: 'mismatch',
      entries: [{ page: page(1, { changed: true }) }, { page: page(1) }],
    },
    {
      when: 'rows came again and no total says that none is missing',
      verdict: 'mismatch',
      entries: [{ page: page(2) }, { page: page(2), delivered: 1 }],
    },
    {
      when: 'rows came again in the part that was seen',
      verdict: 'mismatch',
      entries: [{ page: page(2, { total: 9 }), delivered: 1 }],
      resumed: true,
    },
    { when: 'there is a gap', verdict: 'partial', entries: [{ page: page(2, { total: 2, gaps: [gap] }) }] },
    {
      when: 'there was a gap on an earlier page',
      verdict: 'partial',
      entries: [{ page: page(1, { gaps: [gap] }) }, { page: page(1) }],
    },
    {
      when: 'a record could not be decoded',
      verdict: 'partial',
      entries: [{ page: page(1, { undecodable: 1, total: 1 }) }],
    },
    {
      when: 'there is a gap in a list that changed',
      verdict: 'partial',
      entries: [{ page: page(1, { total: 1, gaps: [gap] }) }, { page: page(1, { total: 2 }) }],
    },
    {
      when: 'the end has not been reached',
      verdict: 'partial',
      entries: [{ page: page(2, { total: 2 }) }],
      atEnd: false,
    },
    {
      when: 'a list is only omitting what it never names',
      verdict: 'complete',
      entries: [{ page: page(1, { total: 1, omits: ['guests'] }) }],
    },
  ]

  for (const { when, verdict, entries, ...ending } of table) {
    test(`is ${verdict} when ${when}`, () => {
      expect(account(entries, ending).verdict).toBe(verdict)
    })
  }
})

describe('the account', () => {
  test('adds up pages, items, repeated rows and undecodable records', () => {
    const entries = [
      { page: page(3, { undecodable: 1 }) },
      { page: page(4, { undecodable: 2 }), delivered: 2 },
      { page: page(0) },
    ]
    expect(account(entries)).toMatchObject({ pages: 3, items: 5, repeated: 2, undecodable: 3 })
  })

  test('counts the pages and repeated rows of the lists behind one step', () => {
    const entries = [{ page: page(3, { pages: 7, repeated: 4 }), delivered: 2 }, { page: page(1, { pages: 0 }) }]
    expect(account(entries)).toMatchObject({ pages: 7, repeated: 5 })
  })

  test('keeps the total that was given last', () => {
    expect(account([{ page: page(1, { total: 3 }) }, { page: page(1, { total: 2 }) }, { page: page(0) }]).total).toBe(2)
  })

  test('has no total where none was given', () => {
    expect(account([{ page: page(1) }])).not.toHaveProperty('total')
  })

  test('keeps a total of zero', () => {
    expect(account([{ page: page(0, { total: 0 }) }]).total).toBe(0)
  })

  test('keeps every gap in order and every omission once', () => {
    const entries = [
      { page: page(0, { gaps: [gap], omits: ['guests'] }) },
      { page: page(0, { gaps: [{ ...gap, what: 'page 3' }], omits: ['guests', 'rooms'] }) },
    ]
    const { gaps, omits } = account(entries)
    expect(gaps.map(({ what }) => what)).toEqual(['page 2', 'page 3'])
    expect(omits).toEqual(['guests', 'rooms'])
  })
})

describe('the account of a list that failed', () => {
  test('is what was read until then, with the failure as a gap, and partial', () => {
    const before = account([{ page: page(2, { total: 2, gaps: [gap] }) }])
    expect(endedBy(before, { ...gap, what: 'the rest' })).toEqual({
      ...before,
      gaps: [gap, { ...gap, what: 'the rest' }],
      verdict: 'partial',
    })
  })

  test('is an account of nothing where nothing was read', () => {
    expect(endedBy(undefined, gap)).toEqual({
      pages: 0,
      items: 0,
      repeated: 0,
      undecodable: 0,
      gaps: [gap],
      omits: [],
      verdict: 'partial',
    })
  })
})
