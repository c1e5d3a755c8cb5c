import type { Trend, TrendProvider, TrendSnapshot } from '../../../snapshot/index.ts'
import { numberText } from '../../output/count-text.ts'
import { type Html, html, name } from '../page/html.ts'
import { counted } from '../plan/plan-table.ts'
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

const isUnread = ({ status }: TrendProvider): boolean => status !== 'complete'

const statusHtml = (status: TrendProvider['status']): Html =>
  html`<span class="status status-${status}">${status}</span>`

const unreadLine = ({ displayName, status, problems }: TrendProvider): Html =>
  html`<li>${name(displayName)} ${statusHtml(status)}${problems.length === 0 ? '' : html` ${problems.join('; ')}`}</li>`

const snapshotLine = (snapshot: TrendSnapshot): Html =>
  html`<li><strong>${name(snapshot.name)}</strong>, ${timeHtml(snapshot.generatedAt)}<ul>${snapshot.providers.filter(isUnread).map(unreadLine)}</ul></li>`

/** What cannot be used, what is missing, and why. Only where something is; it comes before every number. */
export const missingSection = ({ complete, damaged, snapshots }: Trend): Html | undefined => {
  if (complete) return undefined
  const partial = snapshots.filter((snapshot) => !snapshot.complete)
  return html`<section id="missing" class="card alert" aria-labelledby="missing-heading"><h2 id="missing-heading">This trend is not complete</h2>
<p>What is not known is a gap in the lines, never a zero.</p>
${
  damaged.length === 0
    ? undefined
    : html`<h3>${counted(damaged.length, 'snapshot', 'snapshots')} left out</h3>${listOf(
        damaged.map((one) => html`<li><strong>${name(one.name)}</strong>: ${one.problem}</li>`),
      )}`
}${
  partial.length === 0
    ? undefined
    : html`<h3>${counted(partial.length, 'snapshot', 'snapshots')} not read as a whole</h3>${listOf(partial.map(snapshotLine))}`
}</section>`
}

const snapshotRow = ({ name: title, generatedAt, providers }: TrendSnapshot, licenses: number): Html => {
  const unread = providers.filter(isUnread)
  const result =
    unread.length === 0
      ? statusHtml('complete')
      : unread.map(({ displayName, status }) => html`<div>${name(displayName)} ${statusHtml(status)}</div>`)
  return html`<tr><th scope="row">${name(title)}<small>${timeHtml(generatedAt)}</small></th><td class="number">${numberText(licenses)}</td><td>${result}</td></tr>`
}

/** What the trend was made of. */
export const snapshotSection = ({ snapshots, licenses }: Trend): Html => {
  const counts = snapshots.map(() => 0)
  for (const { points } of licenses) for (const { snapshot } of points) counts[snapshot] = (counts[snapshot] ?? 0) + 1
  const rows = snapshots.map((snapshot, index) => snapshotRow(snapshot, counts[index] ?? 0))
  return html`<section id="snapshots" aria-labelledby="snapshots-heading"><h2 id="snapshots-heading">Snapshots</h2><div class="card">
<div class="scroll" tabindex="0" role="region" aria-label="How each snapshot was read"><table class="plain">
<thead><tr><th scope="col">Snapshot</th><th scope="col" class="number">Licenses</th><th scope="col">Result</th></tr></thead>
<tbody>${rows}</tbody></table></div></div></section>`
}
