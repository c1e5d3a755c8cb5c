import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { type FilterField, parseFilter, watchWords } from '../../src/filter/index.ts'

const fields: readonly FilterField[] = [
  { key: 'status', heading: 'Status', holds: 'text' },
  { key: 'licenses', heading: 'Licenses', holds: 'text', separator: ', ' },
  { key: 'seats', heading: 'Seats', holds: 'number' },
]

/** What is not met of an expression in these rows. */
const unmet = (where: string, rows: readonly (readonly [status: string, licenses: string])[]) => {
  const expression = parseFilter(where)
  if (E.isLeft(expression)) throw new Error(expression.left.message)
  const watch = watchWords(expression.right, fields)
  for (const [status, licenses] of rows) watch.see((place) => [status, licenses, 3][place] ?? '')
  return watch.unmet()
}

const rows = [
  ['active', 'Calling, Messaging'],
  ['Inactive', 'Calling'],
  ['active', ''],
] as const

describe('a word that no row has', () => {
  it.each([
    ['status = activ', [['status', 'activ', ['active', 'Inactive'], ['Inactive', 'active']]]],
    ['not (licenses in (Calling, Mesaging))', [['licenses', 'Mesaging', ['Messaging'], ['Calling', 'Messaging']]]],
    ['status != x or status = x', [['status', 'x', [], ['Inactive', 'active']]]],
    // Met in any case, a part of a text, another question, and a number.
    ['status = INACTIVE and licenses ~ zzz and status is unknown and status > zzz and seats = 4', []],
  ])('is told with what may be meant: %s', (where, told) => {
    expect(unmet(where, rows).map(({ column, word, meant, choices }) => [column, word, meant, choices])).toEqual(told)
  })

  it('is not told of a column that has too many texts to be a choice', () => {
    const many = (count: number) => Array.from({ length: count }, (_, place) => [`text ${place}`, ''] as const)
    expect(unmet('status = "text x"', many(11))).toMatchObject([
      { meant: [expect.any(String), '', ''].fill(expect.any(String)), choices: [] },
    ])
    expect(unmet('status = "text x"', many(1_001))).toEqual([])
  })
})
