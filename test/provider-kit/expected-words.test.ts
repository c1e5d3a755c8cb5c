import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { expectedWords } from '../../src/model/expected-words.ts'

const Seat = t.type({ id: t.string }, 'Seat')
const Id = t.refinement(t.string, (text) => text !== '', 'string, not empty')
const nullable = <C extends t.Mixed>(codec: C) => t.union([codec, t.null, t.undefined], codec.name)

describe('what a codec expects is said in words', () => {
  test.each<[t.Mixed, string]>([
    [t.string, 'string'],
    [t.number, 'number'],
    [t.UnknownArray, 'a list'],
    [t.array(Seat), 'a list'],
    [t.array(Seat, 'Seats'), 'a list'],
    [t.array(Id, 'license ids'), 'license ids'],
    [nullable(t.array(Seat, 'Seats')), 'a list'],
    [Seat, 'an object'],
    [t.type({ id: t.string }), 'an object'],
    [t.partial({ id: t.string }, 'Some'), 'an object'],
    [t.intersection([Seat, t.partial({ name: t.string })], 'Named'), 'an object'],
    [t.record(t.string, Seat), 'an object'],
    [t.UnknownRecord, 'an object'],
    [nullable(Seat), 'an object'],
    [nullable(t.string), 'string'],
    [t.literal('add'), '"add"'],
    [t.keyof({ add: null, remove: null }, 'Action'), 'one of "add", "remove"'],
    [t.union([t.literal('add'), t.literal('remove')], 'Action'), 'one of "add", "remove"'],
    [nullable(t.literal('add')), '"add"'],
    [t.union([Seat, t.type({ no: t.number })], 'Either'), 'an object'],
    [t.union([t.string, t.number]), 'string or number'],
    [t.union([t.number, t.string], 'number or numeric text'), 'number or numeric text'],
    [Id, 'string, not empty'],
    [t.refinement(t.array(Seat), (all) => all.length > 0, 'Filled'), 'a list'],
  ])('%o', (codec, words) => {
    expect(expectedWords(codec)).toBe(words)
  })
})
