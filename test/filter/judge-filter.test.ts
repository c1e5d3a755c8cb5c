import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { type FilterField, type FilterValue, judgeFilter, parseFilter, type Verdict } from '../../src/filter/index.ts'

const fields: readonly FilterField[] = [
  { key: 'name', heading: 'License', holds: 'text' },
  { key: 'available', heading: 'Available', holds: 'count' },
  { key: 'utilization', heading: 'Utilization', holds: 'part' },
  { key: 'cost', heading: 'Cost per month', holds: 'cost' },
  { key: 'lastActiveAt', heading: 'Last active', holds: 'time' },
  { key: 'licenseIds', heading: 'License ids', holds: 'text', separator: ' ' },
]

const judged = (text: string) =>
  pipe(
    parseFilter(text),
    E.mapLeft((mistake) => [mistake]),
    E.flatMap((expression) => judgeFilter(expression, fields)),
  )

const verdict = (text: string, values: Readonly<Record<string, FilterValue>>): Verdict => {
  const judge = judged(text)
  if (E.isLeft(judge)) throw new Error(judge.left.map(({ message }) => message).join('\n'))
  return judge.right((place) => values[fields[place]?.key ?? ''] ?? '')
}

const known = (value: number): FilterValue => ({ count: { kind: 'known', value } })
const unlimited: FilterValue = { count: { kind: 'unlimited' } }
const unknown: FilterValue = { count: { kind: 'unknown', reason: 'not told' } }
const atLeast40: FilterValue = { count: { kind: 'unknown', reason: 'not told', atLeast: 40 } }
const notApplicable: FilterValue = { count: { kind: 'notApplicable' } }

describe('a number', () => {
  it.each([
    ['available > 0', [true, true, undefined, true, false]],
    ['available < 5', [true, false, undefined, false, false]],
    ['available >= 3', [true, true, undefined, true, false]],
    ['available <= 2', [false, false, undefined, false, false]],
    ['available = 3', [true, false, undefined, false, false]],
    ['available != 3', [false, true, undefined, true, true]],
    ['available = 50', [false, false, undefined, undefined, false]],
    ['available in (1, 3)', [true, false, undefined, false, false]],
    ['available not in (1, 3)', [false, true, undefined, true, true]],
    ['not available > 0', [false, false, undefined, false, true]],
    ['available is known', [true, false, false, false, false]],
    ['available is unknown', [false, false, true, true, false]],
    ['available is unlimited', [false, true, false, false, false]],
    ['available is not applicable', [false, false, false, false, true]],
    ['available is not unlimited', [true, false, true, true, true]],
  ] as const)('%s, for 3, unlimited, unknown, at least 40, not applicable', (text, verdicts) => {
    const values = [known(3), unlimited, unknown, atLeast40, notApplicable]
    expect(values.map((available) => verdict(text, { available }))).toEqual(verdicts)
  })

  it('is compared as a part with percentages, exactly', () => {
    const utilization: FilterValue = { part: { kind: 'known', value: 0.9 } }
    expect(verdict('utilization >= 90%', { utilization })).toBe(true)
    expect(verdict('utilization > 90%', { utilization })).toBe(false)
    const wrong = Array.from({ length: 1_001 }, (_, used) => used).filter((used) => {
      const part: FilterValue = { part: { kind: 'known', value: used / 1_000 } }
      return verdict(`utilization = ${(used / 10).toFixed(1)}%`, { utilization: part }) !== true
    })
    expect(wrong).toEqual([])
  })

  it('that is unknown never decides, but what is known beside it may', () => {
    expect(verdict('available > 0 or name = Pro', { available: unknown, name: 'Pro' })).toBe(true)
    expect(verdict('available > 0 and name = Pro', { available: unknown, name: 'Plus' })).toBe(false)
    expect(verdict('available > 0 and name = Pro', { available: unknown, name: 'Pro' })).toBe(undefined)
  })
})

describe('a cost', () => {
  const cost: FilterValue = { cost: { kind: 'known', amounts: [{ amount: 1_990, currency: 'EUR' }] } }
  const both: FilterValue = {
    cost: {
      kind: 'known',
      amounts: [
        { amount: 1_990, currency: 'EUR' },
        { amount: 100, currency: 'JPY' },
      ],
    },
  }

  it('is compared in whole units of its currency, exactly', () => {
    expect(verdict('cost = 19.90', { cost })).toBe(true)
    expect(verdict('cost > "19 eur"', { cost })).toBe(true)
    expect(verdict('cost >= 100JPY', { cost: both })).toBe(true)
  })

  it('in several currencies is no number without one of them', () => {
    expect(verdict('cost > 1', { cost: both })).toBe(undefined)
    expect(verdict('cost > 1USD', { cost: both })).toBe(false)
  })
})

describe('a time', () => {
  const lastActiveAt: FilterValue = { time: '2026-06-01T12:00:00.000Z' }

  it.each([
    ['lastActiveAt = 2026-06-01', true],
    ['lastActiveAt < 2026-06-01', false],
    ['lastActiveAt <= 2026-06-01', true],
    ['lastActiveAt > 2026-06-01', false],
    ['lastActiveAt > 2026-05-31', true],
    ['lastActiveAt < 2026-06-01T12:00:01Z', true],
  ])('is on a day or after it: %s', (text, expected) => {
    expect(verdict(text, { lastActiveAt })).toBe(expected)
  })

  it('that is not there is not long ago', () => {
    expect(verdict('lastActiveAt < 2026-06-01', {})).toBe(undefined)
    expect(verdict('lastActiveAt is empty', {})).toBe(true)
  })
})

describe('a text', () => {
  it('is compared as the project compares names: letters A to Z in any case, and nothing else folded', () => {
    expect(verdict('name = "webex CALLING"', { name: ' Webex Calling' })).toBe(true)
    expect(verdict('name ~ call', { name: 'Webex Calling' })).toBe(true)
    expect(verdict('name ~ i', { name: 'İ' })).toBe(false)
  })

  it('that is not there, or says unknown, is not another one', () => {
    expect(verdict('name != Pro', {})).toBe(undefined)
    expect(verdict('name != active', { name: 'unknown' })).toBe(undefined)
    expect(verdict('name = unknown', { name: 'unknown' })).toBe(true)
    expect(verdict('name is unknown', { name: 'unknown' })).toBe(true)
  })

  it('that is a list has elements', () => {
    expect(verdict('licenseIds = plus', { licenseIds: 'basic plus' })).toBe(true)
    expect(verdict('licenseIds = plu', { licenseIds: 'basic plus' })).toBe(false)
    expect(verdict('licenseIds in (pro, basic)', { licenseIds: 'basic plus' })).toBe(true)
  })
})

describe('the three answers', () => {
  const value = fc.constantFrom(known(1), known(9), unknown, atLeast40, unlimited, notApplicable)
  const comparison = fc.constantFrom('available > 5', 'available = 9', 'available is known', 'available < 40')

  it('follow De Morgan, whatever is unknown', () => {
    fc.assert(
      fc.property(value, comparison, comparison, (available, one, other) => {
        expect(verdict(`not (${one} and ${other})`, { available })).toBe(
          verdict(`not ${one} or not ${other}`, { available }),
        )
      }),
    )
  })
})

describe('what does not fit the columns', () => {
  it.each([
    ['availble > 0', 0, 8, 'there is no column "availble" (did you mean "available"?)'],
    [
      'name = a and "Last active" > 2026-01-01',
      13,
      26,
      'there is no column "Last active" (did you mean "lastActiveAt"?)',
    ],
    ['available > many', 12, 16, 'expected a number such as 5 for available, found "many"'],
    [
      'available = unknown',
      12,
      19,
      'expected a number such as 5 for available, found "unknown"; write "available is unknown"',
    ],
    ['utilization > 90', 14, 16, 'expected a percentage such as 90% for utilization, found "90"'],
    [
      'lastActiveAt > 2026-02-30',
      15,
      25,
      'expected a day such as 2026-01-31, or a time such as 2026-01-31T08:00:00Z for lastActiveAt, found "2026-02-30"',
    ],
    ['available ~ 5', 0, 13, 'expected one of = != < <= > >=; "~" is for texts, and available is none'],
    ['name is unlimited', 0, 4, '"is unlimited" is for numbers, and name is none'],
  ])('%s', (text, at, end, message) => {
    expect(judged(text)).toEqual(E.left([{ at, end, message }]))
  })

  it('is told all at once, in the order of the text', () => {
    const judge = judged('availble > 0 and nam in (1, 2)')
    expect(E.isLeft(judge) ? judge.left.map(({ at }) => at) : []).toEqual([0, 17])
  })
})
