import { rowValue } from '../rows/cell-value.ts'
import { jsonLines, jsonText } from '../text/json-text.ts'
import { type Chosen, cellsIn, columnsOf, type ItemWriter, type ListDescription } from './list-format.ts'

const valueIn = <A>({ toValue }: ListDescription<A>, chosen: Chosen<A>) => {
  if (chosen === undefined) return toValue
  const columns = columnsOf(chosen)
  const cellsOf = cellsIn(chosen)
  return (item: A): unknown => rowValue(columns, cellsOf(item))
}

/** One JSON value per line. */
export const ndjsonFormat = <A>(list: ListDescription<A>, chosen: Chosen<A>): ItemWriter<A> => {
  const toValue = valueIn(list, chosen)
  return { items: (items) => jsonLines(items.map(toValue)), end: () => '' }
}

/** One JSON array, an element per line. */
export const jsonFormat = <A>(list: ListDescription<A>, chosen: Chosen<A>): ItemWriter<A> => {
  const toValue = valueIn(list, chosen)
  let opened = false
  const element = (item: A): string => {
    const text = `${opened ? ',\n' : '[\n'}  ${jsonText(toValue(item))}`
    opened = true
    return text
  }
  return { items: (items) => items.map(element).join(''), end: () => (opened ? '\n]\n' : '[]\n') }
}
