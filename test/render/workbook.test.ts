import { describe, expect, it } from 'vitest'
import { SheetTooLarge } from '../../src/render/index.ts'
import { workbook } from '../../src/render/workbook/workbook.ts'
import { readWorkbook } from '../cli/support/read-workbook.ts'

const columns = [{ heading: 'Name', width: 10 }]

function* rowsOf(count: number): Generator<readonly string[]> {
  for (let row = 0; row < count; row++) yield [`row ${row}`]
}

describe('a workbook', () => {
  it('has every row, however many pieces it is compressed in', async () => {
    const parts = await workbook([{ name: 'Many', columns, rows: rowsOf(50_000) }])
    expect(readWorkbook(Buffer.concat(parts)).get('Many')?.rows).toHaveLength(50_000)
  })

  it('is refused where a sheet would have more columns than it can hold', async () => {
    const wide = Array.from({ length: 16_385 }, (_, index) => ({ heading: String(index), width: 5 }))
    await expect(workbook([{ name: 'Wide', columns: wide, rows: [] }])).rejects.toBeInstanceOf(SheetTooLarge)
  })

  it('rejects with what its rows throw, when much was compressed already', async () => {
    const rows = function* () {
      yield* rowsOf(20_000)
      throw new Error('the list was torn')
    }
    await expect(workbook([{ name: 'Torn', columns, rows: rows() }])).rejects.toThrow('the list was torn')
  })
})
