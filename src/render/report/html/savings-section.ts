import { knownOf } from '../../../report/cost/cost-tally.ts'
import type { LicenseReport, Saving, SeatsAndCost } from '../../../report/license-report.ts'
import { type Html, html } from '../../page/html.ts'
import { COST_PER_MONTH, monthlyText } from '../../text/cost-text.ts'
import { countText } from '../../text/count-text.ts'
import { costHtml, countHtml } from './count-html.ts'
import { createPageNotes, type PageNotes } from './page-notes.ts'

const dayHtml = (day: string): Html => html`<time class="unbroken">${day}</time>`

const spanHtml = ({ firstEnd, lastEnd }: Saving['atRenewal']): Html => {
  if (firstEnd === undefined) return html`the purchase ends on a known day`
  return firstEnd === lastEnd || lastEnd === undefined
    ? html`on ${dayHtml(firstEnd)}`
    : html`${dayHtml(firstEnd)} to ${dayHtml(lastEnd)}`
}

/** A saving by when it comes. */
const PARTS: readonly (readonly [string, (saving: Saving) => Html, (saving: Saving) => SeatsAndCost])[] = [
  ['Now', () => html`in use beyond what was purchased`, ({ now }) => now],
  ['At renewal', ({ atRenewal }) => spanHtml(atRenewal), ({ atRenewal }) => atRenewal],
  ['Unknown when', () => html`no end of a term is known`, ({ untold }) => untold],
]

const isNothing = ({ seats }: SeatsAndCost): boolean => seats.kind === 'known' && seats.value === 0

const partRow = ([label, note, partOf]: (typeof PARTS)[number], saving: Saving, notes: PageNotes): Html => {
  const part = partOf(saving)
  return html`<tr><th scope="row">${label}<small>${note(saving)}</small></th><td class="number">${countHtml(part.seats, notes)}</td><td class="number">${costHtml(part.cost, notes)}</td></tr>`
}

/** Money first, and without any, seats. */
const figureOf = (saving: Saving): Html =>
  knownOf(saving.cost).length === 0
    ? html`${countText(saving.seats)} seats`
    : html`${monthlyText(saving.cost)} <small>${countText(saving.seats)} seats</small>`

const cardOf = (heading: string, explanation: string, saving: Saving, notes: PageNotes): Html =>
  html`<div class="card saving"><h3>${heading}</h3><p class="value">${figureOf(saving)}</p><p class="muted">${explanation}</p>
${
  isNothing(saving)
    ? undefined
    : html`<table class="plain"><thead><tr><th scope="col">Saved</th><th scope="col" class="number">Seats</th><th scope="col" class="number">${COST_PER_MONTH}</th></tr></thead><tbody>${PARTS.filter(([, , partOf]) => !isNothing(partOf(saving))).map((part) => partRow(part, saving, notes))}</tbody></table>`
}</div>`

/** What the open findings come to. Absent where the report does not say it. */
export const savingsSection = ({ savings }: LicenseReport): Html | undefined => {
  if (savings === undefined) return undefined
  const notes = createPageNotes('savings')
  return html`<section id="savings" aria-labelledby="savings-heading"><h2 id="savings-heading">What can be saved</h2>
<div class="columns">${cardOf('Seats that users can give up', 'Each seat counts once, however many findings are about it.', savings.removable, notes)}${cardOf('Purchased seats that are not in use', 'They need not be renewed.', savings.unassigned, notes)}</div>${notes.list()}</section>`
}
