import { numberText } from '../../../model/quantity.ts'
import { groupText } from '../../../report/groups/group-text.ts'
import { licenseLabels } from '../../../report/license-labels.ts'
import type { GroupRow, LicenseReport } from '../../../report/license-report.ts'
import { type Html, html, name } from '../../page/html.ts'
import { COST_PER_MONTH } from '../../text/cost-text.ts'
import { groupsHeading, groupTitles, otherFindingsText } from '../group-words.ts'
import { currenciesOf } from '../shown-costs.ts'
import { costHtml, countHtml } from './count-html.ts'
import type { Names } from './names.ts'
import { createPageNotes, type PageNotes } from './page-notes.ts'

/** A column of the table, and what a group has there. */
interface Field {
  readonly heading: string
  readonly cellOf: (row: GroupRow, notes: PageNotes) => Html | undefined
}

const SEATS: readonly Field[] = [
  { heading: 'People', cellOf: ({ people }, notes) => countHtml(people, notes) },
  { heading: 'Users', cellOf: ({ users }, notes) => countHtml(users, notes) },
  {
    heading: 'Seats held',
    cellOf: ({ seats, reason }, notes) =>
      html`${countHtml(seats, notes)}${reason === undefined ? undefined : notes.mark(reason)}`,
  },
]

const COST: Field = { heading: COST_PER_MONTH, cellOf: ({ cost }, notes) => cost && costHtml(cost, notes) }

const STAKE: readonly Field[] = [
  {
    heading: 'Findings',
    cellOf: ({ atStake }, notes) => atStake && countHtml(atStake.findingGroups ?? atStake.findings, notes),
  },
  { heading: 'Seats at stake', cellOf: ({ atStake }, notes) => atStake && countHtml(atStake.seats, notes) },
]

const COST_AT_STAKE: Field = {
  heading: 'Cost at stake',
  cellOf: ({ atStake }, notes) => atStake && costHtml(atStake.cost, notes),
}

const SHOWN = 25

/** The seats that users hold, group by group; nothing where the report has no groups. */
export const groupSection = (report: LicenseReport, names: Names): Html | undefined => {
  const { groups } = report
  if (groups === undefined) return undefined
  const { by, rows } = groups
  const notes = createPageNotes('groups')
  const labels = licenseLabels(report)
  const isPriced = currenciesOf(report).length > 0
  const hasStakes = rows.some(({ atStake }) => atStake !== undefined)
  const fields = [
    ...SEATS,
    ...(isPriced ? [COST] : []),
    ...(hasStakes ? STAKE : []),
    ...(hasStakes && isPriced ? [COST_AT_STAKE] : []),
  ]
  const labelOf = (row: GroupRow): Html => {
    if (row.kind !== 'named') return html`<em>${row.kind}</em>`
    const label = name(groupText(row, labels))
    return by === 'license' && row.provider !== undefined
      ? html`${name(names.provider(row.provider))}: ${label}`
      : label
  }
  const tableOf = (some: readonly GroupRow[], label: string): Html =>
    html`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table class="plain"><thead><tr><th scope="col">${groupTitles[by]}</th>${fields.map(({ heading }) => html`<th scope="col" class="number">${heading}</th>`)}</tr></thead><tbody>${some.map(
      (row) =>
        html`<tr><th scope="row">${labelOf(row)}</th>${fields.map(({ cellOf }) => html`<td class="number">${cellOf(row, notes)}</td>`)}</tr>`,
    )}</tbody></table></div>`
  const others = rows.slice(SHOWN)
  const rest = otherFindingsText(groups)
  return html`<section id="groups" aria-labelledby="groups-heading"><h2 id="groups-heading">${groupsHeading(groups)}</h2><div class="card">${tableOf(rows.slice(0, SHOWN), groupsHeading(groups))}${
    others.length === 0
      ? undefined
      : html`<details><summary>${numberText(others.length)} more</summary>${tableOf(others, `${groupsHeading(groups)}, more`)}</details>`
  }${rest === undefined ? undefined : html`<p class="muted">${rest}</p>`}${notes.list()}</div></section>`
}
