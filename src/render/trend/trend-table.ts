import { groupedBy } from '../../model/grouped-by.ts'
import { numberText, quantity } from '../../model/quantity.ts'
import { someOf } from '../../model/some-of.ts'
import { timeText } from '../../model/time-text.ts'
import type { Trend, TrendSnapshot } from '../../snapshot/index.ts'
import { gapLinesOf } from '../notices.ts'
import type { Render } from '../rendering.ts'
import { proseLine } from '../text/prose-line.ts'
import type { Surface } from '../text/surface.ts'
import { createTableWriter } from '../text/text-table.ts'
import { textWidth } from '../text/text-width.ts'
import { visibleText } from '../text/visible-text.ts'
import { percentText } from '../utilization-bar.ts'
import { levelLine } from './level-line.ts'
import { shortLabels } from './short-label.ts'
import {
  changeText,
  isKnown,
  NO_UTILIZATION,
  reasonsAmong,
  reasonUnknown,
  type SeriesValue,
  type TrendSeries,
  UNDRAWN,
  type UtilizationSeries,
  utilizationSeries,
} from './utilization-series.ts'

/** In a pipe, where lines may be of any length, and there may be any number of snapshots. */
const WIDEST = 60
const NARROWEST = 8
/** A line must leave room for at least so much beside the levels. */
const BESIDES = 44
/** Labels longer than that do not take the room of the levels. */
const LABEL = 28
const HEADINGS = ['Provider', 'License', 'Utilization', 'Last', 'Change'] as const
const GAPS = 2 * (HEADINGS.length - 1)

const lastText = (last: SeriesValue): string => {
  if (isKnown(last)) return percentText(last)
  return last === 'unknown' ? 'unknown' : NO_UTILIZATION[last].mark
}

const linesOf = ({ name, generatedAt, providers }: TrendSnapshot, timeZone: string | undefined): readonly string[] =>
  gapLinesOf(providers).map((line) => `${name} of ${timeText(generatedAt, timeZone)}: ${line}`)

/** Damaged snapshots and gaps, one line each. */
const problemsOf = ({ damaged, snapshots }: Trend, timeZone: string | undefined): readonly string[] => [
  ...damaged.map(({ name, problem }) => `${name} is left out, as it cannot be used as a snapshot: ${problem}`),
  ...snapshots.flatMap((snapshot) => linesOf(snapshot, timeZone)),
]

/** What is missing comes first, so that no number is read before it. */
const qualitySection = (trend: Trend, surface: Surface): string => {
  if (trend.complete) return ''
  const problems = problemsOf(trend, surface.timeZone).map((line) => proseLine(line, surface, '  '))
  return `${surface.paint.yellow('This trend is not complete:')}\n${problems.join('')}\n`
}

/** What stands in each row, before there is a width to fit it into. */
interface RowTexts {
  readonly series: UtilizationSeries
  readonly provider: string
  readonly name: string
  readonly label: string
  readonly last: string
  readonly change: string
}

const textsOf = (series: UtilizationSeries): RowTexts => ({
  series,
  provider: visibleText(series.license.provider),
  name: visibleText(series.license.name),
  label: visibleText(series.label),
  last: lastText(series.last),
  change: changeText(series.change),
})

const widest = (heading: string, texts: readonly string[]): number =>
  texts.reduce((width, text) => Math.max(width, textWidth(text)), heading.length)

/** How wide labels may be, and how many levels there are. */
interface Layout {
  readonly levels: number
  readonly label: number
}

const layoutOf = (rows: readonly RowTexts[], snapshots: number, { columns }: Surface): Layout => {
  if (columns === undefined) return { levels: Math.min(snapshots, WIDEST), label: Number.POSITIVE_INFINITY }
  const [provider, license, , last, change] = HEADINGS
  const others =
    GAPS +
    widest(
      provider,
      rows.map((row) => row.provider),
    ) +
    widest(
      last,
      rows.map((row) => row.last),
    ) +
    widest(
      change,
      rows.map((row) => row.change),
    )
  const label = Math.min(
    LABEL,
    widest(
      license,
      rows.map((row) => row.label),
    ),
  )
  const levels = Math.min(snapshots, Math.max(NARROWEST, Math.min(columns - BESIDES, columns - others - label)))
  return { levels, label: Math.max(license.length, columns - others - Math.max(levels, 'Utilization'.length)) }
}

const table = (rows: readonly RowTexts[], { levels, label }: Layout, surface: Surface): string => {
  const write = createTableWriter(
    [
      { heading: 'Provider', minimum: 8 },
      { heading: 'License', minimum: 12 },
      { heading: 'Utilization' },
      { heading: 'Last', align: 'right' },
      { heading: 'Change', align: 'right' },
    ],
    surface,
  )
  const labels = shortLabels(
    rows.map((row) => ({ group: row.provider, name: row.name, label: row.label })),
    label,
  )
  return write(
    rows.map(({ series, provider, label: whole, last, change }, index) => [
      provider,
      labels[index] ?? whole,
      levelLine(series.values, levels, surface),
      last,
      change,
    ]),
  )
}

const legendOf = (drawn: readonly UtilizationSeries[]): string => {
  const reasons = new Set(['unknown' as const, ...reasonsAmong(drawn.flatMap(({ values }) => values))])
  const marks = [...reasons].map((reason) => `${NO_UTILIZATION[reason].mark} is ${NO_UTILIZATION[reason].word}`)
  return `${marks.join(', ')}; Change is in percentage points\n`
}

/** What one character stands for, where that is more than one snapshot. */
const scaleText = (snapshots: number, levels: number): string => {
  if (snapshots <= levels) return ''
  const each = numberText(Math.round((snapshots / levels) * 10) / 10)
  return `each character is about ${each} snapshots: the last known value\n`
}

/** Of one reason; the JSON format has all of them. */
const MAX_NAMED = 20

/** Licenses without utilization, by name; those of one provider and one reason in one line. */
const undrawnText = (all: TrendSeries, surface: Surface): string =>
  UNDRAWN.filter(([reason]) => all[reason].length > 0)
    .map(([reason, heading]) => {
      const groups = groupedBy(all[reason], (series) =>
        JSON.stringify([series.license.provider, reasonUnknown(series)]),
      )
      const lines = [...groups.values()].map((alike) => {
        const names = someOf(
          alike.map(({ label }) => label),
          MAX_NAMED,
          'license',
        ).join(', ')
        const [first] = alike
        const why = reasonUnknown(first)
        const line = `${first.license.provider}: ${names}${why === undefined ? '' : `: ${why}`}`
        return proseLine(line, surface, '  ')
      })
      return `\n${surface.paint.bold(`${heading}: ${quantity(all[reason].length, 'license')}`)}\n${lines.join('')}`
    })
    .join('')

/** Data quality, then how licenses were used over time, one line each, as wide as there is room. */
export const renderTrendTable: Render<Trend> = (trend, surface) => {
  const { snapshots } = trend
  const timeOf = (snapshot = snapshots[0]) => timeText(snapshot?.generatedAt ?? '', surface.timeZone)
  const all = utilizationSeries(trend)
  const rows = all.drawn.map(textsOf)
  const layout = layoutOf(rows, snapshots.length, surface)
  return [
    qualitySection(trend, surface),
    `${quantity(snapshots.length, 'snapshot')} from ${timeOf()} to ${timeOf(snapshots.at(-1))}\n`,
    rows.length === 0 ? '' : scaleText(snapshots.length, layout.levels),
    rows.length === 0 ? '' : `\n${table(rows, layout, surface)}${legendOf(all.drawn)}`,
    undrawnText(all, surface),
  ].join('')
}
