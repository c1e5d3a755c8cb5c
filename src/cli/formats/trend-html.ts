import { createHash } from 'node:crypto'
import type { LicenseTrend, Trend } from '../../snapshot/index.ts'
import { countText } from '../output/count-text.ts'
import { type Html, html, name, trusted } from './report-html/html.ts'
import type { RenderTrend } from './trend-formats.ts'
import { trendStyle } from './trend-style.ts'
import { percentText } from './utilization-bar.ts'
import { type UtilizationSeries, utilizationSeries } from './utilization-series.ts'

const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(trendStyle).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

const WIDTH = 320
const HEIGHT = 110
const LEFT = 34
const RIGHT = 10
const TOP = 8
const BOTTOM = 18

const dayOf = (iso: string): string => iso.slice(0, 'YYYY-MM-DD'.length)
const digits = (value: number): string => String(Math.round(value * 100) / 100)

interface Scale {
  readonly x: (index: number) => string
  readonly y: (value: number) => string
}

/** The places of the snapshots follow their times, so that a month without one is as long as any other. */
const scaleOf = ({ snapshots }: Trend, values: UtilizationSeries['values']): Scale => {
  const times = snapshots.map(({ generatedAt }) => Date.parse(generatedAt))
  const [first = 0, last = 0] = [times[0], times.at(-1)]
  const most = Math.max(1, ...values.filter((value) => value !== undefined))
  const along = (index: number) => (last > first ? ((times[index] ?? first) - first) / (last - first) : 0.5)
  return {
    x: (index) => digits(LEFT + along(index) * (WIDTH - LEFT - RIGHT)),
    y: (value) => digits(TOP + (1 - value / most) * (HEIGHT - TOP - BOTTOM)),
  }
}

/** Where a value is not known, the line ends, and another one begins after it. */
const pathOf = (values: UtilizationSeries['values'], { x, y }: Scale): string =>
  values
    .flatMap((value, index) => {
      if (value === undefined) return []
      return [`${index === 0 || values[index - 1] === undefined ? 'M' : 'L'}${x(index)} ${y(value)}`]
    })
    .join('')

const chartOf = (trend: Trend, { label: title, values }: UtilizationSeries): Html => {
  const scale = scaleOf(trend, values)
  const { x, y } = scale
  const known = values.flatMap((value, index) => (value === undefined ? [] : [{ value, index }]))
  const [first, last] = [known[0], known.at(-1)]
  const gaps = values.length - known.length
  const told = `${title}: from ${percentText(first?.value ?? 0)} to ${percentText(last?.value ?? 0)}, ${known.length} of ${values.length} snapshots${gaps === 0 ? '' : `, not known in ${gaps}`}`
  const line = (css: string, value: number) =>
    html`<line class="${css}" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(value)}" y2="${y(value)}"/>`
  const label = (value: number) =>
    html`<text class="label" x="${LEFT - 4}" y="${Number(y(value)) + 3}" text-anchor="end">${percentText(value)}</text>`
  const day = (index: number, anchor: string) =>
    html`<text class="label" x="${x(index)}" y="${HEIGHT - 4}" text-anchor="${anchor}">${dayOf(trend.snapshots[index]?.generatedAt ?? '')}</text>`
  const final = values.length - 1
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${told}">${line('axis', 0)}${line('full', 1)}${label(0)}${label(1)}<path class="line" d="${pathOf(values, scale)}"/>${known.map(({ value, index }) => html`<circle class="point" cx="${x(index)}" cy="${y(value)}" r="2.5"/>`)}${final > 0 ? [day(0, 'start'), day(final, 'end')] : [day(0, 'middle')]}</svg>`
}

const tableOf = ({ snapshots }: Trend, { points }: LicenseTrend, title: string): Html => {
  const bySnapshot = new Map(points.map((point) => [point.snapshot, point]))
  const rows = snapshots.map(({ generatedAt }, index) => {
    const point = bySnapshot.get(index)
    const cells =
      point === undefined
        ? html`<td colspan="3">not known</td>`
        : html`<td>${countText(point.purchased)}</td><td>${countText(point.assigned)}</td><td>${countText(point.utilization, percentText)}</td>`
    return html`<tr><th scope="row"><time datetime="${generatedAt}">${dayOf(generatedAt)}</time></th>${cells}</tr>`
  })
  return html`<details><summary>Figures</summary><div class="scroll"><table aria-label="${title}"><thead><tr><th scope="col">Snapshot</th><th scope="col">Purchased</th><th scope="col">Assigned</th><th scope="col">Utilization</th></tr></thead><tbody>${rows}</tbody></table></div></details>`
}

const figureOf = (trend: Trend, series: UtilizationSeries): Html => {
  const { license, label, values } = series
  const last = values.at(-1)
  return html`<figure><figcaption><h3>${name(label)}</h3><span class="last">${last === undefined ? '?' : percentText(last)}</span></figcaption>${chartOf(trend, series)}${tableOf(trend, license, label)}</figure>
`
}

const qualityOf = ({ complete, damaged, snapshots }: Trend): Html => {
  if (complete) return html``
  const partial = snapshots.filter((snapshot) => !snapshot.complete)
  const problems = [
    ...damaged.map((one) => html`<li>${name(one.name)} is left out: ${one.problem}</li>`),
    ...partial.map((one) => html`<li>${name(one.name)} is not complete: what it does not know is a gap</li>`),
  ]
  return html`<section class="alert" aria-label="Data quality"><h2>Not everything is known</h2><ul>${problems}</ul></section>`
}

const providersOf = (series: readonly UtilizationSeries[]): readonly string[] => [
  ...new Set(series.map(({ license }) => license.provider)),
]

/** For people who look rather than read: one file without scripts that loads nothing. */
export const renderTrendHtml: RenderTrend = (trend) => {
  const series = utilizationSeries(trend)
  const [first, last] = [trend.snapshots[0], trend.snapshots.at(-1)]
  const hidden = trend.licenses.length - series.length
  const sections = providersOf(series).map((provider) => {
    const own = series.filter(({ license }) => license.provider === provider)
    return html`<section aria-label="${provider}"><h2>${name(provider)}</h2><div class="charts">${own.map((one) => figureOf(trend, one))}</div></section>
`
  })
  const title = 'Use of licenses over time'
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><title>${title}</title>
<style>${trusted(trendStyle)}</style></head>
<body><div class="page"><header><h1>${title}</h1><p class="muted">${trend.snapshots.length} snapshots, ${dayOf(first?.generatedAt ?? '')} to ${dayOf(last?.generatedAt ?? '')}. The dashed line is all that was bought; where the line is broken, nothing is known.</p></header>
<main>${qualityOf(trend)}${sections}${hidden === 0 ? undefined : html`<p class="muted">${hidden} licenses have no utilization that is known.</p>`}</main>
<footer class="muted"><p>Made by Seatlens. This file loads nothing and sends nothing.</p></footer></div></body></html>
`
  return page.html
}
