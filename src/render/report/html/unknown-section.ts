import { numberText, quantity } from '../../../model/quantity.ts'
import type { LicenseReport } from '../../../report/license-report.ts'
import { remarksOfReport } from '../../../report/report-remarks.ts'
import { type Html, html, name, prose } from '../../page/html.ts'
import { OVERVIEW, unknownFacts } from '../overview.ts'
import type { Names } from './names.ts'

const partialProviders = ({ providers }: LicenseReport, names: Names): readonly Html[] =>
  providers
    .filter(({ status }) => status !== 'complete')
    .map(
      ({ id, status }) =>
        html`<li>${name(names.provider(id))} <span class="status status-${status}">${status}</span></li>`,
    )

/** So many are read at a glance. */
const FEW = 8

const listOf = (id: string, heading: string, fact: string, lines: readonly Html[]): Html | undefined =>
  lines.length === 0
    ? undefined
    : html`<details class="card" id="${id}"${lines.length > FEW ? undefined : html` open`}><summary><h3>${heading}</h3><span class="facts"><span>${fact}</span></span></summary><ul>${lines}</ul></details>`

/** Providers that were not read whole, rules that lack data, and what is to be said of what was read. */
export const unknownSection = (report: LicenseReport, names: Names): Html => {
  const providers = partialProviders(report, names)
  const facts = unknownFacts(report).map(({ about, what }) => html`<li><strong>${about}</strong>: ${prose(what)}</li>`)
  const remarks = remarksOfReport(report).map((line) => html`<li>${prose(line)}</li>`)
  const isNothing = providers.length + facts.length + remarks.length === 0
  return html`<section id="unknown" aria-labelledby="unknown-heading"><h2 id="unknown-heading">${OVERVIEW.unknown}</h2>${
    isNothing
      ? html`<p class="card">Everything was read${report.findings === undefined ? '' : ', and every rule had its data'}.</p>`
      : undefined
  }${
    providers.length === 0
      ? undefined
      : html`<div class="card"><h3>Providers that could not be read whole</h3><ul class="plain-list">${providers}</ul><p class="muted">What is missing is said <a href="#missing">at the top</a>.</p></div>`
  }${listOf('abstentions', 'Missing data', quantity(facts.length, 'reason'), facts)}${listOf('remarks', 'Remarks', numberText(remarks.length), remarks)}</section>`
}
