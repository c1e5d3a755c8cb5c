import type { Utilization } from '../report/license-report.ts'
import type { Footnotes } from './footnotes.ts'
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

/** A bar and its percentage: red above 100 %, yellow near it. */
export const utilizationBar = (utilization: Utilization, width: number, paint: Paint, notes: Footnotes): string => {
  if (utilization.kind !== 'known') {
    const mark = utilization.kind === 'unknown' ? notes.mark(utilization.reason) : ''
    return `${countText(utilization, percentText)}${mark}`
  }
  const { value } = utilization
  const brush = value > 1 ? paint.red : value >= NEARLY_FULL ? paint.yellow : paint.green
  return `${brush(blocks(value, width))} ${percentText(value).padStart(PERCENT_WIDTH)}`
}
