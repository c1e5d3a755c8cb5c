import { type RowKind, type RowOptions, rowMistakesIn } from '../../render/index.ts'
import type { RowsOptions } from '../commands/options.ts'
import { CommandMistake } from '../usage-error.ts'

/** What is asked of the rows; undefined: nothing. Throws where there are no such columns, before anything is read. */
export const rowsAskedFor = async (
  kind: RowKind,
  { where, columns, sort, limit }: RowsOptions,
): Promise<RowOptions | undefined> => {
  if ([where, columns, sort, limit].every((option) => option === undefined)) return undefined
  const rows: RowOptions = { where, columns, sort, limit }
  const mistakes = await rowMistakesIn(kind, rows)
  if (mistakes.length > 0) throw new CommandMistake(mistakes.map(({ lines }) => lines.join('\n')))
  return rows
}
