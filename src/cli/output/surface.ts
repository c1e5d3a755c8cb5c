import type { Environment } from '../environment.ts'
import { type Paint, paintFor, plain } from './paint.ts'

/** What output is made for. */
export interface Surface {
  readonly paint: Paint
  /** The width to keep to; absent where lines may be of any length. */
  readonly columns?: number
}

const DEFAULT_COLUMNS = 80

/** A file or a pipe. */
export const plainSurface: Surface = { paint: plain }

export const surfaceOf = ({ stdout, variables }: Environment): Surface =>
  stdout.isTTY ? { paint: paintFor(stdout, variables), columns: stdout.columns || DEFAULT_COLUMNS } : plainSurface
