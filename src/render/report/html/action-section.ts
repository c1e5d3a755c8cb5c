import type { LicenseReport } from '../../../report/license-report.ts'
import { type Html, html, name, prose } from '../../page/html.ts'
import { type Action, actionsNote, actionsOf } from '../actions.ts'
import { OVERVIEW } from '../overview.ts'
import type { Names } from './names.ts'
import { stakeTexts } from './stake-texts.ts'

const itemOf = (action: Action, names: Names): Html => {
  const facts = [names.provider(action.provider), ...stakeTexts(action)]
  return html`<li><p>${name(action.what)}</p><p class="facts">${facts.map((fact) => html`<span>${name(fact)}</span>`)}</p><p class="how">${prose(action.how)}</p></li>`
}

/** What to do first. */
export const actionSection = (report: LicenseReport, names: Names): Html | undefined => {
  if (report.findings === undefined) return undefined
  const actions = actionsOf(report)
  return html`<section id="actions" aria-labelledby="actions-heading"><h2 id="actions-heading">${OVERVIEW.actions}</h2><div class="card">${
    actions.length === 0
      ? html`<p>No open finding has a seat that is certain to be given up.</p>`
      : html`<ol class="actions">${actions.map((action) => itemOf(action, names))}</ol><p class="muted">${actionsNote(report)} All that was found is in <a href="#findings">Findings</a>, with a CSV file to make a plan from.</p>`
  }</div></section>`
}
