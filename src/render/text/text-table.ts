import { inBatches } from './in-batches.ts'
import type { Surface } from './surface.ts'
import { cutApart, textWidth, wrapCell, wrapText } from './text-width.ts'

export interface Column {
  readonly heading: string
  /** Default: left. */
  readonly align?: 'left' | 'right'
  /**
   * How narrow it may become where there is no room, at the cost of the middle of its texts.
   * Absent: it stays as wide as its content.
   */
  readonly minimum?: number
  /** Where it becomes narrow, its texts take several lines, and nothing of them is cut. For texts that tell rows apart. */
  readonly wraps?: boolean
  /**
   * Whether it may be left out where there is no room even so: those with the lowest number first, and the table says
   * so. Absent: never.
   */
  readonly expendable?: number
  /** It is left out of terminals with fewer columns, so that others keep their room there. */
  readonly least?: number
}

type Rows = readonly (readonly string[])[]

/** Lays out rows as they come: a column only ever gets wider, so that what was printed before still fits. */
export type TableWriter = (rows: Rows) => string

/**
 * What is made of so many rows is one piece. V8 keeps a text of more than about 128 kB apart, and until a whole collection
 * once a quick one has found it in use: what is written piece by piece would be in memory again as a whole.
 */
const ROWS_A_PIECE = 100

const WIDE_GAP = 2
const NARROW_GAP = 1
/**
 * Where lines may be of any length, no cell is filled up to more than that: one name of a million characters must not make a
 * thousand lines of them.
 */
const WIDEST_PADDING = 200

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** What may shrink shrinks to that before a line becomes longer than it may be. */
const LEAST = 4

/** Takes what is too much from the widest columns that may shrink. `least`: where they may become that narrow. */
const shrink = (
  columns: readonly Column[],
  widths: readonly number[],
  room: number,
  least = Number.POSITIVE_INFINITY,
): readonly number[] => {
  const shrunk = [...widths]
  const widthAt = (index: number) => shrunk[index] ?? 0
  const canShrink = (index: number) => {
    const { minimum } = columns[index] ?? {}
    return minimum !== undefined && widthAt(index) > Math.min(minimum, least)
  }
  for (let excess = sum(shrunk) - room; excess > 0; excess--) {
    const [widest] = [...shrunk.keys()].filter(canShrink).sort((a, b) => widthAt(b) - widthAt(a))
    if (widest === undefined) return shrunk
    shrunk[widest] = widthAt(widest) - 1
  }
  return shrunk
}

const padded = (text: string, width: number, align: Column['align']): string => {
  const space = ' '.repeat(Math.max(0, width - textWidth(text)))
  return align === 'right' ? `${space}${text}` : `${text}${space}`
}

/** In one step for all spaces, of which there may be many within. */
const withoutSpacesAtEnd = (line: string): string => {
  let end = line.length
  while (end > 0 && line[end - 1] === ' ') end--
  return line.slice(0, end)
}

/** Which columns there is room for, by their places. */
const columnsWithRoom = (columns: readonly Column[], natural: readonly number[], room: number): readonly number[] => {
  const leastOf = (place: number) => Math.min(natural[place] ?? 0, columns[place]?.minimum ?? Number.POSITIVE_INFINITY)
  const least = (places: readonly number[]) => sum(places.map(leastOf)) + NARROW_GAP * (places.length - 1)
  const expendable = [...columns.keys()]
    .filter((place) => columns[place]?.expendable !== undefined)
    .sort((one, other) => (columns[one]?.expendable ?? 0) - (columns[other]?.expendable ?? 0))
  const isWideEnough = (place: number) => (columns[place]?.least ?? 0) <= room
  let places: readonly number[] = [...columns.keys()].filter(isWideEnough)
  for (const place of expendable) {
    if (least(places) <= room) break
    places = places.filter((other) => other !== place)
  }
  // Once a wide column is left out, there may be room for narrow ones that were left out before it.
  for (const place of expendable.toReversed()) {
    const more = [...places, place].sort((one, other) => one - other)
    if (isWideEnough(place) && !places.includes(place) && least(more) <= room) places = more
  }
  return places
}

const naturalWidths = (columns: readonly Column[], rows: Rows): readonly number[] =>
  columns.map(({ heading }, index) =>
    rows.reduce((widest, row) => Math.max(widest, textWidth(row[index] ?? '')), textWidth(heading)),
  )

/** The places of the columns that a table which begins with these rows has room for. */
export const placesWithRoom = (columns: readonly Column[], room: number | undefined, rows: Rows): readonly number[] =>
  room === undefined ? [...columns.keys()] : columnsWithRoom(columns, naturalWidths(columns, rows), room)

/**
 * As {@link createTableWriter}, in pieces: for tables that may be very long. `decided`: the places of the columns to show, where
 * that is decided already. Default: by the first rows.
 */
export const createTablePieces = (
  columns: readonly Column[],
  { columns: room, paint }: Pick<Surface, 'columns' | 'paint'>,
  decided?: readonly number[],
): ((rows: Rows) => Generator<string>) => {
  let natural = columns.map(({ heading }) => textWidth(heading))
  /** The places of the columns that are shown, once there is something to show. */
  let shown: readonly number[] | undefined

  const layout = (places: readonly number[]): { readonly widths: readonly number[]; readonly gap: number } => {
    const own = places.map((place) => natural[place] ?? 0)
    const betweens = places.length - 1
    if (room === undefined) return { widths: own.map((width) => Math.min(width, WIDEST_PADDING)), gap: WIDE_GAP }
    if (sum(own) + WIDE_GAP * betweens <= room) return { widths: own, gap: WIDE_GAP }
    const some = places.flatMap((place) => columns[place] ?? [])
    const free = room - NARROW_GAP * betweens
    // Later rows may need more than there was when it was decided which columns to show.
    return { widths: shrink(some, shrink(some, own, free), free, LEAST), gap: NARROW_GAP }
  }
  const leftOut = (places: readonly number[]): string => {
    const names = columns.filter((_, place) => !places.includes(place)).map(({ heading }) => heading)
    const line = `No room for: ${names.join(', ')} (use a wider window)`
    return names.length === 0 ? '' : `${paint.dim(wrapText(line, room))}\n`
  }
  return function* (rows) {
    natural = natural.map((width, index) =>
      rows.reduce((widest, row) => Math.max(widest, textWidth(row[index] ?? '')), width),
    )
    const isFirst = shown === undefined
    const places = shown ?? decided ?? placesWithRoom(columns, room, rows)
    shown = places
    const { widths, gap } = layout(places)
    const between = ' '.repeat(gap)
    const named = columns.map(({ heading }) => heading)
    const isWrapped = (place: number) => room !== undefined && columns[place]?.wraps === true
    // Where lines may be of any length, nothing is cut.
    const cuts = places.map((place, index) =>
      room === undefined || isWrapped(place)
        ? undefined
        : cutApart(
            [...(isFirst ? [named] : []), ...rows].map((row) => row[place] ?? ''),
            widths[index] ?? 0,
          ),
    )
    const line = (cells: readonly string[], finish: (text: string) => string = (text) => text): string =>
      withoutSpacesAtEnd(
        places
          .map((place, index) => {
            const cell = cells[place] ?? ''
            return finish(padded(cuts[index]?.get(cell) ?? cell, widths[index] ?? 0, columns[place]?.align))
          })
          .join(between),
      ).concat('\n')
    const linesOf = (cells: readonly string[]): string => {
      const parts = columns.map((_, place) => {
        const cell = cells[place] ?? ''
        return isWrapped(place) ? wrapCell(cell, widths[places.indexOf(place)] ?? 0) : [cell]
      })
      const height = Math.max(1, ...places.map((place) => parts[place]?.length ?? 1))
      return Array.from({ length: height }, (_, at) => line(parts.map((part) => part[at] ?? ''))).join('')
    }
    if (isFirst) yield `${leftOut(places)}${line(named, (text) => text.replace(text.trim(), paint.dim))}`
    for (const some of inBatches(rows, ROWS_A_PIECE)) yield some.map(linesOf).join('')
  }
}

/** A table without borders. Cells must be free of line breaks and control characters other than colors. */
export const createTableWriter = (...table: Parameters<typeof createTablePieces>): TableWriter => {
  const piecesOf = createTablePieces(...table)
  return (rows) => [...piecesOf(rows)].join('')
}
