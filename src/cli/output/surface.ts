import type { Environment, OutputStream } from '../environment.ts'
import { type Paint, paintFor, plain } from './paint.ts'

/** What output is made for. */
export interface Surface {
  readonly paint: Paint
  /** The width to keep to; absent where lines may be of any length. */
  readonly columns?: number
  /** A file by itself, which people open with whatever program opens such files. */
  readonly isFile?: true
}

const DEFAULT_COLUMNS = 80

export const fileSurface: Surface = { paint: plain, isFile: true }

/** The width of a terminal; none of a pipe, where lines may be of any length. */
export const columnsOf = ({ isTTY, columns }: Pick<OutputStream, 'isTTY' | 'columns'>): Pick<Surface, 'columns'> =>
  isTTY ? { columns: columns || DEFAULT_COLUMNS } : {}

/** A terminal, or a pipe. */
export const surfaceOf = ({ stdout, variables }: Environment): Surface => ({
  paint: paintFor(stdout, variables),
  ...columnsOf(stdout),
})
