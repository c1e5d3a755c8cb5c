import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { describe, expect, test } from 'vitest'
import { Calls, Http, Lists, type Paged, type PageRequest, toReadonlyArray } from '../../src/provider-kit/index.ts'
import { stoppedClock } from '../paging/list-of.ts'

const access = { provider: 'vendor-1', clock: stoppedClock(), events: Http.createProviderEvents(undefined) }

interface Row {
  readonly id: string
  readonly raw?: unknown
}

type Pages = Readonly<Record<string, readonly { readonly rows: string; readonly total?: number }[]>>

/** The items, page by page. */
const pagesOf = async (rows: Paged<Row>): Promise<readonly (readonly Row[])[]> => {
  const pages: (readonly Row[])[] = []
  for await (const page of rows.pages()) if (E.isRight(page)) pages.push(page.right.items)
  return pages
}

const asked: string[] = []
/** Pages of each part; their tokens are their numbers. */
const list = (pages: Pages, request?: PageRequest) =>
  Lists.byTokenInParts<Row>(
    access,
    {
      operation: 'GET /rows',
      parts: ['on', 'off'],
      keyOf: ({ id }) => id,
      fetch:
        () =>
        (part, { cursor }) => {
          asked.push(`${part} ${cursor}`)
          const number = Number(cursor ?? 0)
          const { rows = '', total } = pages[part]?.[number] ?? {}
          const next = number + 1 < (pages[part]?.length ?? 0) ? String(number + 1) : undefined
          return TE.right({ items: [...rows].map((id) => ({ id, raw: rows })), total, next })
        },
    },
    request,
  )

const whole: Pages = {
  on: [
    { rows: 'ab', total: 3 },
    { rows: 'c', total: 3 },
  ],
  off: [{ rows: 'd', total: 1 }],
}

const ledgerOf = async (pages: Pages) => {
  const read = await toReadonlyArray(list(pages))()
  return E.isRight(read) ? read.right.ledger : undefined
}

describe('a list in parts', () => {
  test('is one list, and is complete if the totals of its parts together are what came', async () => {
    asked.length = 0
    expect(await pagesOf(list(whole))).toEqual([[{ id: 'a' }, { id: 'b' }], [{ id: 'c' }], [{ id: 'd' }]])
    expect(asked).toEqual(['on undefined', 'on 1', 'off undefined'])
    expect(await ledgerOf(whole)).toMatchObject({ total: 4, items: 4, verdict: 'complete' })
  })

  test.each<[string, Pages, string]>([
    ['a part ends before its total', { ...whole, on: [{ rows: 'ab', total: 3 }] }, 'mismatch'],
    [
      'the total of a part changes',
      {
        ...whole,
        on: [
          { rows: 'ab', total: 2 },
          { rows: 'c', total: 3 },
        ],
      },
      'mismatch',
    ],
    ['a part has no total', { ...whole, off: [{ rows: 'd' }] }, 'unverifiable'],
    ['a part is empty', { ...whole, off: [{ rows: '', total: 0 }] }, 'complete'],
  ])('if %s, it is %s', async (_, pages, verdict) => {
    expect(await ledgerOf(pages)).toMatchObject({ verdict })
  })

  test('goes on in a part and with the next one, and refuses what leads to none', async () => {
    for (const [continuation, rest] of [
      ['on:1', 'c d'],
      ['off', 'd'],
    ] as const) {
      const pages = await pagesOf(list(whole, { continuation }))
      expect(pages.map((page) => page.map(({ id }) => id).join('')).join(' ')).toBe(rest)
    }
    for (const continuation of ['2', 'on:', 'https://elsewhere.example/on:1', 'out:1']) {
      expect(await toReadonlyArray(list(whole, { continuation }))()).toMatchObject({
        left: { _tag: 'RequestRejected' },
      })
    }
  })

  test('has the records of the vendor only if it is asked for them', async () => {
    expect(await pagesOf(list(whole, { includeRaw: true }))).toContainEqual([{ id: 'd', raw: 'd' }])
  })
})

test('a task that is run once has the same result for all who need it', async () => {
  let runs = 0
  const task = Calls.once(TE.fromIO(() => ++runs))
  expect(runs).toBe(0)
  expect([await task(), await task()]).toEqual([E.right(1), E.right(1)])
})

test('several answers are one page, with the gaps of all', () => {
  const gap = { what: 'a', reason: 'b' }
  expect(
    Lists.pageOfAll([
      { items: [1], undecodable: 2, gaps: [gap] },
      { items: [2], omits: ['c'], remarks: ['d'] },
    ]),
  ).toEqual({
    items: [1, 2],
    undecodable: 2,
    gaps: [gap],
    omits: ['c'],
    remarks: ['d'],
  })
})
