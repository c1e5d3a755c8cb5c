import pico from 'picocolors'

type Brush = (text: string) => string

/** How text stands out on a terminal. */
export interface Paint {
  readonly bold: Brush
  readonly dim: Brush
  readonly red: Brush
  readonly yellow: Brush
  readonly green: Brush
}

/** No colors. */
export const plain: Paint = pico.createColors(false)

/** What output is made for. */
export interface Surface {
  readonly paint: Paint
  /** The width to keep to; absent where lines may be of any length. */
  readonly columns?: number
  /** A file by itself, which people open with whatever program opens such files. */
  readonly isFile?: true
}

export const fileSurface: Surface = { paint: plain, isFile: true }
