/** How text stands out on a terminal: what each function makes of a text. */
export type Paint = Readonly<Record<'bold' | 'dim' | 'red' | 'yellow' | 'green', (text: string) => string>>

const asItIs = (text: string): string => text

/** No colors. */
export const plain: Paint = { bold: asItIs, dim: asItIs, red: asItIs, yellow: asItIs, green: asItIs }

/** What output is made for. */
export interface Surface {
  readonly paint: Paint
  /** The width to keep to; absent where lines may be of any length. */
  readonly columns?: number
  /** The reader's zone, as of `timeText`. Default: UTC. */
  readonly timeZone?: string
  /** A file by itself, which people open with whatever program opens such files. Default: false. */
  readonly isFile?: boolean
  /** What has all of a list that is cut here: `--format json`. */
  readonly allIn: string
}
