import { groupedBy } from '../../model/grouped-by.ts'
import { numberText, quantity } from '../../model/quantity.ts'
import { someOf } from '../../model/some-of.ts'
import { timeText } from '../../model/time-text.ts'
import type { Trend, TrendPlan, TrendSnapshot } from '../../snapshot/index.ts'
import { gapLinesOf } from '../notices.ts'
import type { Render } from '../rendering.ts'
import { proseLine } from '../text/prose-line.ts'
import type { Surface } from '../text/surface.ts'
import { createTableWriter } from '../text/text-table.ts'
import { textWidth } from '../text/text-width.ts'
import { visibleText } from '../text/visible-text.ts'
import { percentText } from '../utilization-bar.ts'
import { levelLine, PLAN_MARK } from './level-line.ts'
import { damagedJournals, journalNotes, movedText, plansOf, planTitle } from './plan-marks.ts'
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
const problemsOf = (trend: Trend, timeZone: string | undefined): readonly string[] => [
  ...trend.damaged.map(({ name, problem }) => `${name} is left out, as it cannot be used as a snapshot: ${problem}`),
  ...trend.snapshots.flatMap((snapshot) => linesOf(snapshot, timeZone)),
  ...damagedJournals(trend).map(({ message }) => message),
]

/** What is missing comes first, so that no number is read before it. */
const qualitySection = (trend: Trend, surface: Surface): string => {
  if (trend.complete && damagedJournals(trend).length === 0) return ''
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
  /** The places of the snapshots before which a plan was applied. */
  readonly marks: readonly number[]
}

const textsOf = (series: UtilizationSeries, trend: Trend): RowTexts => ({
  series,
  marks: [...new Set(plansOf(trend, series.license).map(({ after }) => after + 1))],
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
  const marks = Math.max(0, ...rows.map((row) => row.marks.length))
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
  const room = Math.min(columns - BESIDES, columns - others - label) - marks
  const levels = Math.min(snapshots, Math.max(NARROWEST, room))
  return { levels, label: Math.max(license.length, columns - others - Math.max(levels + marks, 'Utilization'.length)) }
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
    rows.map(({ series, provider, label: whole, last, change, marks }, index) => [
      provider,
      labels[index] ?? whole,
      levelLine(series.values, levels, surface, marks),
      last,
      change,
    ]),
  )
}

const legendOf = (rows: readonly RowTexts[], surface: Surface): string => {
  const values = rows.flatMap(({ series }) => series.values)
  const reasons = new Set(['unknown' as const, ...reasonsAmong(values)])
  const marks = [
    ...[...reasons].map((reason) => `${NO_UTILIZATION[reason].mark} is ${NO_UTILIZATION[reason].word}`),
    ...(rows.some((row) => row.marks.length > 0) ? [`${PLAN_MARK} is a plan`] : []),
  ]
  return proseLine(`${marks.join(', ')}; Change is in percentage points`, surface)
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

/** The plans that were applied between the snapshots, one line each, and what there is to know of their journals. */
const plansText = (trend: Trend, surface: Surface): string => {
  const { plans, snapshots } = trend
  if (plans === undefined) return ''
  const lineOf = (plan: TrendPlan): string => {
    const { provider, to, after } = plan
    const last = snapshots[after]?.name ?? ''
    return `${timeText(to, surface.timeZone)}, after the snapshot ${last}: ${planTitle(plan)}, ${provider}: ${movedText(plan)}`
  }
  const lines = [
    ...(plans.length === 0 ? ['none between these snapshots'] : someOf(plans.map(lineOf), MAX_NAMED, 'plan')),
    ...journalNotes(trend).map(({ message }) => message),
  ]
  const heading = surface.paint.bold(`Plans applied: ${numberText(plans.length)}`)
  return `\n${heading}\n${lines.map((line) => proseLine(line, surface, '  ')).join('')}`
}

/** Data quality, then how licenses were used over time, one line each, as wide as there is room. */
export const renderTrendTable: Render<Trend> = (trend, surface) => {
  const { snapshots } = trend
  const timeOf = (snapshot = snapshots[0]) => timeText(snapshot?.generatedAt ?? '', surface.timeZone)
  const all = utilizationSeries(trend)
  const rows = all.drawn.map((series) => textsOf(series, trend))
  const layout = layoutOf(rows, snapshots.length, surface)
  return [
    qualitySection(trend, surface),
    `${quantity(snapshots.length, 'snapshot')} from ${timeOf()} to ${timeOf(snapshots.at(-1))}\n`,
    rows.length === 0 ? '' : scaleText(snapshots.length, layout.levels),
    rows.length === 0 ? '' : `\n${table(rows, layout, surface)}${legendOf(rows, surface)}`,
    plansText(trend, surface),
    undrawnText(all, surface),
  ].join('')
}
