import type { Surface } from '../text/surface.ts'
import { NEARLY_FULL } from '../utilization-bar.ts'
import { isKnown, NO_UTILIZATION, type SeriesValue } from './utilization-series.ts'

const LEVELS = '▁▂▃▄▅▆▇█'

/** As many values as there is room for: of those that share a place, the last that is known. */
const fitted = (values: readonly SeriesValue[], room: number): readonly SeriesValue[] => {
  if (values.length <= room) return values
  return Array.from({ length: room }, (_, place) => {
    const from = Math.floor((place * values.length) / room)
    const shared = values.slice(from, Math.floor(((place + 1) * values.length) / room))
    return shared.findLast(isKnown) ?? shared.at(-1) ?? 'unknown'
  })
}

const levelOf = (value: number): string =>
  LEVELS[Math.min(LEVELS.length - 1, Math.max(0, Math.ceil(value * LEVELS.length) - 1))] ?? ''

/** One character for each value, or for several where there is not so much room, from nothing to all that was purchased. */
export const levelLine = (values: readonly SeriesValue[], room: number, { paint }: Surface): string =>
  fitted(values, room)
    .map((value) => {
      if (!isKnown(value)) return paint.dim(NO_UTILIZATION[value].mark)
      const brush = value > 1 ? paint.red : value >= NEARLY_FULL ? paint.yellow : paint.green
      return brush(levelOf(value))
    })
    .join('')
