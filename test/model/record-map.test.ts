import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRecordMap } from '../../src/model/record-map.ts'
import { createTextNumbers } from '../../src/model/text-numbers.ts'

interface Row {
  readonly name?: string | null
  readonly status: 'active' | 'inactive'
  readonly isInvited?: boolean
  readonly seats?: number
  readonly activity?: readonly { readonly at: string; readonly source: string }[]
  readonly others?: readonly string[]
}

/** Texts of all kinds: half characters, times and addresses, and what only looks like them. */
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.emailAddress(),
  fc.constantFrom(
    '',
    '@',
    'a@',
    '@example.com',
    'a@b@c',
    'no time, Tho',
    '2026-01-31T',
    '2026-01-31T@',
    '\ud83d@\ude00',
  ),
)

const rows: fc.Arbitrary<Row> = fc.record(
  {
    name: fc.option(texts),
    status: fc.constantFrom('active', 'inactive'),
    isInvited: fc.boolean(),
    seats: fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0)),
    activity: fc.array(fc.record({ at: texts, source: fc.constantFrom('one', 'other') }, { noNullPrototype: true }), {
      maxLength: 3,
    }),
    others: fc.array(texts, { maxLength: 3 }),
  },
  { requiredKeys: ['status'], noNullPrototype: true },
)

describe('a map of records', () => {
  test('has a number for each id, which it has together with other maps of the same ids', () => {
    const ids = createTextNumbers()
    const [some, others] = [createRecordMap<Row>(ids), createRecordMap<Row>(ids)]
    expect([some.set('a', { status: 'active' }), others.set('b', { status: 'active' })]).toEqual([0, 1])
    expect(others.set('a', { status: 'inactive' })).toBe(0)
    expect([some.size, others.size]).toEqual([1, 2])
    expect([some.numberOf('b'), some.has('b'), some.get('b')]).toEqual([undefined, false, undefined])
    expect([...some.keys(), ...others.keys()]).toEqual(['a', 'a', 'b'])
    expect([...others.numbers()].map((number) => [others.idAt(number), others.at(number).status])).toEqual([
      ['a', 'inactive'],
      ['b', 'active'],
    ])
  })

  test('sets a record by the number that its id has already', () => {
    const ids = createTextNumbers()
    const records = createRecordMap<Row>(ids)
    expect(records.ids).toBe(ids)
    const [other, number] = [ids.enter('other'), ids.enter('a')]
    expect([records.hasAt(number), records.size]).toEqual([false, 0])
    records.setAt(number, { status: 'active' })
    records.setAt(number, { status: 'inactive' })
    expect([records.hasAt(number), records.hasAt(other), records.size]).toEqual([true, false, 1])
    expect(records.get('a')).toEqual({ status: 'inactive' })
  })

  test('keeps a number beside a record', () => {
    const records = createRecordMap<Row>()
    const number = records.set('a', { status: 'active' })
    expect(records.markAt(number)).toBeUndefined()
    records.mark(number, 0)
    expect(records.markAt(number)).toBe(0)
  })

  test('gives back what a Map gives, with members in the same order, whatever was set', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ maxLength: 3 }), rows), { maxLength: 50 }), (entries) => {
        const map = new Map(entries)
        const records = createRecordMap<Row>()
        for (const [id, row] of entries) records.set(id, row)
        expect(JSON.stringify([...records])).toBe(JSON.stringify([...map]))
        expect([...records.keys()]).toEqual([...map.keys()])
        expect(records.size).toBe(map.size)
        for (const [id, row] of map) {
          const number = records.numberOf(id) ?? -1
          expect(records.get(id)).toStrictEqual(row)
          expect(records.at(number)).toStrictEqual(row)
          for (const other of map.values()) {
            expect(records.isAt(number, other)).toBe(JSON.stringify(other) === JSON.stringify(row))
          }
        }
        expect([records.get('no such'), records.has('no such')]).toEqual([undefined, false])
      }),
    )
  })

  test('leaves out members that are undefined, and has more different texts than it keeps once', () => {
    const records = createRecordMap<{ readonly name?: string | undefined; readonly group: string }>()
    const names = Array.from({ length: 3_000 }, (_, index) => `name ${index}`)
    for (const [index, name] of names.entries()) records.set(String(index), { name, group: `group ${index % 7}` })
    records.set('nobody', { name: undefined, group: 'none' })
    expect(names.map((_, index) => records.get(String(index))?.name)).toEqual(names)
    expect(Object.keys(records.get('nobody') ?? {})).toEqual(['group'])
  })

  test('gives back times and addresses of more days and organizations than it keeps once', () => {
    interface Person {
      readonly email: string
      readonly created: string
    }
    const records = createRecordMap<Person>()
    const dayMs = 86_400_000
    const people = Array.from({ length: 6_000 }, (_, index) => ({
      email: `grace.${index}@${index % 2 === 0 ? 'example.com' : `company-${index}.example.com`}`,
      created: new Date(index * dayMs * (index % 3)).toISOString(),
    }))
    for (const [index, person] of people.entries()) records.set(String(index), person)
    expect(people.map((_, index) => records.get(String(index)))).toEqual(people)
    expect(people.every((person, index) => records.isAt(index, person))).toBe(true)
  })

  test('takes little memory for what people have in common', () => {
    const records = createRecordMap<Record<string, unknown>>()
    const before = process.memoryUsage().arrayBuffers
    for (let index = 0; index < 100_000; index++) {
      records.set(String(index), {
        status: 'active',
        invitePending: false,
        displayName: `Grace Hopper ${index % 500}`,
        email: `grace.hopper.${index}@example.com`,
        department: null,
        created: new Date(1_700_000_000_000 + index * 3_600_000).toISOString(),
      })
    }
    // About 50 of them are the record; some are tables that grew, and are not collected yet.
    expect((process.memoryUsage().arrayBuffers - before) / 100_000).toBeLessThan(120)
  })

  test('knows a record again whose texts were kept once at first, and are no more', () => {
    const records = createRecordMap<{ readonly name: string; readonly group: string }>()
    const rows = Array.from({ length: 3_000 }, (_, index) => ({ name: `name ${index}`, group: `group ${index % 7}` }))
    for (const [index, row] of rows.entries()) expect(records.set(String(index), row)).toBe(index)
    expect(rows.every((row, index) => records.isAt(index, row))).toBe(true)
    expect(rows.some((row, index) => records.isAt(index, { ...row, group: 'another' }))).toBe(false)
  })
})
