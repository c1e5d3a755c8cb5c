import stringWidth from 'string-width'
import type { Surface } from './surface.ts'

export interface Column {
  readonly heading: string
  /** Default: left. */
  readonly align?: 'left' | 'right'
  /**
   * How narrow it may become where there is no room, at the cost of its ends.
   * Absent: it stays as wide as its content.
   */
  readonly minimum?: number
}

/** Lays out rows as they come: a column only ever gets wider, so that what was printed before still fits. */
export type TableWriter = (rows: readonly (readonly string[])[]) => string

const WIDE_GAP = 2
const NARROW_GAP = 1

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** Takes what is too much from the widest columns that may shrink. */
const shrink = (columns: readonly Column[], widths: readonly number[], room: number): readonly number[] => {
  const shrunk = [...widths]
  const widthAt = (index: number) => shrunk[index] ?? 0
  const canShrink = (index: number) => widthAt(index) > (columns[index]?.minimum ?? Number.POSITIVE_INFINITY)
  for (let excess = sum(shrunk) - room; excess > 0; excess--) {
    const [widest] = [...shrunk.keys()].filter(canShrink).sort((a, b) => widthAt(b) - widthAt(a))
    if (widest === undefined) return shrunk
    shrunk[widest] = widthAt(widest) - 1
  }
  return shrunk
}

const PRINTABLE_ASCII = /^[\x20-\x7e]*$/

/** Most text takes one column a character, and tables may be very long. */
const widthOf = (text: string): number => (PRINTABLE_ASCII.test(text) ? text.length : stringWidth(text))

const ELLIPSIS = '…'

const cut = (text: string, width: number): string => {
  let room = width - ELLIPSIS.length
  let kept = ''
  for (const character of text) {
    room -= widthOf(character)
    if (room < 0) break
    kept += character
  }
  return width < 1 ? '' : `${kept}${ELLIPSIS}`
}

const fitted = (text: string, width: number, align: Column['align']): string => {
  const own = widthOf(text)
  if (own > width) return fitted(cut(text, width), width, align)
  const space = ' '.repeat(width - own)
  return align === 'right' ? `${space}${text}` : `${text}${space}`
}

/** A table without borders. Cells must be free of line breaks and control characters other than colours. */
export const createTableWriter = (columns: readonly Column[], { columns: room, paint }: Surface): TableWriter => {
  const betweens = columns.length - 1
  let natural = columns.map(({ heading }) => heading.length)
  let headed = false

  const layout = (): { readonly widths: readonly number[]; readonly gap: number } => {
    if (room === undefined || sum(natural) + WIDE_GAP * betweens <= room) return { widths: natural, gap: WIDE_GAP }
    return { widths: shrink(columns, natural, room - NARROW_GAP * betweens), gap: NARROW_GAP }
  }
  return (rows) => {
    natural = natural.map((width, index) =>
      rows.reduce((widest, row) => Math.max(widest, widthOf(row[index] ?? '')), width),
    )
    const { widths, gap } = layout()
    const between = ' '.repeat(gap)
    const line = (cells: readonly string[], finish: (text: string) => string = (text) => text): string =>
      columns
        .map(({ align }, index) => finish(fitted(cells[index] ?? '', widths[index] ?? 0, align)))
        .join(between)
        .replace(/ +$/, '')
        .concat('\n')
    const headings = headed
      ? ''
      : line(
          columns.map(({ heading }) => heading),
          (text) => text.replace(/\S(?:.*\S)?/, paint.dim),
        )
    headed = true
    return headings + rows.map((row) => line(row)).join('')
  }
}
