import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import {
  type FilterExpression,
  filterOperators,
  filterStates,
  filterText,
  parseFilter,
} from '../../src/filter/index.ts'

const read = (text: string): FilterExpression => {
  const parsed = parseFilter(text)
  if (E.isLeft(parsed)) throw new Error(`${parsed.left.message} at ${parsed.left.at}`)
  return parsed.right
}

const mistakeIn = (text: string) => {
  const parsed = parseFilter(text)
  return E.isLeft(parsed) ? parsed.left : undefined
}

/** Without places, which a text that is written otherwise has elsewhere. */
const withoutPlaces = (expression: FilterExpression): unknown =>
  JSON.parse(JSON.stringify(expression, (key, value) => (key === 'at' || key === 'end' ? undefined : value)))

const word = fc
  .oneof(fc.string(), fc.constantFrom('and', 'NOT', 'is', '', 'a"b\\', 'name', '90%', '2026-01-31'))
  .map((text) => ({ text, at: 0, end: 0 }))

const { expression } = fc.letrec<{ expression: FilterExpression; part: FilterExpression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4 },
    tie('part'),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      parts: fc.array(tie('expression'), { minLength: 2, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('not' as const), part: tie('expression') }),
  ),
  part: fc.oneof(
    fc.record({
      kind: fc.constant('compare' as const),
      field: word,
      operator: fc.constantFrom(...filterOperators),
      value: word,
    }),
    fc.record({
      kind: fc.constant('in' as const),
      field: word,
      isNegated: fc.boolean(),
      values: fc.array(word, { minLength: 1, maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constant('is' as const),
      field: word,
      isNegated: fc.boolean(),
      state: fc.constantFrom(...filterStates),
    }),
  ),
}))

describe('an expression', () => {
  it('is read as the same expression when it is written out', () => {
    fc.assert(
      fc.property(expression, (written) => {
        expect(withoutPlaces(read(filterText(written)))).toEqual(withoutPlaces(written))
      }),
    )
  })

  it('binds "and" more closely than "or", and "not" more closely than both', () => {
    expect(filterText(read('not a = 1 and b = 2 or c = 3'))).toBe('not a = 1 and b = 2 or c = 3')
    expect(read('not a = 1 and b = 2 or c = 3')).toMatchObject({
      kind: 'or',
      parts: [{ kind: 'and', parts: [{ kind: 'not' }, { kind: 'compare' }] }, { kind: 'compare' }],
    })
    expect(filterText(read('(a = 1 or b = 2) and c = 3'))).toBe('(a = 1 or b = 2) and c = 3')
  })

  it.each([
    ['name~"Contact Center"', 'name ~ "Contact Center"'],
    ["name = 'it''s'", undefined],
    ["name = 'it\\'s'", 'name = "it\'s"'],
    ['A IN (x,"y z") AND b Is Not Unknown', 'A in (x, "y z") and b is not unknown'],
    ['a is not applicable', 'a is not applicable'],
    ['a is not not applicable', 'a is not not applicable'],
    ['a not in (1)', 'a not in (1)'],
    ['email = ada@example.com', 'email = ada@example.com'],
    ['utilization>=90%', 'utilization >= 90%'],
  ])('is written %s', (text, meaning) => {
    const parsed = parseFilter(text)
    expect(E.isRight(parsed) ? filterText(parsed.right) : undefined).toBe(meaning)
  })
})

describe('a mistake', () => {
  it('is within the text, whatever the text is, and nothing is thrown', () => {
    const piece = fc.constantFrom(
      ' ',
      '(',
      ')',
      ',',
      '=',
      '!',
      '!=',
      '~',
      '"',
      "'",
      '\\',
      'and',
      'or',
      'not',
      'in',
      'is',
    )
    const text = fc.oneof(
      fc.string(),
      fc.array(fc.oneof(piece, fc.string())).map((pieces) => pieces.join('')),
    )
    fc.assert(
      fc.property(text, (given) => {
        const mistake = mistakeIn(given)
        if (mistake === undefined) return
        expect(mistake.message).not.toBe('')
        expect(mistake.at).toBeGreaterThanOrEqual(0)
        expect(mistake.end).toBeGreaterThanOrEqual(mistake.at)
        expect(mistake.end).toBeLessThanOrEqual(given.length)
      }),
    )
  })

  it.each([
    ['', 0, 'expected a column, found the end'],
    ['available', 9, 'expected one of = != < <= > >= ~, "in" or "is" after "available", found the end'],
    ['available <', 11, 'expected a value, found the end'],
    ['available < and', 12, 'expected a value (the word and needs quotes), found "and"'],
    ['available ! 5', 10, 'expected "!=", or "not" before the comparison; found "!"'],
    ['(a = 1', 6, 'expected "and", "or" or ")", found the end'],
    ['a = 1)', 5, 'expected "and", "or" or the end, found ")"'],
    ['a in 1', 5, 'expected values in parentheses, such as (a, b), found "1"'],
    ['a is big', 5, 'expected one of known, unknown, unlimited, not applicable, empty, found "big"'],
    ['name = "Webex', 7, 'expected a second " at the end of the text in quotes'],
    [
      'name = Contact Center',
      15,
      'expected "and", "or" or the end, found "Center"; a text of several words needs quotes: "Contact Center"',
    ],
  ])('in %j is at %i', (text, at, message) => {
    expect(mistakeIn(text)).toMatchObject({ at, message })
  })

  it('is what is nested too deeply or too long, and no stack overflows', () => {
    expect(mistakeIn(`${'('.repeat(5_000)}a = 1`)?.message).toMatch('at most 100')
    expect(mistakeIn(`${'not '.repeat(2_000)}a = 1`)?.message).toMatch('at most 100')
    expect(mistakeIn(`a = ${'x'.repeat(20_000)}`)?.message).toMatch('10000 characters at most')
  })
})
