import { createRequire } from 'node:module'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { decode } from '../../src/model/decoder.ts'
import { gapsOf } from '../../src/provider-kit/decode.ts'
import { Answers } from '../../src/provider-kit/index.ts'

const Seat = t.intersection(
  [
    t.type({ id: t.string, owner: t.type({ name: t.string }, 'Owner') }),
    t.partial({ count: t.union([t.number, t.null, t.undefined], 'number'), tags: t.array(t.string) }),
  ],
  'Seat',
)

const good = { id: 'a', owner: { name: 'Jane' } }

const issuesOf = (value: unknown, codec: t.Mixed = Seat) => {
  const decoded = decode(codec, value)
  return E.isLeft(decoded) ? decoded.left : []
}

describe('decoding', () => {
  test('gives the value itself, with fields that nobody asked for', () => {
    const value = { ...good, extra: true }
    const decoded = decode(Seat, value)
    expect(E.isRight(decoded) && decoded.right).toBe(value)
  })

  for (const count of [null, undefined, 3]) {
    test(`takes ${count} for a field that may be absent`, () => {
      expect(issuesOf({ ...good, count })).toEqual([])
    })
  }

  test('names the path and what was expected there', () => {
    expect(issuesOf({ id: 1, owner: { name: 2 } })).toEqual(['id: expected string', 'owner.name: expected string'])
  })

  test('leaves the numbers of the members of combinations out of the path', () => {
    expect(issuesOf([good, { ...good, tags: ['x', 5] }], t.array(Seat, 'Seats'))).toEqual(['1.tags.1: expected string'])
  })

  test('names a field that may be absent and is wrong once', () => {
    expect(issuesOf({ ...good, count: 'many' })).toEqual(['count: expected number'])
  })

  test('names the value itself where it is wrong altogether', () => {
    expect(issuesOf('a page', t.type({}, 'Page'))).toEqual(['the value: expected an object'])
  })

  test('never contains a value', () => {
    const issues = issuesOf({ id: { secret: 'jane@example.com' }, owner: 'jane@example.com', tags: [{ jane: 'jane' }] })
    expect(issues.length).toBeGreaterThan(0)
    expect(issues.join()).not.toContain('jane')
  })

  test('names at most ten issues, each once', () => {
    const many = issuesOf(
      Array.from({ length: 500 }, () => 'x'),
      t.array(t.number, 'Numbers'),
    )
    expect(many).toHaveLength(10)
    expect(new Set(many).size).toBe(10)
  })
})

describe('decoding records one by one', () => {
  test('keeps the good ones in order and counts the bad ones', () => {
    const decoded = Answers.decodeRecords(Seat, [good, 'bad', { ...good, id: 'b' }, { id: 3 }])
    expect(decoded.records.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(decoded.undecodable).toBe(2)
  })

  test('names the place of the bad ones', () => {
    expect(Answers.decodeRecords(Seat, [good, { ...good, id: 3 }]).issues).toEqual(['1.id: expected string'])
  })

  test('names at most ten issues for all', () => {
    const decoded = Answers.decodeRecords(
      t.number,
      Array.from({ length: 100 }, () => 'x'),
    )
    expect(decoded).toMatchObject({ records: [], undecodable: 100 })
    expect(decoded.issues).toHaveLength(10)
  })

  test('finds nothing wrong with no records', () => {
    expect(Answers.decodeRecords(Seat, [])).toEqual({ records: [], undecodable: 0, issues: [] })
  })

  test('takes 100,000 records', () => {
    expect(
      Answers.decodeRecords(
        t.number,
        Array.from({ length: 100_000 }, (_, index) => index),
      ).records,
    ).toHaveLength(100_000)
  })
})

describe('the gap for bad records', () => {
  const decoded = (undecodable: number) => ({
    records: [],
    undecodable,
    issues: ['0.id: expected string', '1.id: expected string'],
  })

  test('is none where all could be decoded', () => {
    expect(gapsOf({ ...decoded(0), issues: [] }, 'page 1')).toEqual([])
  })

  test('says how many of which page, and what is wrong with them', () => {
    expect(gapsOf(decoded(2), 'page 5')).toEqual([
      { what: '2 records of page 5', reason: '0.id: expected string; 1.id: expected string' },
    ])
  })

  test('speaks of one record in the singular', () => {
    expect(gapsOf(decoded(1), 'page 5')[0]?.what).toBe('1 record of page 5')
  })

  test('names the license that it concerns, where it is only one', () => {
    expect(gapsOf(decoded(1), 'page 5', 'seat')[0]?.licenseId).toBe('seat')
  })
})

test('an invalid response names its issues in the message, and the status where there was one', () => {
  expect(Answers.invalidResponse('vendor-1', 'GET /seats', ['id: expected string'], 200)).toEqual({
    _tag: 'InvalidResponse',
    provider: 'vendor-1',
    operation: 'GET /seats',
    message: 'the answer is not what the vendor documents: id: expected string',
    issues: ['id: expected string'],
    status: 200,
  })
  expect(Answers.invalidResponse('vendor-1', 'GET /seats', [])).not.toHaveProperty('status')
})

test('the keys of a dictionary, which are the vendor’s own text, are not among the issues', () => {
  const Held = t.record(t.string, t.type({ licenses: t.array(t.string) }), 'held')
  expect(decode(Held, { 'jane@example.com': { licenses: [7] }, 'a-token': {} })).toEqual(
    E.left(['*.licenses.0: expected string', '*.licenses: expected a list']),
  )
})

test('the codecs of another copy of io-ts are told by the same words, and the keys of their dictionaries are not shown', () => {
  const require = createRequire(import.meta.url)
  const before = { ...require.cache }
  for (const path of Object.keys(require.cache)) if (/node_modules.io-ts/.test(path)) delete require.cache[path]
  const other: typeof t = require('io-ts')
  Object.assign(require.cache, before)
  expect(other.DictionaryType).not.toBe(t.DictionaryType)
  const Seats = (from: typeof t) =>
    from.intersection([
      from.type({ seats: from.record(from.string, from.union([from.number, from.null])) }),
      from.partial({}),
    ])
  const value = { seats: { 'jane@example.com': 'x' } }
  expect(issuesOf(value, Seats(other))).toEqual(issuesOf(value, Seats(t)))
  expect(issuesOf(value, Seats(other))).toEqual(['seats.*: expected number'])
})
