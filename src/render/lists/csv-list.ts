import { csvLayout } from '../grid/grid-csv.ts'
import { csvText } from '../text/csv-text.ts'
import type { Surface } from '../text/surface.ts'
import { type Chosen, cellsIn, columnsOf, fieldsFor, type ItemWriter, type ListDescription } from './list-format.ts'

/** Headings come before the first rows, or before the end where there are none: programs expect them. */
export const csvFormat = <A>(list: ListDescription<A>, chosen: Chosen<A>, surface: Surface): ItemWriter<A> => {
  const fields = chosen ?? fieldsFor('machines', list)
  const { headings, textsOf } = csvLayout(columnsOf(fields), [])
  const cellsOf = cellsIn(fields)
  let begun = false
  const write = (items: readonly A[]): string => {
    const rows = items.map((item) => textsOf(cellsOf(item)))
    const text = csvText(begun ? rows : [headings, ...rows], surface)
    begun = true
    return text
  }
  return { items: (items) => (items.length === 0 ? '' : write(items)), end: () => (begun ? '' : write([])) }
}
