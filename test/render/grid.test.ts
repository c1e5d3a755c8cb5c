import { describe, expect, it } from 'vitest'
import { known, unknown } from '../../src/model/count.ts'
import { type Cell, type Grid, type Reader, withoutEmptyColumns } from '../../src/render/grid/grid.ts'
import { gridCsv } from '../../src/render/grid/grid-csv.ts'
import { gridMarkdown } from '../../src/render/grid/grid-markdown.ts'
import { gridSheet } from '../../src/render/grid/grid-sheet.ts'
import { gridTable } from '../../src/render/grid/grid-table.ts'
import { surfaceFor } from '../../src/render/rendering.ts'

const surface = surfaceFor({})

const gridOf = (row: readonly Cell[], only?: Reader): Grid => ({
  columns: [
    { key: 'name', heading: 'Name', holds: 'text' },
    { key: 'id', heading: 'Id', holds: 'text', ...(only === undefined ? {} : { only }) },
  ],
  rows: [['Ada', 'u1'], row],
  currencies: [],
})

const formats: Readonly<Record<string, (grid: Grid) => Iterable<unknown>>> = {
  csv: (grid) => gridCsv(grid, surface),
  md: gridMarkdown,
  table: (grid) => gridTable(grid, surface),
  xlsx: (grid) => gridSheet('Sheet', grid).rows,
  'fewer columns': (grid) => withoutEmptyColumns(grid).rows,
}

describe('a grid', () => {
  it.each(Object.keys(formats))('is not laid out as %s with a row that is too short or too long', (format) => {
    const layOut = (grid: Grid) => [...(formats[format]?.(grid) ?? [])]
    expect(layOut(gridOf(['Bob', 'u2']))).not.toEqual([])
    for (const row of [['Bob'], ['Bob', 'u2', '']]) {
      expect(() => layOut(gridOf(row))).toThrow(`a row of ${row.length} cells for the 2 columns name, id`)
      expect(() => layOut(gridOf(row, 'machines'))).toThrow('columns name, id')
    }
  })

  it('has a late note behind what was there before it, and before what is numbered', () => {
    const grid: Grid = {
      columns: [
        { key: 'pending', heading: 'Pending', holds: 'count', isNoteLate: true },
        { key: 'seats', heading: 'Seats', holds: 'count' },
        { key: 'one', heading: 'One', holds: 'number', isNumbered: true },
      ],
      rows: [
        [{ count: unknown('nobody says', 2) }, { count: known(3) }, 1],
        ['', '', ''],
      ],
      currencies: [],
    }
    expect([...gridCsv(grid, surface)].join('')).toBe(
      'pending,seats,seatsNote,pendingNote,one\r\n,3,,"unknown, at least 2: nobody says",1\r\n,,,,\r\n',
    )
  })

  it('has in a workbook what is certain at least beside the notes, so that a sum of it is a lower bound', () => {
    const grid: Grid = {
      columns: [
        { key: 'seats', heading: 'Seats', holds: 'count' },
        { key: 'left', heading: 'Left', holds: 'count', mayBeNegative: true },
        { key: 'cost', heading: 'Cost', holds: 'cost' },
      ],
      rows: [
        [
          { count: known(3) },
          { count: known(-1) },
          { cost: { kind: 'known', amounts: [{ amount: 150, currency: 'EUR' }] } },
        ],
        [
          { count: unknown('nobody says', 2) },
          { count: unknown('nobody says') },
          { cost: { kind: 'unknown', reason: 'no price', atLeast: [{ amount: 5, currency: 'JPY' }] } },
        ],
        [{ count: unknown('nobody says') }, { count: { kind: 'unlimited' } }, { cost: { kind: 'notApplicable' } }],
        [{ count: { kind: 'unlimited' } }, '', ''],
      ],
      currencies: ['EUR', 'JPY'],
    }
    const { columns, rows } = gridSheet('Sheet', grid)
    const numberIn = (cell: unknown) =>
      typeof cell === 'object' && cell !== null && 'digits' in cell ? Number(cell.digits) : cell
    const headings = columns.map(({ heading }) => heading)
    const from = headings.indexOf('Seats, at least')
    expect(headings.slice(from)).toEqual(['Seats, at least', 'Cost, at least (EUR)', 'Cost, at least (JPY)', 'Notes'])
    expect([...rows].map((row) => row.slice(from, -1).map(numberIn))).toEqual([
      [3, 1.5, ''],
      [2, '', 5],
      ['', '', ''],
      ['', '', ''],
    ])
  })
})
