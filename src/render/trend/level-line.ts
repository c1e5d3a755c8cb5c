import type { Surface } from '../text/surface.ts'
import { NEARLY_FULL } from '../utilization-bar.ts'
import { isKnown, NO_UTILIZATION, type SeriesValue } from './utilization-series.ts'

const LEVELS = '▁▂▃▄▅▆▇█'

/** Where a plan was applied: between two snapshots. */
export const PLAN_MARK = '┊'

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

/** The place at which a value is shown, of as many values as there is room for. */
const placeOf = (index: number, values: number, places: number): number => {
  if (values <= places) return index
  let place = Math.floor((index * places) / values)
  while (Math.floor(((place + 1) * values) / places) <= index) place++
  return place
}

/**
 * One character for each value, or for several where there is not so much room, from nothing to all that was purchased.
 * `marks`: the places of the values before which a mark stands, which takes a character more.
 */
export const levelLine = (
  values: readonly SeriesValue[],
  room: number,
  { paint }: Surface,
  marks: readonly number[] = [],
): string => {
  const shown = fitted(values, room)
  const marked = new Set(marks.map((index) => placeOf(index, values.length, shown.length)))
  return shown
    .map((value, place) => {
      const mark = marked.has(place) ? paint.dim(PLAN_MARK) : ''
      if (!isKnown(value)) return `${mark}${paint.dim(NO_UTILIZATION[value].mark)}`
      const brush = value > 1 ? paint.red : value >= NEARLY_FULL ? paint.yellow : paint.green
      return `${mark}${brush(levelOf(value))}`
    })
    .join('')
}
