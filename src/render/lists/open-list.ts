import type { RowOptions } from '../rows/row-options.ts'
import { asksForSome, everyRow, type RowSelection } from '../rows/row-selection.ts'
import { rowAccountLines } from '../rows/row-texts.ts'
import type { Surface } from '../text/surface.ts'
import { columnsOf, type ListDescription, type ListFormat, type ListWriter } from './list-format.ts'

/** Filters are loaded only where there is one. */
const selectionOf = async <A>({ fields }: ListDescription<A>, options: RowOptions): Promise<RowSelection<A>> => {
  if (!asksForSome(options)) return everyRow()
  const { selectRows } = await import('../rows/select-rows.ts')
  return selectRows(columnsOf(fields), (item, place) => fields[place]?.cellOf(item) ?? '', options)
}

/** Writes the items that are asked for. Rejects where there are no such columns. */
export const openList = async <A>(
  format: ListFormat,
  list: ListDescription<A>,
  options: RowOptions,
  surface: Surface,
): Promise<ListWriter<A>> => {
  const { fields, one } = list
  const { places, take, rest, isFull, account, unmet } = await selectionOf(list, options)
  const chosen = places?.flatMap((place) => fields.slice(place, place + 1))
  const writer = format(list, chosen, surface)
  const told = (isCut?: boolean): readonly string[] => rowAccountLines(account(), [one], isCut ? [] : unmet(), isCut)
  return {
    items: (items) => writer.items(take(items)),
    end: (isCut) => `${writer.items(rest())}${writer.end(told(isCut))}`,
    isFull,
    told,
    account,
  }
}
