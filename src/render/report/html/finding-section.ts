import { numberText, quantity } from '../../../model/quantity.ts'
import type { Abstention, LicenseReport } from '../../../report/license-report.ts'
import { type Html, html, name } from '../../page/html.ts'
import { needsScripts } from '../../page/page.ts'
import { monthlyText } from '../../text/cost-text.ts'
import { countText } from '../../text/count-text.ts'
import { abstentionGroups, nothingFoundText, type Stake, stakeOf } from '../grids/finding-summary.ts'
import { ruleTitles } from '../report-words.ts'
import { type FindingList, findingLists } from './findings.ts'
import type { Names } from './names.ts'

const seatsText = ({ seats }: Stake): readonly string[] => {
  if (seats.kind === 'notApplicable') return []
  if (seats.kind === 'unknown' && seats.atLeast === undefined) return ['seats unknown']
  return [`${countText(seats)} ${seats.kind === 'known' && seats.value === 1 ? 'seat' : 'seats'}`]
}

const costTexts = ({ cost }: Stake): readonly string[] => {
  if (cost.kind === 'notApplicable') return []
  return [cost.kind === 'unknown' && cost.atLeast === undefined ? 'cost unknown' : monthlyText(cost)]
}

/** What is at stake in all findings of a rule; what is unknown is counted, not left out. */
const stakeHtml = ({ findings }: FindingList, unknownCount: number): Html => {
  const stake = stakeOf(findings, unknownCount)
  const facts = [
    ...seatsText(stake),
    ...costTexts(stake),
    ...(unknownCount === 0 ? [] : [`${numberText(unknownCount)} unknown`]),
  ]
  return html`<span class="facts">${facts.map((fact) => html`<span>${fact}</span>`)}</span>`
}

/** `abstentions`: where the rule lacks data; what it would find would be open. */
const listOf = (list: FindingList, abstentions: readonly Abstention[] = []): Html => {
  const unknownCount = abstentions.filter(({ rule }) => rule === list.rule).length
  return html`<details class="card rule" data-findings="${list.elementId}"><summary><span class="count">${numberText(list.findings.length)}</span><h3>${ruleTitles[list.rule]}</h3>${stakeHtml(list, unknownCount)}</summary><ul id="${list.elementId}" class="findings"></ul></details>`
}

const reasonsOf = (abstentions: readonly Abstention[], names: Names): readonly Html[] =>
  abstentionGroups(abstentions).map(([first, ...others]) => {
    const where = first.provider === undefined ? html`` : html` in ${name(names.provider(first.provider))}`
    const what =
      others.length > 0
        ? html`, ${numberText(others.length + 1)} licenses`
        : first.provider === undefined || first.licenseId === undefined
          ? html``
          : html`, ${name(names.license(first.provider, first.licenseId))}`
    return html`<li><strong>${ruleTitles[first.rule]}</strong>${where}${what}: ${first.reason}</li>`
  })

/** Open findings by rule, accepted ones, and where rules lack data. */
export const findingSection = (report: LicenseReport, names: Names): Html | undefined => {
  if (report.findings === undefined) return undefined
  const open = findingLists(report, false)
  const accepted = findingLists(report, true)
  const { abstentions = [] } = report
  const reasons = reasonsOf(abstentions, names)
  return html`<section id="findings" aria-labelledby="findings-heading"><h2 id="findings-heading">Findings</h2>
<p class="on-paper muted">Of the lists that are closed on the screen, only the headings are printed.</p>
${open.length + accepted.length === 0 ? undefined : needsScripts('The lists of findings are empty here: they need')}
${open.length === 0 ? html`<p class="card">${nothingFoundText({ findings: [], abstentions })}</p>` : open.map((list) => listOf(list, abstentions))}
${accepted.length === 0 ? undefined : html`<h3 class="apart">Accepted</h3>${accepted.map((list) => listOf(list))}`}
${
  reasons.length === 0
    ? undefined
    : html`<details class="card" id="abstentions"><summary><h3>Unknown, as data is missing</h3><span class="facts"><span>${quantity(reasons.length, 'reason')}</span></span></summary><ul>${reasons}</ul></details>`
}</section>`
}
