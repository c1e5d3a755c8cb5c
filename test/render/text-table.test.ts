import { describe, expect, it } from 'vitest'
import { plain } from '../../src/render/text/surface.ts'
import { type Column, createTableWriter } from '../../src/render/text/text-table.ts'
import { textWidth } from '../../src/render/text/text-width.ts'

const table = (columns: readonly Column[], rows: readonly (readonly string[])[], room?: number): readonly string[] =>
  createTableWriter(
    columns,
    room === undefined ? { paint: plain } : { paint: plain, columns: room },
  )(rows)
    .trimEnd()
    .split('\n')

const NAME: Column = { heading: 'License', minimum: 12 }

describe('a table', () => {
  it('aligns wide and joined characters as a terminal shows them', () => {
    const names = ['Ada', '田中', '👩‍👩‍👧‍👦', 'e\u0301', '1️⃣', 'مرحبا']
    const lines = table(
      [NAME, { heading: 'n', align: 'right' }],
      names.map((name) => [name, '7']),
    )
    const ends = lines.map((line) => textWidth(line))
    expect(new Set(ends)).toEqual(new Set([10]))
  })

  it('shows two names apart that differ at their end', () => {
    const [, emea, apac] = table(
      [NAME, { heading: 'Seats' }],
      ['EMEA', 'APAC'].map((region) => [`Contact Center Premium ${region}`, '1']),
      22,
    )
    expect(emea).toMatch(/^Contact.*…\S* ?\S*EMEA 1$/)
    expect(apac).toMatch(/^Contact.*…\S* ?\S*APAC 1$/)
  })

  it('shows two names apart that differ in their middle', () => {
    const names = ['emea', 'apac'].map((site) => `Webex Meetings Suite (${site}.acme.example.com)`)
    const [, emea, apac] = table(
      [NAME, { heading: 'Seats' }],
      names.map((name) => [name, '1']),
      22,
    )
    expect(emea).toBe('Webe…emea.acme.… 1')
    expect(apac).toBe('Webe…apac.acme.… 1')
  })

  it('leaves out what is expendable where there is no room, and says so', () => {
    const columns: readonly Column[] = [
      NAME,
      { heading: 'Product', minimum: 7, expendable: 1 },
      { heading: 'Consumed', expendable: 2 },
      { heading: 'Cost a month', align: 'right' },
    ]
    const rows = [['A license with a name', 'CODE', '12345678', 'EUR 1,234.56']]
    const at = (room: number) => table(columns, rows, room)
    expect(at(60).join('\n')).toContain('CODE')
    expect(at(40)[0]).toBe('No room for: Product (use a wider')
    expect(at(40).at(-1)).toMatch(/^A lic.*12345678 EUR 1,234\.56$/)
    expect(at(27).join(' ')).toMatch(/Product, +Consumed/)
    for (const room of [60, 50, 40, 30, 27])
      for (const line of at(room)) expect(textWidth(line)).toBeLessThanOrEqual(room)
  })

  it('keeps a column that it has left out for all of its rows', () => {
    const columns: readonly Column[] = [NAME, { heading: 'Product', expendable: 1 }]
    const write = createTableWriter(columns, { paint: plain, columns: 16 })
    expect(write([['a name of some length', 'CODE']])).toMatch(/^No room for:\s+Product/)
    expect(write([['b', 'CODE']])).toBe('b\n')
  })

  it('gets narrower than it should before a later row makes a line too long', () => {
    const columns: readonly Column[] = [NAME, { heading: 'Cost', align: 'right' }]
    const write = createTableWriter(columns, { paint: plain, columns: 24 })
    write([['a name of some length', 'EUR 1.00']])
    const line = write([['a name of some length', '≥ EUR 1,234.00']]).trimEnd()
    expect(textWidth(line)).toBe(24)
    expect(line).toMatch(/≥ EUR 1,234\.00$/)
  })

  it('leaves nothing out where lines may be of any length', () => {
    const [headings] = table([NAME, { heading: 'Product', expendable: 1 }], [['x'.repeat(500), 'CODE']])
    expect(headings).toMatch(/^License +Product$/)
  })
})

describe('what a table costs', () => {
  /** Characters that are written: what takes time is to make them. */
  const written = (names: readonly string[]): number =>
    table(
      [NAME, { heading: 'Seats', align: 'right' }],
      names.map((name) => [name, '1']),
    ).join('\n').length

  it('is in proportion to its rows, although one name is very long', () => {
    const withOne = (rows: number, length: number) =>
      written(['x'.repeat(length), ...Array.from({ length: rows }, () => 'y')])
    expect(withOne(2_000, 20_000) / withOne(1_000, 10_000)).toBeLessThan(2.2)
  })
})
