import type { Environment } from '../environment.ts'
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

/** A pipe. */
const plainSurface: Surface = { paint: plain }

export const fileSurface: Surface = { paint: plain, isFile: true }

export const surfaceOf = ({ stdout, variables }: Environment): Surface =>
  stdout.isTTY ? { paint: paintFor(stdout, variables), columns: stdout.columns || DEFAULT_COLUMNS } : plainSurface
