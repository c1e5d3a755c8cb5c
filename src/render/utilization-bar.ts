import type { Footnotes } from './footnotes.ts'
import { type Cell, noteOf } from './grid/grid.ts'
import { countText } from './text/count-text.ts'
import type { Paint } from './text/surface.ts'

export const NEARLY_FULL = 0.9
const PERCENT_WIDTH = 4

/** Rounded so that 100 % is exactly all: less is at most 99 %, more is at least 101 %, something is never 0 %. */
export const percentText = (utilization: number): string => {
  const percent = utilization * 100
  if (utilization > 1) return `${Math.max(101, Math.round(percent))}%`
  if (utilization === 1) return '100%'
  if (percent > 0 && percent < 1) return '<1%'
  return `${Math.min(99, Math.round(percent))}%`
}

const blocks = (utilization: number, width: number): string => {
  const exact = Math.round(Math.min(1, utilization) * width)
  const filled = utilization <= 0 ? 0 : Math.max(1, utilization < 1 ? Math.min(width - 1, exact) : exact)
  return '█'.repeat(filled) + '░'.repeat(width - filled)
}

/** How full a license is. `over`: more is in use than was purchased, or than its limit allows. */
export type UtilizationLevel = 'over' | 'nearly-full' | 'free'

export const levelOf = (utilization: number, isBeyondLimit = false): UtilizationLevel =>
  utilization > 1 || isBeyondLimit ? 'over' : utilization >= NEARLY_FULL ? 'nearly-full' : 'free'

/** A bar and its percentage: red above 100 % and above the limit of the license, yellow near 100 %. */
export const utilizationBar = (
  cell: Extract<Cell, { readonly part: unknown }>,
  width: number,
  paint: Paint,
  notes: Footnotes,
): string => {
  const { part, isBeyondLimit } = cell
  const note = noteOf(cell)
  const mark = note === undefined ? '' : notes.mark(note)
  if (part.kind !== 'known') return `${countText(part, percentText)}${mark}`
  const { value } = part
  const brush = { over: paint.red, 'nearly-full': paint.yellow, free: paint.green }[levelOf(value, isBeyondLimit)]
  return `${brush(blocks(value, width))} ${percentText(value).padStart(PERCENT_WIDTH)}${mark}`
}
