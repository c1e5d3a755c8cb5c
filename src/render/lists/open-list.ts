import * as E from 'fp-ts/lib/Either.js'
import { invalidRows } from '../rows/row-mistakes.ts'
import type { RowOptions } from '../rows/row-options.ts'
import { rowAccountLines } from '../rows/row-texts.ts'
import { selectRows } from '../rows/select-rows.ts'
import type { Surface } from '../text/surface.ts'
import { columnsOf, type ListDescription, type ListFormat, type ListWriter } from './list-format.ts'

/** Writes the items that are asked for. Throws where there are no such columns. */
export const openList = <A>(
  format: ListFormat,
  list: ListDescription<A>,
  options: RowOptions,
  surface: Surface,
): ListWriter<A> => {
  const { fields, one } = list
  const selected = selectRows(columnsOf(fields), (item: A, place) => fields[place]?.cellOf(item) ?? '', options)
  if (E.isLeft(selected)) throw invalidRows(selected.left)
  const { places, take, rest, isFull, account, unmet } = selected.right
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
