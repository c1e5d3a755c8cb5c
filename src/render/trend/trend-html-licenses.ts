import { groupedBy } from '../../model/grouped-by.ts'
import { numberText } from '../../model/quantity.ts'
import type { Trend, TrendPoint } from '../../snapshot/index.ts'
import { type Html, html, name } from '../page/html.ts'
import type { ProviderTitles } from '../provider-titles.ts'
import { utilizationClass } from '../report/html/utilization-chart.ts'
import { countText } from '../text/count-text.ts'
import { percentText } from '../utilization-bar.ts'
import { trendChart, trendSparkline } from './trend-chart.ts'
import { dayHtml } from './trend-time.ts'
import {
  changeText,
  isKnown,
  NO_UTILIZATION,
  reasonUnknown,
  type SeriesValue,
  type TrendSeries,
  UNDRAWN,
  type UtilizationSeries,
} from './utilization-series.ts'

/** So many charts are looked at one by one; more are looked through, line by line. */
const FEW = 12
/** Of many licenses, those that are drawn first. */
const MOST_CHANGED = 6

/** A provider of which there is something to draw. */
export interface TrendGroup {
  readonly elementId: string
  readonly title: string
  readonly provider: string
  readonly series: readonly UtilizationSeries[]
}

/** By provider. */
export const trendGroups = (series: readonly UtilizationSeries[], titleOf: ProviderTitles): readonly TrendGroup[] => {
  const byProvider = groupedBy(series, ({ license }) => license.provider)
  return [...byProvider].map(([provider, own], index) => ({
    elementId: `provider-${index + 1}`,
    title: titleOf(provider),
    provider,
    series: own,
  }))
}

const lastHtml = ({ last }: UtilizationSeries): Html =>
  isKnown(last)
    ? html`<span class="last ${utilizationClass({ part: { kind: 'known', value: last } })}">${percentText(last)}</span>`
    : html`<span class="last ${last}">${NO_UTILIZATION[last].word}</span>`

const changeHtml = ({ change }: UtilizationSeries): Html =>
  html`<span class="change muted">${change === undefined ? '' : change === 0 ? 'no change' : `${changeText(change)} ${Math.abs(change) === 1 ? 'point' : 'points'}`}</span>`

const cellsOf = (point: TrendPoint | undefined, value: SeriesValue): Html =>
  point === undefined
    ? html`<td colspan="4" class="unknown">${NO_UTILIZATION[value === 'notThere' ? value : 'unknown'].word}</td>`
    : html`<td class="number">${countText(point.purchased)}</td><td class="number">${countText(point.consumed)}</td><td class="number">${countText(point.assigned)}</td><td class="number">${countText(point.utilization, percentText)}</td>`

const figuresOf = ({ snapshots }: Trend, { license, label: title, values }: UtilizationSeries): Html => {
  const bySnapshot = new Map(license.points.map((point) => [point.snapshot, point]))
  const rows = snapshots.map(
    ({ generatedAt }, index) =>
      html`<tr><th scope="row">${dayHtml(generatedAt)}</th>${cellsOf(bySnapshot.get(index), values[index] ?? 'unknown')}</tr>`,
  )
  return html`<details class="figures-behind"><summary>Figures</summary><div class="scroll" tabindex="0" role="group" aria-label="Figures of ${title}"><table class="plain"><thead><tr><th scope="col">Snapshot</th><th scope="col" class="number">Purchased</th><th scope="col" class="number">Consumed</th><th scope="col" class="number">Assigned</th><th scope="col" class="number">Utilization</th></tr></thead><tbody>${rows}</tbody></table></div></details>`
}

const cardOf = (trend: Trend, series: UtilizationSeries, provider: string | undefined): Html =>
  html`<figure class="card chart"><figcaption><h3>${name(series.label)}${provider === undefined ? undefined : html`<small>${name(provider)}</small>`}</h3><span class="now">${lastHtml(series)}${changeHtml(series)}</span></figcaption>${trendChart(trend, series)}${figuresOf(trend, series)}</figure>
`

const rowOf = (trend: Trend, series: UtilizationSeries): Html =>
  html`<details class="series"><summary><h3>${name(series.label)}</h3>${trendSparkline(trend, series)}${lastHtml(series)}${changeHtml(series)}</summary><div class="opened">${trendChart(trend, series)}${figuresOf(trend, series)}</div></details>
`

const areFew = ({ drawn }: TrendSeries): boolean => drawn.length <= FEW

/** Where there are too many charts to look at one by one, the ones to begin with. */
export const changedSection = (trend: Trend, all: TrendSeries, titleOf: ProviderTitles): Html | undefined => {
  if (areFew(all)) return undefined
  const moved = all.drawn.filter(({ change = 0 }) => change !== 0)
  if (moved.length === 0) return undefined
  const most = [...moved].sort((one, other) => Math.abs(other.change ?? 0) - Math.abs(one.change ?? 0))
  const cards = most.slice(0, MOST_CHANGED).map((series) => cardOf(trend, series, titleOf(series.license.provider)))
  return html`<section id="changed" aria-labelledby="changed-heading"><h2 id="changed-heading">Changed the most</h2><div class="charts">${cards}</div></section>`
}

/** All licenses of one provider: a chart each where there are few, and a line each that opens where there are many. */
export const groupSection = (
  trend: Trend,
  all: TrendSeries,
  { elementId, title, provider, series }: TrendGroup,
): Html => {
  const licenses = areFew(all)
    ? html`<div class="charts">${series.map((one) => cardOf(trend, one, undefined))}</div>`
    : html`<div class="card lines">${series.map((one) => rowOf(trend, one))}</div>`
  return html`<section id="${elementId}" aria-labelledby="${elementId}-heading"><h2 id="${elementId}-heading">${name(title)}${title.endsWith(`(${provider})`) ? undefined : html` <small>${name(provider)}</small>`}</h2>${licenses}</section>`
}

const whyText = (series: UtilizationSeries): string => {
  const reason = reasonUnknown(series)
  return reason === undefined ? '' : `: ${reason}`
}

const undrawnList = (heading: string, series: readonly UtilizationSeries[], titleOf: ProviderTitles): Html => {
  const lines = series.map(
    (one) => html`<li>${name(titleOf(one.license.provider))}: ${name(one.label)}${whyText(one)}</li>`,
  )
  return html`<details class="card"><summary><h3>${heading}</h3><span class="facts"><span>${numberText(series.length)}</span></span></summary><ul>${lines}</ul></details>`
}

/** Licenses of which nothing can be drawn, by the reason. */
export const undrawnSection = (all: TrendSeries, titleOf: ProviderTitles): Html | undefined => {
  const lists = UNDRAWN.flatMap(([reason, heading]) =>
    all[reason].length === 0 ? [] : [undrawnList(heading, all[reason], titleOf)],
  )
  if (lists.length === 0) return undefined
  return html`<section id="undrawn" aria-labelledby="undrawn-heading"><h2 id="undrawn-heading">Without utilization</h2>${lists}</section>`
}
