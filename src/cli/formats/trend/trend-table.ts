import type { Trend, TrendProvider, TrendSnapshot } from '../../../snapshot/index.ts'
import type { Surface } from '../../output/surface.ts'
import { createTableWriter } from '../../output/text-table.ts'
import { visibleText } from '../../output/visible-text.ts'
import { counted } from '../plan/plan-table.ts'
import { NEARLY_FULL, percentText } from '../utilization-bar.ts'
import type { RenderTrend } from './trend-formats.ts'
import { changeText, type UtilizationSeries, utilizationSeries } from './utilization-series.ts'

const LEVELS = '▁▂▃▄▅▆▇█'
const GAP = '·'
/** What the other columns need at the least. */
const BESIDES = 44
const NARROWEST = 8

/** As many values as there is room for: of those that share a place, the last that is known. */
const fitted = (values: readonly (number | undefined)[], room: number): readonly (number | undefined)[] => {
  if (values.length <= room) return values
  return Array.from({ length: room }, (_, place) => {
    const from = Math.floor((place * values.length) / room)
    const to = Math.floor(((place + 1) * values.length) / room)
    return values.slice(from, to).findLast((value) => value !== undefined)
  })
}

const levelOf = (value: number): string =>
  LEVELS[Math.min(LEVELS.length - 1, Math.max(0, Math.ceil(value * LEVELS.length) - 1))] ?? GAP

/** One character for each value, from nothing to all of what was bought. */
const sparkline = (values: readonly (number | undefined)[], { paint }: Surface): string =>
  values
    .map((value) => {
      if (value === undefined) return paint.dim(GAP)
      const brush = value > 1 ? paint.red : value >= NEARLY_FULL ? paint.yellow : paint.green
      return brush(levelOf(value))
    })
    .join('')

const lineOf = ({ name, generatedAt }: TrendSnapshot, { id, status, problems }: TrendProvider): string => {
  const why = problems.length === 0 ? '' : `: ${problems.join('; ')}`
  return `${name} of ${generatedAt}: ${id} (${status})${why}`
}

/** What cannot be used or is missing, one line each. */
const problemsOf = ({ damaged, snapshots }: Trend): readonly string[] => [
  ...damaged.map(({ name, problem }) => `${name} is left out, as it cannot be used as a snapshot: ${problem}`),
  ...snapshots.flatMap((snapshot) =>
    snapshot.providers.filter(({ status }) => status !== 'complete').map((provider) => lineOf(snapshot, provider)),
  ),
]

/** What is missing comes first, so that no number is read before it. */
const qualitySection = (trend: Trend, { paint }: Surface): string => {
  if (trend.complete) return ''
  const problems = problemsOf(trend).map((line) => `  ${visibleText(line)}\n`)
  return `${paint.yellow('This trend is not complete:')}\n${problems.join('')}\n`
}

/** Data quality, then how licenses were used over time, one line each, as wide as there is room. */
export const renderTrendTable: RenderTrend = (trend, surface) => {
  const { snapshots } = trend
  const { drawn, unknown } = utilizationSeries(trend)
  const room = surface.columns === undefined ? snapshots.length : Math.max(NARROWEST, surface.columns - BESIDES)
  const table = createTableWriter(
    [
      { heading: 'Provider', minimum: 8 },
      { heading: 'License', minimum: 12 },
      { heading: 'Utilization' },
      { heading: 'Last', align: 'right' },
      { heading: 'Change', align: 'right' },
    ],
    surface,
  )
  const rowOf = ({ license, label, values, last, change }: UtilizationSeries): readonly string[] => [
    visibleText(license.provider),
    visibleText(label),
    sparkline(fitted(values, room), surface),
    last === undefined ? '?' : percentText(last),
    changeText(change),
  ]
  const [first, last] = [snapshots[0], snapshots.at(-1)]
  const hidden = unknown.length
  return [
    qualitySection(trend, surface),
    `${counted(snapshots.length, 'snapshot', 'snapshots')} from ${first?.generatedAt} to ${last?.generatedAt}\n\n`,
    drawn.length === 0 ? '' : table(drawn.map(rowOf)),
    `${GAP} is not known; Change is in points of a hundred\n`,
    hidden === 0 ? '' : `${counted(hidden, 'license has', 'licenses have')} no utilization that is known\n`,
  ].join('')
}
