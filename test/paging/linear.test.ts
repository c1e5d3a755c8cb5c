import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import {
  collect,
  createPaged,
  type FetchedPage,
  type NumberedPage,
  type Paged,
  systemClock,
  walkByPageNumber,
  walkByToken,
} from '../../src/paging/index.ts'
import { arrayWorkOf } from './array-work.ts'
import { name } from './list-of.ts'

/** A page of two rows, one of which has come before with another content, with a gap and something that it never names. */
const pageOf = (number: number): FetchedPage<string> => ({
  items: [`${number}-new`, `${number - 1}-new otherwise`],
  gaps: [{ what: `1 record of page ${number}`, reason: 'bad' }],
  undecodable: 1,
  omits: [`those of page ${number}`],
})

const source = {
  ...name,
  clock: systemClock,
  keyOf: (row: string) => row.replace(' otherwise', ''),
  contentOf: (row: string) => [row],
}

const byNumber = (pages: number) =>
  createPaged<string>({
    ...source,
    walk: () =>
      walkByPageNumber<string>({
        from: { pageNumber: 1, pageSize: 3 },
        readAhead: 4,
        fetch:
          ({ pageNumber }) =>
          async () => {
            // The last one is short, so that the page count is believed.
            const undecodable = pageNumber === pages ? 0 : 1
            const page: NumberedPage<string> = { ...pageOf(pageNumber), undecodable, pageCount: pages }
            return E.right(page)
          },
      }),
  })

const byToken = (pages: number) =>
  createPaged<string>({
    ...source,
    walk: () =>
      walkByToken<string>({
        ...name,
        fetch:
          (token = '1') =>
          async () =>
            E.right({
              ...pageOf(Number(token)),
              ...(Number(token) < pages ? { next: String(Number(token) + 1) } : {}),
            }),
      }),
  })

const read = async (list: Paged<string>) => {
  const { value, ledger } = await collect<string, { rows: number; united: number }>(
    () => ({ rows: 0, united: 0 }),
    (state) => {
      state.rows++
      return state
    },
    (state) => {
      state.united++
      return state
    },
  )(list)()
  return { ...value, gaps: ledger.gaps.length, omits: ledger.omits.length }
}

describe.each([
  { by: 'page number', list: byNumber },
  { by: 'token', list: byToken },
])('a walk by $by, whatever is on its pages', ({ list }) => {
  test('takes twice the work for twice the pages', async () => {
    expect(await read(list(50))).toEqual({ rows: 51, united: 49, gaps: 50, omits: 50 })
    const one = await arrayWorkOf(() => read(list(500)))
    const two = await arrayWorkOf(() => read(list(1_000)))
    expect(one).toBeGreaterThan(500)
    expect(two / one).toBeLessThan(2.1)
  })
})

describe('an account that was given out', () => {
  test('keeps what it had, though the list goes on', async () => {
    const ledgers = []
    for await (const page of byToken(3).pages()) if (E.isRight(page)) ledgers.push(page.right.ledger)
    expect(ledgers.map(({ gaps }) => gaps.map(({ what }) => what))).toEqual([
      ['1 record of page 1'],
      ['1 record of page 1', '1 record of page 2'],
      ['1 record of page 1', '1 record of page 2', '1 record of page 3'],
    ])
    expect(ledgers.map(({ omits }) => omits.length)).toEqual([1, 2, 3])
    expect(JSON.parse(JSON.stringify(ledgers[1])).gaps).toHaveLength(2)
  })
})
