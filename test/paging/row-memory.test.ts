import { describe, expect, test } from 'vitest'
import { createTextNumbers } from '../../src/model/text-numbers.ts'
import { createPaged, systemClock } from '../../src/paging/index.ts'
import { createRowMemory, type RowMemory } from '../../src/paging/row-memory.ts'
import { last, middle, name, type Step } from './list-of.ts'

interface Row {
  readonly id: string
  readonly content: string
}

const row = (id: string, content: string): Row => ({ id, content })
const keyOf = ({ id }: Row) => id
const contentOf = ({ content }: Row) => [content]

/** Recognizes rows as a list does. */
const recognizing =
  <A>({ numberOf, recognize }: RowMemory<A>) =>
  (item: A) =>
    recognize(item, numberOf(item))

describe('the memory of rows', () => {
  test('tells a row that comes again from one that comes again with another content', () => {
    const recognize = recognizing(createRowMemory({ keyOf, contentOf }))
    expect([row('a', '1'), row('b', '2'), row('a', '1'), row('b', '1'), row('c', '2')].map(recognize)).toEqual([
      'new',
      'new',
      'again',
      'contradicting',
      'new',
    ])
  })

  test('compares nothing but keys where no content matters, and nothing at all where there are no keys', () => {
    const byKey = recognizing(createRowMemory({ keyOf }))
    expect([row('a', '1'), row('a', '2')].map(byKey)).toEqual(['new', 'again'])
    expect([row('a', '1'), row('a', '1')].map(recognizing(createRowMemory({})))).toEqual(['new', 'new'])
  })

  test('numbers rows by the keys that it is given, which may have others too', () => {
    const keys = createTextNumbers()
    keys.enter('other')
    const { numberOf } = createRowMemory({ keyOf }, keys)
    expect(['a', 'b', 'a', 'other'].map((id) => numberOf(row(id, '')))).toEqual([1, 2, 1, 0])
    expect(createRowMemory<Row>({}, keys).numberOf(row('a', ''))).toBeUndefined()
  })

  test('looks at every row once, however many there are', () => {
    const lookedAt = (rows: number) => {
      let times = 0
      const memory = createRowMemory<Row>({
        keyOf: (item) => {
          times++
          return item.id
        },
        contentOf: (item) => {
          times++
          return [item.content]
        },
      })
      for (let index = 0; index < rows; index++) recognizing(memory)(row(String(index % 500), String(index % 7)))
      return times
    }
    expect([lookedAt(1_000), lookedAt(2_000)]).toEqual([2_000, 4_000])
  })
})

describe('a list whose rows come again otherwise', () => {
  const pagesOf = async (steps: readonly Step[]) => {
    const list = createPaged<string>({
      ...name,
      clock: systemClock,
      keyOf: (text) => text.slice(0, 1),
      contentOf: (text) => [text.slice(1)],
      walk: async function* () {
        yield* steps
      },
    })
    const pages = []
    for await (const page of list.pages()) if (page._tag === 'Right') pages.push(page.right)
    return pages
  }

  test('is a mismatch whatever its total says, and keeps them apart from its items', async () => {
    const pages = await pagesOf([middle(['a1', 'b1'], { total: 3 }), last(['a2', 'b1', 'c1'], { total: 3 })])
    expect(pages.map(({ items, contradicting }) => [items, contradicting])).toEqual([
      [['a1', 'b1'], undefined],
      [['c1'], ['a2']],
    ])
    expect(pages.at(-1)?.ledger).toMatchObject({ items: 3, repeated: 2, verdict: 'mismatch' })
  })

  test('is so on one page too', async () => {
    const pages = await pagesOf([last(['a1', 'a2'], { total: 1 })])
    expect(pages).toMatchObject([{ items: ['a1'], contradicting: ['a2'], ledger: { verdict: 'mismatch' } }])
  })
})
