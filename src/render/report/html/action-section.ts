import type { FindingGroup, LicenseReport } from '../../../report/license-report.ts'
import { type Html, html, name } from '../../page/html.ts'
import { mostValuable } from '../overview.ts'
import type { ShownGroup } from '../shown-groups.ts'
import type { Names } from './names.ts'
import { stakeTexts } from './stake-texts.ts'

const itemOf = (group: FindingGroup, names: Names): Html => {
  const facts = [names.provider(group.provider), ...stakeTexts(group)]
  return html`<li><p>${name(group.message)}</p><p class="facts">${facts.map((fact) => html`<span>${name(fact)}</span>`)}</p></li>`
}

/** The first open findings with seats that can be given up: they are in order of their value. */
export const actionSection = (
  { findings }: LicenseReport,
  groups: readonly ShownGroup[],
  names: Names,
): Html | undefined => {
  if (findings === undefined) return undefined
  const actions = mostValuable(groups)
  return html`<section id="actions" aria-labelledby="actions-heading"><h2 id="actions-heading">Most valuable actions</h2><div class="card">${
    actions.length === 0
      ? html`<p>No open finding has a seat that is certain to be given up.</p>`
      : html`<ol class="actions">${actions.map((group) => itemOf(group, names))}</ol><p class="muted">All of them are in <a href="#findings">Findings</a>, with a CSV file to make a plan from.</p>`
  }</div></section>`
}
