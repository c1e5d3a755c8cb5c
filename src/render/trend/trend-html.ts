import { quantity } from '../../model/quantity.ts'
import type { Trend } from '../../snapshot/index.ts'
import { type Html, html, name } from '../page/html.ts'
import { pagePieces } from '../page/page.ts'
import { providerTitles } from '../provider-titles.ts'
import type { Render } from '../rendering.ts'
import { NEARLY_FULL } from '../utilization-bar.ts'
import { changedSection, groupSection, type TrendGroup, trendGroups, undrawnSection } from './trend-html-licenses.ts'
import { plansSection } from './trend-html-plans.ts'
import { leastText, missingSection, snapshotSection } from './trend-html-quality.ts'
import { trendStyle } from './trend-style.ts'
import { dayHtml, dayText } from './trend-time.ts'
import {
  isKnown,
  NO_UTILIZATION,
  type NoUtilization,
  reasonsAmong,
  type TrendSeries,
  utilizationSeries,
} from './utilization-series.ts'

const keyOf = (reason: NoUtilization): Html =>
  html`<span class="key gap">${NO_UTILIZATION[reason].mark} ${NO_UTILIZATION[reason].word}</span>`

const headerOf = ({ snapshots, plans = [] }: Trend, { drawn }: TrendSeries): Html => {
  const [first, last] = [snapshots[0]?.generatedAt ?? '', snapshots.at(-1)?.generatedAt ?? '']
  const reasons = new Set(['unknown' as const, ...reasonsAmong(drawn.flatMap(({ values }) => values))])
  return html`<header><div><h1>Utilization of licenses over time</h1><p class="muted">${dayHtml(first)}${dayText(first) === dayText(last) ? undefined : html` to ${dayHtml(last)}`}, ${quantity(snapshots.length, 'snapshot')}</p></div>
<p class="legend"><span class="key used">in use</span><span class="key limit">purchased</span>${[...reasons].map(keyOf)}${plans.length === 0 ? undefined : html`<span class="key plan">plan applied</span>`}</p></header>`
}

const figure = (label: string, value: string, note: string, className = ''): Html =>
  html`<div class="card figure"><dt>${label}</dt><dd class="value ${className}">${value}</dd><dd class="note">${note}</dd></div>`

const noteOfUnknown = (unknown: number, isWhole: boolean): string => {
  if (unknown > 0) return 'utilization is unknown'
  return isWhole ? 'all utilization is known' : 'the snapshot is not complete'
}

const summarySection = ({ snapshots }: Trend, { drawn, unknown, unlimited, notApplicable }: TrendSeries): Html => {
  const isWhole = snapshots.at(-1)?.complete ?? false
  const text = (licenses: number) => leastText(licenses, isWhole)
  const last = [drawn, unknown, unlimited, notApplicable].flat().map((series) => series.last)
  const known = last.filter(isKnown)
  const count = (reason: NoUtilization) => last.filter((value) => value === reason).length
  const over = known.filter((value) => value > 1).length
  const nearlyFull = known.filter((value) => value >= NEARLY_FULL && value <= 1).length
  const [unknownCount, boundless, free] = [count('unknown'), count('unlimited'), count('notApplicable')]
  return html`<section id="summary" aria-labelledby="summary-heading"><h2 id="summary-heading">Licenses by utilization in the last snapshot</h2><dl class="figures of-trend">${[
    figure('Above 100%', text(over), 'more in use than purchased', over === 0 ? '' : 'level-over'),
    figure(
      'From 90% to 100%',
      text(nearlyFull),
      'nearly all purchased seats are in use',
      nearlyFull === 0 ? '' : 'level-nearly-full',
    ),
    figure('Below 90%', text(known.length - over - nearlyFull), 'seats are available'),
    ...(boundless === 0 ? [] : [figure('Unlimited', text(boundless), 'any number may be in use')]),
    ...(free === 0 ? [] : [figure('Not applicable', text(free), 'no purchased seats to compare with')]),
    figure('Unknown', text(unknownCount), noteOfUnknown(unknownCount, isWhole)),
  ]}</dl></section>`
}

interface Link {
  readonly elementId: string
  readonly title: string
}

/** So many take a second line on a phone; more are scrolled through. */
const FEW_LINKS = 6

const navigation = (links: readonly Link[]): Html =>
  html`<nav class="contents${links.length > FEW_LINKS ? '' : ' short'}" aria-label="Contents"><ul>${links.map(({ elementId, title }) => html`<li><a href="#${elementId}">${name(title)}</a></li>`)}</ul></nav>`

/** Part by part: years of many providers have a section for each of them, and a drawing for each license. */
function* bodyOf(trend: Trend): Generator<Html> {
  const all = utilizationSeries(trend)
  const titleOf = providerTitles(trend.snapshots.flatMap(({ providers }) => providers))
  const groups: readonly TrendGroup[] = trendGroups(all.drawn, titleOf)
  const changed = changedSection(trend, all, titleOf)
  const undrawn = undrawnSection(all, titleOf)
  const plans = plansSection(trend, titleOf)
  const links: readonly Link[] = [
    ...(changed === undefined ? [] : [{ elementId: 'changed', title: 'Changed the most' }]),
    ...groups,
    ...(plans === undefined ? [] : [{ elementId: 'plans', title: 'Plans applied' }]),
    ...(undrawn === undefined ? [] : [{ elementId: 'undrawn', title: 'Without utilization' }]),
    { elementId: 'snapshots', title: 'Snapshots' },
  ]
  yield html`${headerOf(trend, all)}
<main>${missingSection(trend, titleOf)}${summarySection(trend, all)}${navigation(links)}${changed}`
  for (const group of groups) yield groupSection(trend, all, group)
  yield html`${plans}${undrawn}${snapshotSection(trend, titleOf)}</main>`
}

/** For people who look rather than read: one file without scripts that loads nothing, for any browser. */
export const renderTrendHtml: Render<Trend> = (trend) => {
  const title = `Utilization of licenses over time, ${dayText(trend.snapshots.at(-1)?.generatedAt ?? '')}`
  return pagePieces({ title, style: trendStyle, body: bodyOf(trend) })
}
