import { isWhole, type Ledger } from '../../../model/ledger.ts'
import { numberText } from '../../../model/quantity.ts'
import { firstOf, moreOf } from '../../../model/some-of.ts'
import type { LicenseReport, ProviderReport } from '../../../report/license-report.ts'
import { problemsByAdvice } from '../../../report/report-failures.ts'
import { listsOf } from '../../../report/report-problems.ts'
import { CHECK_CONFIGURATION, configurationLinesOf, noticesOf } from '../../notices.ts'
import { type Html, html, name, prose } from '../../page/html.ts'
import { verdictWords } from '../report-words.ts'
import type { Names } from './names.ts'

const missingFrom = (provider: ProviderReport, names: Names): Html | undefined => {
  const missing = problemsByAdvice({ providers: [provider] })
  if (missing.length === 0) return undefined
  return html`<h3>${name(names.provider(provider.id))} <span class="status status-${provider.status}">${provider.status}</span></h3>
${missing.map(({ problems, advice }) => html`<ul>${problems.map(({ line }) => html`<li>${prose(line)}</li>`)}</ul><p class="muted">What to do: ${prose(advice)}</p>`)}`
}

/** The gaps, before every number. Absent where there are none. */
export const missingSection = (report: LicenseReport, names: Names): Html | undefined =>
  report.complete
    ? undefined
    : html`<section id="missing" class="card alert" aria-labelledby="missing-heading"><h2 id="missing-heading">This report is not complete</h2>
<p>Numbers that this affects are shown as unknown, never as zero.</p>
${report.providers.map((provider) => missingFrom(provider, names) ?? html``)}</section>`

/** Configured licenses that count for nothing, before every number. Absent where there are none. */
export const configurationSection = (report: LicenseReport): Html | undefined => {
  const lines = configurationLinesOf(report)
  if (lines.length === 0) return undefined
  return html`<section id="configuration" class="card alert" aria-labelledby="configuration-heading"><h2 id="configuration-heading">${CHECK_CONFIGURATION.slice(0, -1)}</h2>
<ul>${lines.map((line) => html`<li>${prose(line)}</li>`)}</ul></section>`
}

const HEADINGS = ['List', 'Read', 'Vendor’s total', 'Unreadable', 'Result'] as const

const cellHtml = (heading: (typeof HEADINGS)[number], content: Html, className = ''): Html =>
  html`<td class="${className}" data-heading="${heading}">${content}</td>`

const ledgerRow = (provider: string, list: string, ledger: Ledger): Html => {
  const total =
    ledger.total === undefined ? html`<span class="unknown">not provided</span>` : html`${numberText(ledger.total)}`
  const verdict = verdictWords[ledger.verdict]
  const result = html`${isWhole(ledger) ? html`${verdict}` : html`<strong>${verdict}</strong>`}${ledger.omits.map((omitted) => `; ${omitted}`).join('')}`
  return html`<tr><th scope="row">${name(provider)}</th>${cellHtml('List', html`${list}`)}${cellHtml('Read', html`${numberText(ledger.items)}`, 'number')}${cellHtml('Vendor’s total', total, 'number')}${cellHtml('Unreadable', html`${numberText(ledger.undecodable)}`, 'number')}${cellHtml('Result', result)}</tr>`
}

const ledgerRows = ({ id, ledgers }: ProviderReport, names: Names): readonly Html[] =>
  listsOf(ledgers).map((list) => ledgerRow(names.provider(id), list.name, list.ledger))

const MAX_ADDRESSES = 100

const ambiguousAddresses = ({ ambiguousLinks = [] }: LicenseReport, names: Names): Html | undefined => {
  if (ambiguousLinks.length === 0) return undefined
  const { shown, others } = firstOf(ambiguousLinks, MAX_ADDRESSES)
  const lines = shown.map(
    ({ email, users }) =>
      html`<li>${name(email)}: ${users.map(({ provider, id }) => `${names.provider(provider)} ${id}`).join(' · ')}</li>`,
  )
  return html`<details><summary>Addresses shared by several users: ${numberText(ambiguousLinks.length)}</summary>
<p>If several users of one provider share an address, it does not match them with users of other providers.</p>
<ul>${lines}${others > 0 ? html`<li>and ${moreOf(others)}</li>` : undefined}</ul></details>`
}

const notices = (report: LicenseReport): Html | undefined => {
  const lines = noticesOf(report)
  if (lines.length === 0) return undefined
  return html`<details><summary>Unused settings: ${numberText(lines.length)}</summary><ul>${lines.map((line) => html`<li>${prose(line)}</li>`)}</ul></details>`
}

/** How every list was read. */
export const qualitySection = (report: LicenseReport, names: Names): Html =>
  html`<section id="quality" aria-labelledby="quality-heading"><h2 id="quality-heading">Data quality</h2><div class="card">
<div class="scroll" tabindex="0" role="region" aria-label="How each list was read"><table class="plain cards">
<thead><tr><th scope="col">Provider</th>${HEADINGS.map((heading, place) => html`<th scope="col" class="${place > 0 && place < 4 ? 'number' : ''}">${heading}</th>`)}</tr></thead>
<tbody>${report.providers.flatMap((provider) => ledgerRows(provider, names))}</tbody></table></div>
${ambiguousAddresses(report, names)}${notices(report)}</div></section>`
