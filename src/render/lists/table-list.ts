import { openGridTable } from '../grid/grid-table.ts'
import { proseLine } from '../text/prose-line.ts'
import type { Surface } from '../text/surface.ts'
import { type Chosen, cellsIn, columnsOf, fieldsFor, type ItemWriter, type ListDescription } from './list-format.ts'

/** Headings come with the first rows, and not where there are none. What their marks stand for comes at the end. */
export const tableFormat = <A>(list: ListDescription<A>, chosen: Chosen<A>, surface: Surface): ItemWriter<A> => {
  const fields = chosen ?? fieldsFor('people', list)
  const table = openGridTable(columnsOf(fields), surface)
  const cellsOf = cellsIn(fields)
  return {
    items: (items) => (items.length === 0 ? '' : [...table.rows(items.map(cellsOf))].join('')),
    end: (lines) => `${table.notes()}${lines.map((line) => surface.paint.dim(proseLine(line, surface))).join('')}`,
  }
}

/** The same, of which all rows come with the end, so that no column is wider below than above: for lists that are short. */
export const wholeTableFormat = <A>(list: ListDescription<A>, chosen: Chosen<A>, surface: Surface): ItemWriter<A> => {
  const table = tableFormat(list, chosen, surface)
  const kept: A[] = []
  return {
    items: (items) => {
      for (const item of items) kept.push(item)
      return ''
    },
    end: (lines) => `${table.items(kept)}${table.end(lines)}`,
  }
}
