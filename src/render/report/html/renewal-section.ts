import { numberText, quantity } from '../../../model/quantity.ts'
import type { LicenseReport, LicenseRow } from '../../../report/license-report.ts'
import { type Html, html, name } from '../../page/html.ts'
import { COST_PER_MONTH } from '../../text/cost-text.ts'
import { cancelText, OVERVIEW, RENEWAL_DAYS, type Renewal, renewalsAhead } from '../overview.ts'
import { currenciesOf } from '../shown-costs.ts'
import { costHtml, countHtml } from './count-html.ts'
import type { Names } from './names.ts'
import { createPageNotes, type PageNotes } from './page-notes.ts'

const hasSeats = ({ purchased, declaredOnly }: LicenseRow): boolean =>
  !declaredOnly && (purchased.kind === 'known' || purchased.kind === 'unknown')

/** How many licenses with seats have no end of a term. */
const untoldText = ({ licenses }: LicenseReport): string | undefined => {
  const untold = licenses.filter((row) => hasSeats(row) && row.term?.end === undefined).length
  if (untold === 0) return undefined
  return `The end of the term is unknown for ${quantity(untold, 'license')}. To see it here, set "term" of the license in the configuration.`
}

const noticeHtml = (renewal: Renewal): Html =>
  html`<span class="${renewal.noticeDay === undefined ? 'unknown' : ''}">${cancelText(renewal)}</span>`

const cellHtml = (heading: string, className: string, content: Html): Html =>
  html`<td class="${className}" data-heading="${heading}"><div>${content}</div></td>`

const tableOf = (renewals: readonly Renewal[], report: LicenseReport, names: Names, notes: PageNotes): Html => {
  const isPriced = currenciesOf(report).length > 0
  const headings = [
    'Provider',
    'Term end',
    'Cancel by',
    'Purchased',
    'Available',
    ...(isPriced ? [COST_PER_MONTH] : []),
  ]
  const rows = renewals.map((renewal) => {
    const { row, end, daysLeft } = renewal
    return html`<tr><th scope="row">${name(names.license(row.provider, row.id))}</th>${cellHtml('Provider', '', name(names.provider(row.provider)))}${cellHtml('Term end', 'day', html`${end} <small>in ${quantity(daysLeft, 'day')}</small>`)}${cellHtml('Cancel by', 'day', noticeHtml(renewal))}${cellHtml('Purchased', 'number', countHtml(row.purchased, notes))}${cellHtml('Available', 'number', countHtml(row.available, notes))}${isPriced ? cellHtml(COST_PER_MONTH, 'number', row.cost === undefined ? html`–` : costHtml(row.cost, notes)) : undefined}</tr>`
  })
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Terms that end soon"><table class="plain cards"><thead><tr><th scope="col">License</th>${headings.map(
    (heading, place) => html`<th scope="col" class="${place < 3 ? 'day' : 'number'}">${heading}</th>`,
  )}</tr></thead><tbody>${rows}</tbody></table></div>`
}

/** The terms that end soon, with what of them is not in use. */
export const renewalSection = (report: LicenseReport, names: Names): Html | undefined => {
  const renewals = renewalsAhead(report)
  const untold = untoldText(report)
  if (renewals.length === 0 && untold === undefined) return undefined
  const notes = createPageNotes('renewals')
  return html`<section id="renewals" aria-labelledby="renewals-heading"><h2 id="renewals-heading">${OVERVIEW.renewals}</h2><div class="card">${
    renewals.length === 0
      ? html`<p>No known term ends within ${numberText(RENEWAL_DAYS)} days.</p>`
      : tableOf(renewals, report, names, notes)
  }${untold === undefined ? undefined : html`<p class="muted">${untold}</p>`}${notes.list()}</div></section>`
}
