import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { isLicenseException, type LicenseError } from '../../src/model/index.ts'
import { changeItems, type Paged, pagedFrom } from '../../src/paging/index.ts'
import { completeItems } from '../../src/paging/paged.ts'
import { last, ledgerOf, listOf, middle, name, pagesOf, unavailable } from './list-of.ts'

const iterate = async (list: Paged<string>) => {
  const items: string[] = []
  try {
    for await (const item of list) items.push(item)
    return { items }
  } catch (thrown) {
    if (!isLicenseException(thrown)) throw thrown
    return { items, error: thrown.error }
  }
}

const gap = { what: 'page 2', reason: 'it is HTML' }

describe('iterating over items', () => {
  test('delivers the items of all pages in order and ends quietly', async () => {
    expect(await iterate(listOf([middle(['a', 'b']), middle([]), last(['c'])]))).toEqual({ items: ['a', 'b', 'c'] })
  })

  test('throws a failure after the items that came before it', async () => {
    const { items, error } = await iterate(listOf([middle(['a']), E.left(unavailable)]))
    expect(items).toEqual(['a'])
    expect(error).toBe(unavailable)
  })

  test('throws Incomplete after the last item of a list with a gap', async () => {
    const { items, error } = await iterate(listOf([middle(['a'], { gaps: [gap] }), last(['b'])]))
    expect(items).toEqual(['a', 'b'])
    expect(error).toMatchObject({
      _tag: 'Incomplete',
      ...name,
      message: 'the list lacks page 2: it is HTML',
      ledger: { items: 2, gaps: [gap], verdict: 'partial' },
    })
  })

  test('names every gap of such a list', async () => {
    const other = { what: 'page 3', reason: 'it is down' }
    const { error } = await iterate(listOf([last(['a'], { gaps: [gap, other] })]))
    expect(error?.message).toBe('the list lacks page 2: it is HTML; the list lacks page 3: it is down')
  })

  test('throws Incomplete where there was not even a page', async () => {
    const { items, error } = await iterate(pagedFrom<string>(name, {}, async function* () {}))
    expect(items).toEqual([])
    expect(error).toMatchObject({
      _tag: 'Incomplete',
      message: 'the list could not be read: it had no page',
    })
  })

  test('throws Incomplete after the last item of a list that changed while it was read', async () => {
    const { items, error } = await iterate(listOf([middle(['a'], { total: 2 }), last(['b'], { total: 3 })]))
    expect(items).toEqual(['a', 'b'])
    expect(error).toMatchObject({ _tag: 'Incomplete', ledger: { verdict: 'mismatch' } })
    expect(error?.message).toContain('the list changed while it was read')
  })

  test('throws plain data that survives JSON', async () => {
    const { error } = await iterate(listOf([last(['a'], { gaps: [gap] })]))
    expect(JSON.parse(JSON.stringify(error))).toStrictEqual(error)
  })

  test('ends quietly over a list with a gap where that was asked for', async () => {
    expect(await iterate(listOf([last(['a'], { gaps: [gap] })], { allowPartial: true }))).toEqual({ items: ['a'] })
  })

  test('ends quietly over a list that changed where that was asked for', async () => {
    expect(await iterate(listOf([last(['a'], { total: 2 })], { allowPartial: true }))).toEqual({ items: ['a'] })
  })

  test('throws a failure even where a partial list was asked for', async () => {
    const { error } = await iterate(listOf([E.left(unavailable)], { allowPartial: true }))
    expect(error).toBe(unavailable)
  })

  test('does not ask for the second page before the first has been read', async () => {
    const asked: number[] = []
    const list = listOf(
      [],
      {},
      {
        walk: async function* () {
          asked.push(1)
          yield middle(['a', 'b'])
          asked.push(2)
          yield last(['c'])
        },
      },
    )
    const items = list[Symbol.asyncIterator]()
    await items.next()
    await items.next()
    expect(asked).toEqual([1])
    await items.next()
    expect(asked).toEqual([1, 2])
  })

  test('takes 200,000 items of one page', async () => {
    const many = Array.from({ length: 200_000 }, (_, index) => String(index))
    const { items } = await iterate(listOf([last(many)]))
    expect(items).toHaveLength(200_000)
  })
})

describe('a list with changed items', () => {
  const other = { provider: 'vendor-1', operation: 'listHolders' }
  const shout = (list: Paged<string>, request = {}) =>
    changeItems(list, other, request, () => (items) => items.map((item) => item.toUpperCase()))

  test('has the other items, page by page', async () => {
    expect(await pagesOf(shout(listOf([middle(['a']), last(['b'])])))).toEqual([['A'], ['B']])
  })

  test('keeps continuations and the account of the list that is read', async () => {
    const list = changeItems(listOf([middle(['a', 'b']), last(['c'])]), other, {}, () => () => [])
    const steps = list.pages()[Symbol.asyncIterator]()
    expect((await steps.next()).value).toMatchObject({
      right: { items: [], continuation: 'more', ledger: { items: 2 } },
    })
    expect(await ledgerOf(list)).toMatchObject({ items: 3, verdict: 'unverifiable' })
  })

  test('is told of each page, and begins anew with every iteration', async () => {
    const list = changeItems(listOf([middle(['a']), last(['b'])]), other, {}, () => {
      let pages = 0
      return (_, { continuation }) => {
        pages++
        return [`${pages}${continuation === undefined ? ' last' : ''}`]
      }
    })
    expect(await pagesOf(list)).toEqual([['1'], ['2 last']])
    expect(await pagesOf(list)).toEqual([['1'], ['2 last']])
  })

  test('hands on a failure', async () => {
    expect(await pagesOf(shout(listOf([E.left(unavailable)])))).toEqual(['Unavailable'])
  })

  test('throws Incomplete in its own name', async () => {
    const { error } = await iterate(shout(listOf([last(['a'], { gaps: [gap] })])))
    const expected: Partial<LicenseError> = { _tag: 'Incomplete', operation: 'listHolders' }
    expect(error).toMatchObject(expected)
  })

  test('stops the list that is read when its consumer stops', async () => {
    let stopped = false
    const list = listOf(
      [],
      {},
      {
        walk: async function* ({ scope }) {
          scope.signal?.addEventListener('abort', () => {
            stopped = true
          })
          yield middle(['a'])
        },
      },
    )
    for await (const _ of shout(list)) break
    expect(stopped).toBe(true)
  })
})

describe('a list whose items get something more to say', () => {
  const completed = (list: Paged<string>) => completeItems(list, name, {}, (item) => `${item}!`)

  test('has it in every item, and keeps continuations and the ledger', async () => {
    const list = completed(listOf([middle(['a', 'b']), last(['c'])]))
    const steps = list.pages()[Symbol.asyncIterator]()
    const { value } = await steps.next()
    expect(value).toMatchObject({ right: { items: ['a!', 'b!'], continuation: 'more', ledger: { items: 2 } } })
    expect(E.isRight(value) && value.right).not.toHaveProperty('contradicting')
    expect((await steps.next()).value).toMatchObject({ right: { items: ['c!'] } })
  })

  test('has it in rows that came again with another content, too', async () => {
    const ledger = {
      pages: 1,
      items: 1,
      repeated: 1,
      undecodable: 0,
      gaps: [],
      omits: [],
      verdict: 'mismatch' as const,
    }
    const list = pagedFrom<string>(name, {}, async function* () {
      yield E.right({ items: ['a'], contradicting: ['b'], ledger })
    })
    const { value } = await completed(list).pages()[Symbol.asyncIterator]().next()
    expect(value).toEqual(E.right({ items: ['a!'], contradicting: ['b!'], ledger }))
  })
})
