import type { LicenseReport } from '../../../report/license-report.ts'
import { type Html, html, name } from '../../page/html.ts'
import { ruleTitles } from '../report-words.ts'
import { isOpen, type ShownGroup } from '../shown-groups.ts'
import type { Names } from './names.ts'
import { stakeTexts } from './stake-texts.ts'

const SHOWN = 5

const itemOf = ({ group }: ShownGroup, names: Names): Html => {
  const facts = [...stakeTexts(group), ruleTitles[group.rule]]
  return html`<li><p>${name(group.message)}</p><p class="facts"><span>${name(names.provider(group.provider))}</span>${facts.map((fact) => html`<span>${fact}</span>`)}</p></li>`
}

/** The first open findings with seats that can be given up: they are in order of their value. */
export const actionSection = (
  { findings }: LicenseReport,
  groups: readonly ShownGroup[],
  names: Names,
): Html | undefined => {
  if (findings === undefined) return undefined
  const actions = groups.filter((shown) => isOpen(shown) && shown.removals.length > 0).slice(0, SHOWN)
  return html`<section id="actions" aria-labelledby="actions-heading"><h2 id="actions-heading">Most valuable actions</h2><div class="card">${
    actions.length === 0
      ? html`<p>No open finding has a seat that is certain to be given up.</p>`
      : html`<ol class="actions">${actions.map((shown) => itemOf(shown, names))}</ol><p class="muted">All of them are in <a href="#findings">Findings</a>, with a CSV file to make a plan from.</p>`
  }</div></section>`
}
