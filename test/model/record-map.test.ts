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

const rows: fc.Arbitrary<Row> = fc.record(
  {
    name: fc.option(fc.string({ unit: 'binary' })),
    status: fc.constantFrom('active', 'inactive'),
    isInvited: fc.boolean(),
    seats: fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0)),
    activity: fc.array(
      fc.record({ at: fc.string(), source: fc.constantFrom('one', 'other') }, { noNullPrototype: true }),
      { maxLength: 3 },
    ),
    others: fc.array(fc.string(), { maxLength: 3 }),
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

  test('knows a record again whose texts were kept once at first, and are no more', () => {
    const records = createRecordMap<{ readonly name: string; readonly group: string }>()
    const rows = Array.from({ length: 3_000 }, (_, index) => ({ name: `name ${index}`, group: `group ${index % 7}` }))
    for (const [index, row] of rows.entries()) expect(records.set(String(index), row)).toBe(index)
    expect(rows.every((row, index) => records.isAt(index, row))).toBe(true)
    expect(rows.some((row, index) => records.isAt(index, { ...row, group: 'another' }))).toBe(false)
  })
})
