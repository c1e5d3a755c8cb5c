import { createCostTally } from '../../../../report/cost/cost-tally.ts'
import type { Abstention, LicenseReport } from '../../../../report/license-report.ts'
import { numberText } from '../../../output/count-text.ts'
import { type Html, html, name } from '../../page/html.ts'
import { costWords } from './cost-words.ts'
import { type FindingList, findingLists, ruleTitles } from './findings.ts'
import type { Names } from './names.ts'

/** What all findings of a rule come to; those that do not tell are counted, not left out. */
const stakeOf = ({ findings }: FindingList): Html => {
  const known = findings.flatMap(({ seats }) => (seats.kind === 'known' ? [seats.value] : []))
  const untold = findings.filter(({ seats }) => seats.kind === 'unknown').length
  const seats = known.reduce((sum, value) => sum + value, 0)
  const tally = createCostTally('findings')
  for (const { cost } of findings) tally.add(cost)
  const cost = tally.total()
  const facts = [
    ...(known.length === 0
      ? []
      : [`${untold === 0 ? '' : '≥ '}${numberText(seats)} ${seats === 1 ? 'seat' : 'seats'}`]),
    ...(known.length === 0 && untold > 0 ? ['seats unknown'] : []),
    ...(cost.kind === 'notApplicable'
      ? []
      : [cost.kind === 'unknown' && cost.atLeast === undefined ? 'cost unknown' : `${costWords(cost)} a month`]),
  ]
  return html`<span class="facts">${facts.map((fact) => html`<span>${fact}</span>`)}</span>`
}

const listOf = (list: FindingList): Html =>
  html`<details class="card rule" data-findings="${list.elementId}"><summary><span class="count">${numberText(list.findings.length)}</span><h3>${ruleTitles[list.rule]}</h3>${stakeOf(list)}</summary><ul id="${list.elementId}" class="findings"></ul></details>`

const reasonsOf = (abstentions: readonly Abstention[], names: Names): readonly Html[] => {
  const groups = new Map<string, { first: Abstention; times: number }>()
  for (const abstention of abstentions) {
    const key = JSON.stringify([abstention.rule, abstention.provider, abstention.reason])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { first: abstention, times: 1 })
    else group.times += 1
  }
  return [...groups.values()].map(({ first, times }) => {
    const where = first.provider === undefined ? html`` : html` in ${name(names.provider(first.provider))}`
    const what =
      times > 1
        ? html`, ${numberText(times)} licenses`
        : first.provider === undefined || first.licenseId === undefined
          ? html``
          : html`, ${name(names.license(first.provider, first.licenseId))}`
    return html`<li><strong>${ruleTitles[first.rule]}</strong>${where}${what}: ${first.reason}</li>`
  })
}

/** What somebody should look at, by rule; what somebody has looked at already; and what could not be looked into. */
export const findingSection = (report: LicenseReport, names: Names): Html | undefined => {
  if (report.findings === undefined) return undefined
  const open = findingLists(report, false)
  const accepted = findingLists(report, true)
  const abstentions = reasonsOf(report.abstentions ?? [], names)
  return html`<section id="findings" aria-labelledby="findings-heading"><h2 id="findings-heading">Findings</h2>
${open.length === 0 ? html`<p class="card">Nothing was found${abstentions.length === 0 ? '' : ' in what could be looked into'}.</p>` : open.map(listOf)}
${accepted.length === 0 ? undefined : html`<h3 class="apart">Accepted</h3>${accepted.map(listOf)}`}
${
  abstentions.length === 0
    ? undefined
    : html`<details class="card" id="abstentions"><summary><h3>Not looked into, for want of data</h3><span class="facts"><span>${numberText(abstentions.length)} ${abstentions.length === 1 ? 'reason' : 'reasons'}</span></span></summary><ul>${abstentions}</ul></details>`
}</section>`
}
