import { isWhole, type Ledger } from '../../../model/ledger.ts'
import { numberText } from '../../../model/quantity.ts'
import { firstOf, moreOf } from '../../../model/some-of.ts'
import type { LicenseReport, ProviderReport } from '../../../report/license-report.ts'
import { listsOf, problemsOfProvider } from '../../../report/report-problems.ts'
import { remarksOfReport } from '../../../report/report-remarks.ts'
import { CHECK_CONFIGURATION, configurationLinesOf, noticesOf } from '../../notices.ts'
import { type Html, html, name } from '../../page/html.ts'
import { verdictWords } from '../report-words.ts'
import type { Names } from './names.ts'

const missingFrom = (provider: ProviderReport, names: Names): Html | undefined => {
  const problems = problemsOfProvider(provider)
  if (problems.length === 0) return undefined
  return html`<h3>${name(names.provider(provider.id))} <span class="status status-${provider.status}">${provider.status}</span></h3>
<ul>${problems.map((line) => html`<li>${line}</li>`)}</ul>`
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
<ul>${lines.map((line) => html`<li>${name(line)}</li>`)}</ul></section>`
}

const ledgerRow = (provider: string, list: string, ledger: Ledger): Html =>
  html`<tr><th scope="row">${name(provider)}</th><td>${list}</td><td class="number">${numberText(ledger.items)}</td><td class="number">${
    ledger.total === undefined ? html`<span class="unknown">not provided</span>` : numberText(ledger.total)
  }</td><td class="number">${numberText(ledger.undecodable)}</td><td>${isWhole(ledger) ? html`${verdictWords[ledger.verdict]}` : html`<strong>${verdictWords[ledger.verdict]}</strong>`}${ledger.omits.map((omitted) => `; ${omitted}`).join('')}</td></tr>`

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
  return html`<details><summary>Unused settings: ${numberText(lines.length)}</summary><ul>${lines.map((line) => html`<li>${name(line)}</li>`)}</ul></details>`
}

const remarks = (report: LicenseReport): Html | undefined => {
  const lines = remarksOfReport(report)
  if (lines.length === 0) return undefined
  return html`<details open><summary>Remarks: ${numberText(lines.length)}</summary><ul>${lines.map((line) => html`<li>${name(line)}</li>`)}</ul></details>`
}

/** How every list was read. What its remarks say is in their list alone. */
export const qualitySection = (report: LicenseReport, names: Names): Html =>
  html`<section id="quality" aria-labelledby="quality-heading"><h2 id="quality-heading">Data quality</h2><div class="card">
<div class="scroll" tabindex="0" role="region" aria-label="How each list was read"><table class="plain">
<thead><tr><th scope="col">Provider</th><th scope="col">List</th><th scope="col" class="number">Read</th><th scope="col" class="number">Vendor’s total</th><th scope="col" class="number">Unreadable</th><th scope="col">Result</th></tr></thead>
<tbody>${report.providers.flatMap((provider) => ledgerRows(provider, names))}</tbody></table></div>
${remarks(report)}${ambiguousAddresses(report, names)}${notices(report)}</div></section>`
