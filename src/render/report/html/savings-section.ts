import { numberText } from '../../../model/quantity.ts'
import { knownOf } from '../../../report/cost/cost-tally.ts'
import type { LicenseReport, Saving } from '../../../report/license-report.ts'
import { type Html, html, prose } from '../../page/html.ts'
import { COST_PER_MONTH, monthlyText } from '../../text/cost-text.ts'
import { countText } from '../../text/count-text.ts'
import { KEPT_FREE, nothingToSaveText, OVERVIEW, SAVINGS, type SavingPart, savingParts } from '../overview.ts'
import { costHtml, countHtml } from './count-html.ts'
import { createPageNotes, type PageNotes } from './page-notes.ts'

const partRow = ({ when = '', seats, cost }: SavingPart, notes: PageNotes): Html =>
  html`<tr><th scope="row">${prose(when)}</th><td class="number">${countHtml(seats, notes)}</td><td class="number">${costHtml(cost, notes)}</td></tr>`

/** Money first, and without any, seats. */
const figureOf = (saving: Saving): Html =>
  knownOf(saving.cost).length === 0
    ? html`${countText(saving.seats)} seats`
    : html`${monthlyText(saving.cost)} <small>${countText(saving.seats)} seats</small>`

const cardOf = ({ title, explanation }: (typeof SAVINGS)[number], saving: Saving, notes: PageNotes): Html => {
  const [, ...parts] = savingParts(saving)
  const table = html`<table class="plain"><thead><tr><th scope="col">Saved</th><th scope="col" class="number">Seats</th><th scope="col" class="number">${COST_PER_MONTH}</th></tr></thead><tbody>${parts.map((part) => partRow(part, notes))}</tbody></table>`
  return html`<div class="card saving"><h3>${title}</h3><p class="value">${figureOf(saving)}</p><p class="muted">${explanation}</p>${parts.length === 0 ? undefined : table}</div>`
}

/** What the open findings come to. Absent where the report does not say it. */
export const savingsSection = (report: LicenseReport): Html | undefined => {
  const { savings } = report
  if (savings === undefined) return undefined
  const notes = createPageNotes('savings')
  const cards = SAVINGS.map((one) => cardOf(one, savings[one.field], notes))
  const { keptFree } = savings
  const kept =
    keptFree === undefined ? undefined : html`<p class="muted kept">${KEPT_FREE}: ${numberText(keptFree)}</p>`
  const nothing = nothingToSaveText(report)
  const shown =
    nothing === undefined
      ? html`<div class="columns">${cards}</div>${kept}${notes.list()}`
      : html`<p class="card">${nothing}</p>`
  return html`<section id="savings" aria-labelledby="savings-heading"><h2 id="savings-heading">${OVERVIEW.savings}</h2>
${shown}</section>`
}
