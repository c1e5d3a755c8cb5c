import { numberText } from '../../../model/quantity.ts'
import { firstOf } from '../../../model/some-of.ts'
import type { Abstention, LicenseReport } from '../../../report/license-report.ts'
import { type Html, html } from '../../page/html.ts'
import { needsScripts } from '../../page/page.ts'
import { nothingFoundText, stakeOf } from '../grids/finding-summary.ts'
import { ruleTitles } from '../report-words.ts'
import type { ShownGroup } from '../shown-groups.ts'
import { type FindingList, findingLists, findingTexts, linesHeading, lineText } from './finding-lists.ts'
import type { Names } from './names.ts'
import { stakeTexts } from './stake-texts.ts'

/** What is at stake in all findings of a rule; what is unknown is counted, not left out. */
const stakeHtml = ({ groups }: FindingList, unknownCount: number): Html => {
  const findings = groups.flatMap(({ group, findings: all }) =>
    group.accepted === undefined ? all.filter(({ accepted }) => accepted === undefined) : all,
  )
  const facts = [
    ...stakeTexts(stakeOf(findings, unknownCount)),
    ...(unknownCount === 0 ? [] : [`${numberText(unknownCount)} unknown`]),
  ]
  return html`<span class="facts">${facts.map((fact) => html`<span>${fact}</span>`)}</span>`
}

/** So many of each list are in the page as text, for a reader without scripts. */
const SHOWN_WITHOUT_SCRIPTS = 20

/** As the script of the page lists it. */
const itemOf = (shown: ShownGroup, names: Names): Html => {
  const { message, line, lines } = findingTexts(shown, names)
  return html`<li><p>${message}</p><p class="muted">${lineText(line)}</p>${
    lines.length === 0
      ? undefined
      : html`<details><summary>${linesHeading(lines)}</summary><ul>${lines.map((one) => html`<li>${lineText(one)}</li>`)}</ul></details>`
  }</li>`
}

/** `abstentions`: where the rule lacks data; what it would find would be open. */
const listOf = (list: FindingList, names: Names, abstentions: readonly Abstention[] = []): Html => {
  const unknownCount = abstentions.filter(({ rule }) => rule === list.rule).length
  const { shown, others } = firstOf(list.groups, SHOWN_WITHOUT_SCRIPTS)
  return html`<details class="card rule" data-rule="${list.rule}"><summary><span class="count">${numberText(list.groups.length)}</span><h3>${ruleTitles[list.rule]}</h3>${stakeHtml(list, unknownCount)}</summary><ul id="${list.elementId}" class="findings">${shown.map((one) => itemOf(one, names))}</ul>${
    others === 0 ? undefined : needsScripts(`And ${numberText(others)} more. To list them, the page needs`)
  }</details>`
}

/** How a plan is made of the file. */
const planCommand = ([first, ...others]: LicenseReport['providers']): Html =>
  others.length === 0
    ? html`<code>seatlens plan --file seats.csv</code> makes a plan of it.`
    : html`A plan is for one provider: <code>seatlens plan --provider ${first?.id} --file seats.csv</code> takes the seats of ${first?.id}.`

const filters = (lists: readonly FindingList[], { providers }: LicenseReport): Html =>
  html`<form class="filters" id="finding-filters" role="search" aria-label="Findings" hidden>
<label class="search"><span>Search</span><input type="search" placeholder="Name, license, provider" autocomplete="off" spellcheck="false"></label>
<label><span>Rule</span><select><option value="">All rules</option>${lists.map(({ rule }) => html`<option value="${rule}">${ruleTitles[rule]}</option>`)}</select></label>
<button type="button" data-csv="copy">Copy as CSV</button><button type="button" data-csv="download">Download CSV</button></form>
<p id="finding-matches" role="status"></p>
<p class="muted on-screen" id="finding-csv" hidden>The CSV has the seats that can be given up in the findings that you searched for. ${planCommand(providers)}</p>`

const onePerRule = (lists: readonly FindingList[]): readonly FindingList[] => [
  ...new Map(lists.map((list) => [list.rule, list])).values(),
]

/** Findings by rule, a line for each user: open ones, and accepted ones. */
export const findingSection = (
  report: LicenseReport,
  groups: readonly ShownGroup[],
  names: Names,
): Html | undefined => {
  if (report.findings === undefined) return undefined
  const open = findingLists(groups, true)
  const accepted = findingLists(groups, false)
  const { abstentions = [] } = report
  return html`<section id="findings" aria-labelledby="findings-heading"><h2 id="findings-heading">Findings</h2>
${groups.length === 0 ? undefined : filters(onePerRule([...open, ...accepted]), report)}
<p class="on-paper muted">Of the lists that are closed on the screen, only the headings are printed.</p>
${open.length === 0 ? html`<p class="card">${nothingFoundText({ findings: [], abstentions })}</p>` : open.map((list) => listOf(list, names, abstentions))}
${accepted.length === 0 ? undefined : html`<h3 class="apart">Accepted</h3>${accepted.map((list) => listOf(list, names))}`}</section>`
}
