import { groupedBy } from '../../../model/grouped-by.ts'
import { numberText } from '../../../model/quantity.ts'
import type { LicenseReport } from '../../../report/license-report.ts'
import { type Gaps, gapsOfHolders, gapsOfNames } from '../../../report/report-gaps.ts'
import { type Html, html, name } from '../../page/html.ts'
import { needsScripts } from '../../page/page.ts'
import { COST_PER_MONTH } from '../../text/cost-text.ts'
import type { Names } from './names.ts'
import type { PageTables } from './page-data.ts'
import type { PeopleData } from './people-data.ts'

/** Why the list of people may lack something. */
interface ListGaps {
  readonly holders: Gaps
  readonly names: Gaps
}

interface Column {
  readonly key: string
  readonly heading: string
  readonly className?: string
  /** What it is sorted by, where that is not obvious. */
  readonly order?: string
}

/** Columns in which at least one person has something. */
const columnsOf = ({ tables, withActivity }: PeopleData, { cost }: LicenseReport): readonly Column[] => [
  { key: 'person', heading: 'Person' },
  { key: 'provider', heading: 'Provider' },
  { key: 'licenses', heading: 'Licenses' },
  { key: 'status', heading: 'Status' },
  ...(withActivity ? [{ key: 'active', heading: 'Last active' }] : []),
  ...(tables.costs.length === 0
    ? []
    : [
        {
          key: 'cost',
          heading: COST_PER_MONTH,
          className: 'number',
          ...((cost?.currencies.length ?? 0) > 1 && { order: 'Sorted by currency, then by amount' }),
        },
      ]),
]

const options = (values: readonly string[]): readonly Html[] =>
  values.map((value, index) => html`<option value="${index}">${value}</option>`)

/** By name; the places are those of the table. */
const departmentOptions = ({ departments }: PageTables): readonly Html[] => {
  const { compare } = new Intl.Collator('en', { numeric: true })
  return [...departments.entries()]
    .sort(([, one], [, other]) => compare(one, other))
    .map(([place, text]) => html`<option value="${place}">${text}</option>`)
}

const ruleOptions = ({ rules }: PageTables): readonly Html[] => [
  html`<option value="any">Any finding</option>`,
  ...rules.map(
    ([title, hasGap], place) =>
      html`<option value="${place}">${title}${hasGap === 1 ? ' (some data is missing)' : ''}</option>`,
  ),
]

const licenseOptions = ({ providers, licenses }: PageTables): readonly Html[] => {
  const byProvider = groupedBy(licenses.entries(), ([, [place]]) => String(place))
  return providers.map((provider, place) => {
    const ofProvider = (byProvider.get(String(place)) ?? []).map(
      ([index, [, text, hasGap, isFree]]) =>
        html`<option value="${index}">${text}${hasGap === 1 ? ' (not all holders read)' : ''}${isFree === 1 ? ' (free)' : ''}</option>`,
    )
    return html`<optgroup label="${provider}">${ofProvider}</optgroup>`
  })
}

const select = (key: string, label: string, all: string, content: readonly Html[]): Html =>
  html`<label><span>${label}</span><select data-filter="${key}"><option value="">${all}</option>${content}</select></label>`

const gapItems = ({ holders, names: ofNames }: ListGaps, names: Names): readonly Html[] => [
  ...[...holders].map(
    ([id, reason]) =>
      html`<li>${name(names.provider(id))}: people may be missing, and licenses of listed people: ${reason}</li>`,
  ),
  ...[...ofNames].map(
    ([id, reason]) =>
      html`<li>${name(names.provider(id))}: names, addresses and states may be missing, and a person may be listed twice: ${reason}</li>`,
  ),
]

/** The gaps of the list, before the list. */
const gapsHtml = (gaps: ListGaps, names: Names): Html | undefined => {
  const lines = gapItems(gaps, names)
  if (lines.length === 0) return undefined
  return html`<div class="card alert" id="people-gaps"><p><strong>This list is not complete.</strong></p><ul>${lines}</ul></div>`
}

/** As the filter counts them. */
const countText = ({ users = [] }: LicenseReport, { count }: PeopleData, { holders, names }: ListGaps): string => {
  const people = `${numberText(count)} people`
  const accounts = users.length === count ? '' : ` with ${numberText(users.length)} accounts`
  if (names.size > 0) return `${people}${accounts} could be read`
  return holders.size > 0 ? `at least ${people}${accounts}` : `${people}${accounts}`
}

const capitalized = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

/** Empty until the script of the page fills it: one page of rows at a time. */
export const peopleSection = (report: LicenseReport, data: PeopleData, names: Names): Html | undefined => {
  if (report.users === undefined) return undefined
  const columns = columnsOf(data, report)
  const { providers } = report
  const gaps = { holders: gapsOfHolders(providers), names: gapsOfNames(providers) }
  const { tables } = data
  const several = tables.providers.length > 1
  return html`<section id="people" aria-labelledby="people-heading"><div class="section-head"><h2 id="people-heading">People</h2><p class="muted">${countText(report, data, gaps)}</p></div>
${needsScripts('The list of people needs')}
${gapsHtml(gaps, names)}
<div class="card" id="people-card" hidden>
<form class="filters" id="people-filters" role="search" aria-label="People">
<label class="search"><span>Search</span><input type="search" placeholder="Name, e-mail address, department, location, license" autocomplete="off" spellcheck="false" data-filter="text"></label>
${several ? select('provider', 'Provider', 'All providers', [...options(tables.providers), html`<option value="several">In several providers</option>`]) : undefined}
${select('license', 'License', 'All licenses', [html`<option value="any">Any license</option><option value="none">No license</option>`, ...licenseOptions(tables)])}
${select('status', 'Status', 'Any status', [...options(tables.statuses.map(capitalized)), html`<option value="external">External</option>`])}
${tables.departments.length === 0 ? undefined : select('department', 'Department', 'All departments', [...departmentOptions(tables), html`<option value="none">None or unknown</option>`])}
${tables.rules.length === 0 ? undefined : select('rule', 'Dormant or other finding', 'With or without', ruleOptions(tables))}
<button type="reset">Clear</button></form>
<div class="section-head"><p id="people-matches" role="status"></p><p id="people-order" class="muted" role="status"></p><p id="people-printed" hidden></p></div>
<div class="scroll" role="region" aria-label="Table of people" aria-describedby="people-keys" tabindex="0">
<table role="table" class="people" aria-label="People">
<thead role="rowgroup"><tr role="row" aria-rowindex="1">${columns.map(
    ({ key, heading, className = '', order }) =>
      html`<th role="columnheader" scope="col" class="${className}" data-column="${key}"><button type="button"${order === undefined ? undefined : html` title="${order}"`}>${heading}<span class="arrow" aria-hidden="true"></span></button></th>`,
  )}</tr></thead>
<tbody role="rowgroup"></tbody></table></div>
<nav class="pager" aria-label="Pages of people"><button type="button" data-turn="first">First</button><button type="button" data-turn="previous">Previous</button><span id="people-page"></span><button type="button" data-turn="next">Next</button><button type="button" data-turn="last">Last</button></nav>
${data.withFacts ? html`<p class="muted fields">Department, division and the like: “none” is an empty field of the vendor’s record. A field that is not shown was not read, or the vendor does not provide it.</p>` : undefined}
<p class="muted keys" id="people-keys">In the table: arrow keys go from person to person, page keys turn pages, Home and End go to the ends.</p>
</div></section>`
}
