import { describe, expect, test } from 'vitest'
import { continuationTo, placeBehind, placeOf, searchFor } from '../../src/paging/place-in-list.ts'
import { name } from './list-of.ts'

const list = { provider: name.provider, operation: name.operation, of: 'cx1' }
const own = (row: string) => row
const behind = placeBehind(3, 'c')
const inPage2 = continuationTo(list, { page: '2/100', behind })

describe('a continuation to a row', () => {
  for (const page of [undefined, '2/100', 'a:b\nc', 'behind:7', '']) {
    test(`leads back to it, on the page ${JSON.stringify(page)}`, () => {
      expect(placeOf(list, continuationTo(list, { page, behind }))).toEqual({ page, behind })
    })
  }

  test('has nothing of the row', () => {
    const continuation = continuationTo(list, { page: undefined, behind: placeBehind(1, 'jane@example.com') })
    expect(continuation).not.toMatch(/jane|example/)
  })

  test('is the walk’s own where it leads to a page', () => {
    expect(continuationTo(list, { page: '2/100' })).toBe('2/100')
    expect(placeOf(list, '2/100')).toEqual({ page: '2/100' })
  })

  test('leads to a page also where the walk’s own looks like one to a row', () => {
    for (const page of ['behind:7', inPage2]) {
      expect(placeOf(list, continuationTo(list, { page }))).toStrictEqual({ page })
    }
  })

  for (const [what, continuation] of [
    ['cut', inPage2.slice(0, 30)],
    ['longer', continuationTo(list, { page: undefined, behind }).concat('x')],
    ['inside of another text', `behind:${inPage2}`],
    ['of no row', 'behind:'],
    ['of a row that is no number', inPage2.replace(':3:', ':x:')],
  ] as const) {
    test(`is refused where it is ${what}`, () => {
      expect(placeOf(list, continuation)).toBeUndefined()
    })
  }

  test('is refused by another list, also of the same operation', () => {
    expect(placeOf({ ...list, of: 'cx2' }, inPage2)).toBeUndefined()
    expect(placeOf({ ...list, operation: 'GET /others' }, inPage2)).toBeUndefined()
  })
})

describe('the search for the row after which a list is resumed', () => {
  test('is none where no row is sought, or rows have no keys', () => {
    expect(searchFor(undefined, own).enter(['a'], true)).toEqual({ rows: 0, lost: false })
    expect(searchFor<string>(behind, undefined).enter(['a', 'b', 'c'], true)).toEqual({ rows: 0, lost: false })
  })

  test('finds it where it was', () => {
    const search = searchFor(behind, own)
    expect(search.enter(['a', 'b', 'c', 'd'], true)).toEqual({ rows: 3, lost: false })
    expect(search.left()).toBeUndefined()
    expect(search.enter(['e'], true)).toEqual({ rows: 0, lost: false })
  })

  test('takes the one at its place, where its key comes twice', () => {
    expect(searchFor(behind, own).enter(['c', 'b', 'c'], true)).toEqual({ rows: 3, lost: false })
  })

  test('finds it where rows before it have gone, also on a page that has become short', () => {
    const search = searchFor(behind, own)
    expect(search.enter(['b', 'c'], true)).toEqual({ rows: 2, lost: false })
    expect(search.left()).toBeUndefined()
  })

  test('goes on where pages have become smaller', () => {
    const search = searchFor(placeBehind(5, 'e'), own)
    expect(search.enter(['a', 'b'], true)).toEqual({ rows: 2, lost: false })
    expect(search.left()).toEqual(placeBehind(3, 'e'))
    expect(search.enter(['c', 'd'], true)).toEqual({ rows: 2, lost: false })
    expect(search.left()).toEqual(placeBehind(1, 'e'))
    expect(search.enter(['e', 'f'], true)).toEqual({ rows: 1, lost: false })
    expect(search.left()).toBeUndefined()
  })

  for (const [what, items, more] of [
    ['a page that reaches to its place', ['a', 'b', 'x'], true],
    ['a longer page', ['a', 'b', 'x', 'd'], true],
    ['a shorter page that is the last one', ['a', 'b'], false],
  ] as const) {
    test(`says that it is lost where it is not on ${what}, so that all rows come again`, () => {
      const search = searchFor(behind, own)
      expect(search.enter(items, more)).toEqual({ rows: 0, lost: true })
      expect(search.left()).toBeUndefined()
    })
  }
})
