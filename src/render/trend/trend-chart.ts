import type { Trend, TrendPlan } from '../../snapshot/index.ts'
import { type Html, html } from '../page/html.ts'
import { percentText } from '../utilization-bar.ts'
import { movedText, plansOf, planTitle } from './plan-marks.ts'
import { dayText } from './trend-time.ts'
import {
  isKnown,
  NO_UTILIZATION,
  reasonsAmong,
  type SeriesValue,
  type UtilizationSeries,
} from './utilization-series.ts'

type Values = UtilizationSeries['values']

/** The size of a drawing, and what is left free around the lines. */
interface Frame {
  readonly width: number
  readonly height: number
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

const CHART: Frame = { width: 340, height: 132, left: 38, right: 8, top: 10, bottom: 22 }
const SPARKLINE: Frame = { width: 180, height: 32, left: 3, right: 3, top: 3, bottom: 3 }

/** More than all that was purchased has a label of its own where it does not cover the other one. */
const MUCH_MORE = 1.2

const digits = (value: number): string => String(Math.round(value * 100) / 100)

interface Scale {
  readonly x: (index: number) => string
  /** The same for a time between two snapshots. */
  readonly at: (iso: string) => string
  readonly y: (value: number) => string
  /** What the upper edge stands for: all that was purchased, or the most that was used of it. */
  readonly most: number
}

/** The places of the snapshots follow their times, so that a month without one is as long as any other. */
const scaleOf = ({ snapshots }: Trend, values: Values, frame: Frame): Scale => {
  const { width, height, left, right, top, bottom } = frame
  const times = snapshots.map(({ generatedAt }) => Date.parse(generatedAt))
  const [first = 0, last = 0] = [times[0], times.at(-1)]
  const most = Math.max(1, ...values.filter(isKnown))
  const along = (time: number) => (last > first ? (time - first) / (last - first) : 0.5)
  const place = (time: number) => digits(left + along(time) * (width - left - right))
  return {
    x: (index) => place(times[index] ?? first),
    at: (iso) => place(Date.parse(iso)),
    y: (value) => digits(top + (1 - value / most) * (height - top - bottom)),
    most,
  }
}

interface Point {
  readonly index: number
  readonly value: number
}

/** Known values that follow each other without a gap. */
const piecesOf = (values: Values): readonly (readonly Point[])[] => {
  const pieces: Point[][] = []
  for (const [index, value] of values.entries()) {
    if (!isKnown(value)) continue
    const piece = pieces.at(-1)
    if (piece?.at(-1)?.index === index - 1) piece.push({ index, value })
    else pieces.push([{ index, value }])
  }
  return pieces
}

/** At an unknown value the line ends, and another one begins after it. One value alone is a dot. */
const lineOf = (values: Values, { x, y }: Scale): Html => {
  const path = piecesOf(values).map((piece) => {
    const points = piece.map(({ index, value }) => `${x(index)} ${y(value)}`)
    return points.length === 1 ? `M${points[0]}h0` : `M${points.join('L')}`
  })
  return html`<path class="path" d="${path.join('')}"/>`
}

const areaOf = (values: Values, { x, y }: Scale): Html => {
  const path = piecesOf(values).map((piece) => {
    const [first = 0, last = 0] = [piece[0]?.index, piece.at(-1)?.index]
    const points = piece.map(({ index, value }) => `L${x(index)} ${y(value)}`)
    return `M${x(first)} ${y(0)}${points.join('')}L${x(last)} ${y(0)}Z`
  })
  return html`<path class="area" d="${path.join('')}"/>`
}

const levelLine = (css: string, value: number, { y }: Scale, { left, right, width }: Frame): Html =>
  html`<line class="${css}" x1="${left}" x2="${width - right}" y1="${y(value)}" y2="${y(value)}"/>`

const levelLabel = (value: number, { y }: Scale, { left }: Frame): Html =>
  html`<text class="label" x="${left - 6}" y="${digits(Number(y(value)) + 3.5)}" text-anchor="end">${percentText(value)}</text>`

const dayLabels = ({ snapshots }: Trend, { x }: Scale, { height }: Frame): readonly Html[] => {
  const label = (index: number, anchor: string) =>
    html`<text class="label" x="${x(index)}" y="${height - 5}" text-anchor="${anchor}">${dayText(snapshots[index]?.generatedAt ?? '')}</text>`
  const final = snapshots.length - 1
  return final > 0 ? [label(0, 'start'), label(final, 'end')] : [label(0, 'middle')]
}

const RADIUS = 2.4
/** Wide enough to be seen where no line leads to it. */
const LONE_RADIUS = 3

/** Between two gaps, or in the only snapshot. */
const isLone = (values: Values, index: number): boolean =>
  [values[index - 1], values[index + 1]].every((neighbor) => neighbor === undefined || !isKnown(neighbor))

const dotOf = (values: Values, index: number, value: number, { x, y }: Scale, title?: Html): Html =>
  html`<circle class="${value > 1 ? 'point above' : 'point'}" cx="${x(index)}" cy="${y(value)}" r="${isLone(values, index) ? LONE_RADIUS : RADIUS}">${title}</circle>`

const pointOf = ({ snapshots }: Trend, values: Values, index: number, value: SeriesValue, scale: Scale): Html => {
  const day = dayText(snapshots[index]?.generatedAt ?? '')
  if (isKnown(value)) return dotOf(values, index, value, scale, html`<title>${day}: ${percentText(value)}</title>`)
  const { mark, word } = NO_UTILIZATION[value]
  return html`<text class="label" x="${scale.x(index)}" y="${digits(Number(scale.y(0)) - 4)}" text-anchor="middle">${mark}<title>${day}: ${word}</title></text>`
}

const loneDots = (values: Values, scale: Scale): readonly Html[] =>
  values.flatMap((value, index) =>
    isKnown(value) && isLone(values, index) ? [dotOf(values, index, value, scale)] : [],
  )

/** Half the width of the flag at the upper end of a mark. */
const FLAG = 3.5

const planText = (plan: TrendPlan): string => `${dayText(plan.to)}: ${planTitle(plan)}, ${movedText(plan)}`

/** A line with a flag where a plan was applied. `isTitled`: it says which one, where a pointer stays on it. */
const planMark = (plan: TrendPlan, { at }: Scale, { top, bottom, height }: Frame, isTitled: boolean): Html => {
  const x = Number(at(plan.to))
  const flag = `M${digits(x - FLAG)} ${top - FLAG}h${2 * FLAG}L${digits(x)} ${top + FLAG}Z`
  return html`<g class="plan"><line x1="${x}" x2="${x}" y1="${top}" y2="${height - bottom}"/><path d="${flag}"/>${isTitled ? html`<title>${planText(plan)}</title>` : undefined}</g>`
}

/** What the drawing shows, in words. */
const description = ({ label, values }: UtilizationSeries, plans: readonly TrendPlan[]): string => {
  const known = values.filter(isKnown)
  const span = `from ${percentText(known[0] ?? 0)} to ${percentText(known.at(-1) ?? 0)}`
  const range = `lowest ${percentText(Math.min(...known))}, highest ${percentText(Math.max(...known))}`
  const gaps = reasonsAmong(values).map((reason) => {
    const count = values.filter((value) => value === reason).length
    return `, ${NO_UTILIZATION[reason].word} in ${count} of ${values.length} snapshots`
  })
  const applied = plans.map((plan) => `; ${planText(plan)}`)
  return `${label}: ${span}, ${range}${gaps.join('')}${applied.join('')}`
}

/** The use of one license over time, with what was purchased as a dashed line. */
export const trendChart = (trend: Trend, series: UtilizationSeries): Html => {
  const { values } = series
  const scale = scaleOf(trend, values, CHART)
  const plans = plansOf(trend, series.license)
  const levels = [0, 1, ...(scale.most > MUCH_MORE ? [scale.most] : [])]
  return html`<svg class="plot" viewBox="0 0 ${CHART.width} ${CHART.height}" role="img" aria-label="${description(series, plans)}">${areaOf(values, scale)}${levelLine('axis', 0, scale, CHART)}${levelLine('bought', 1, scale, CHART)}${levels.map((value) => levelLabel(value, scale, CHART))}${dayLabels(trend, scale, CHART)}${plans.map((plan) => planMark(plan, scale, CHART, true))}${lineOf(values, scale)}${values.map((value, index) => pointOf(trend, values, index, value, scale))}</svg>`
}

/** The same without words, for the eye, beside what it says in numbers. */
export const trendSparkline = (trend: Trend, { values, license }: UtilizationSeries): Html => {
  const marks = plansOf(trend, license)
  const scale = scaleOf(trend, values, SPARKLINE)
  return html`<svg class="plot spark" viewBox="0 0 ${SPARKLINE.width} ${SPARKLINE.height}" aria-hidden="true" focusable="false">${areaOf(values, scale)}${levelLine('axis', 0, scale, SPARKLINE)}${levelLine('bought', 1, scale, SPARKLINE)}${marks.map((plan) => planMark(plan, scale, SPARKLINE, false))}${lineOf(values, scale)}${loneDots(values, scale)}</svg>`
}
