import CliTable from 'cli-table3'
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

const NO_BORDERS = Object.fromEntries(
  ['top', 'bottom', 'mid', 'left', 'right'].flatMap((side) =>
    ['', '-mid', '-left', '-right'].map((part) => [`${side}${part}`, '']),
  ),
)

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
      rows.reduce((widest, row) => Math.max(widest, stringWidth(row[index] ?? '')), width),
    )
    const { widths, gap } = layout()
    const table = new CliTable({
      chars: { ...NO_BORDERS, middle: '' },
      style: { head: [], border: [], 'padding-left': 0, 'padding-right': gap, compact: true },
      colWidths: widths.map((width) => width + gap),
      colAligns: columns.map(({ align }) => align ?? 'left'),
    })
    if (!headed) table.push(columns.map(({ heading }) => paint.dim(heading)))
    headed = true
    table.push(...rows.map((row) => columns.map((_, index) => row[index] ?? '')))
    return table.length === 0 ? '' : table.toString().replace(/ +$/gm, '').concat('\n')
  }
}
