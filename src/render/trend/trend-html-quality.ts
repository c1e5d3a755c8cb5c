import { numberText, quantity } from '../../model/quantity.ts'
import type { ProviderAccount, Trend, TrendSnapshot } from '../../snapshot/index.ts'
import { type Html, html, name } from '../page/html.ts'
import type { ProviderTitles } from '../provider-titles.ts'
import { damagedJournals } from './plan-marks.ts'
import { timeHtml } from './trend-time.ts'

/** A long list begins with its first lines. */
const SHOWN = 8

const listOf = (lines: readonly Html[]): Html => {
  const others = lines.slice(SHOWN)
  return html`<ul>${lines.slice(0, SHOWN)}</ul>${
    others.length === 0
      ? undefined
      : html`<details><summary>${numberText(others.length)} more</summary><ul>${others}</ul></details>`
  }`
}

const hasGap = ({ status }: ProviderAccount): boolean => status !== 'complete'

const statusHtml = (status: ProviderAccount['status']): Html =>
  html`<span class="status status-${status}">${status}</span>`

const gapLine = ({ id, status, problems }: ProviderAccount, titleOf: ProviderTitles): Html =>
  html`<li>${name(titleOf(id))} ${statusHtml(status)}${problems.length === 0 ? '' : html` ${problems.join('; ')}`}</li>`

const snapshotLine = (snapshot: TrendSnapshot, titleOf: ProviderTitles): Html => {
  const lines = snapshot.providers.filter(hasGap).map((provider) => gapLine(provider, titleOf))
  return html`<li><strong>${name(snapshot.name)}</strong>, ${timeHtml(snapshot.generatedAt)}<ul>${lines}</ul></li>`
}

/** Damaged snapshots and journals, and gaps, before every number. Absent where there are none. */
export const missingSection = (trend: Trend, titleOf: ProviderTitles): Html | undefined => {
  const { complete, damaged, snapshots } = trend
  const journals = damagedJournals(trend)
  if (complete && journals.length === 0) return undefined
  const partial = snapshots.filter((snapshot) => !snapshot.complete)
  return html`<section id="missing" class="card alert" aria-labelledby="missing-heading"><h2 id="missing-heading">This trend is not complete</h2>
<p>What is unknown is a gap in the lines, never a zero.</p>
${
  damaged.length === 0
    ? undefined
    : html`<h3>${quantity(damaged.length, 'snapshot')} left out</h3>${listOf(
        damaged.map((one) => html`<li><strong>${name(one.name)}</strong>: ${one.problem}</li>`),
      )}`
}${
  partial.length === 0
    ? undefined
    : html`<h3>${quantity(partial.length, 'snapshot')} not complete</h3>${listOf(
        partial.map((snapshot) => snapshotLine(snapshot, titleOf)),
      )}`
}${
  journals.length === 0
    ? undefined
    : html`<h3>${quantity(journals.length, 'journal')} left out</h3>${listOf(journals.map(({ message }) => html`<li>${message}</li>`))}`
}</section>`
}

/** A number of licenses in a snapshot; with gaps, there may be more. */
export const leastText = (licenses: number, isWhole: boolean): string => {
  if (isWhole) return numberText(licenses)
  return licenses === 0 ? 'unknown' : `≥ ${numberText(licenses)}`
}

const snapshotRow = (
  { name: title, generatedAt, complete, providers }: TrendSnapshot,
  licenses: number,
  titleOf: ProviderTitles,
): Html => {
  const withGap = providers.filter(hasGap)
  const result =
    withGap.length === 0
      ? statusHtml('complete')
      : withGap.map(({ id, status }) => html`<div>${name(titleOf(id))} ${statusHtml(status)}</div>`)
  return html`<tr><th scope="row">${name(title)}<small>${timeHtml(generatedAt)}</small></th><td class="number">${leastText(licenses, complete)}</td><td>${result}</td></tr>`
}

/** What the trend was made of. */
export const snapshotSection = ({ snapshots, licenses }: Trend, titleOf: ProviderTitles): Html => {
  const counts = snapshots.map(() => 0)
  for (const { points } of licenses) for (const { snapshot } of points) counts[snapshot] = (counts[snapshot] ?? 0) + 1
  const rows = snapshots.map((snapshot, index) => snapshotRow(snapshot, counts[index] ?? 0, titleOf))
  return html`<section id="snapshots" aria-labelledby="snapshots-heading"><h2 id="snapshots-heading">Snapshots</h2><div class="card">
<div class="scroll" tabindex="0" role="region" aria-label="How each snapshot was read"><table class="plain">
<thead><tr><th scope="col">Snapshot</th><th scope="col" class="number">Licenses</th><th scope="col">Result</th></tr></thead>
<tbody>${rows}</tbody></table></div></div></section>`
}
