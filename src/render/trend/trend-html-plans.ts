import { numberText } from '../../model/quantity.ts'
import type { Trend, TrendPlan } from '../../snapshot/index.ts'
import { type Html, html, name } from '../page/html.ts'
import type { ProviderTitles } from '../provider-titles.ts'
import { journalNotes } from './plan-marks.ts'
import { timeHtml } from './trend-time.ts'

/** Below the heading "Plan". */
const titleOfPlan = ({ name: plan, undo }: TrendPlan): Html => html`${undo ? 'undo of ' : ''}${name(plan)}`

const rowOf = (plan: TrendPlan, { snapshots }: Trend, titleOf: ProviderTitles): Html => {
  const [before, after] = [snapshots[plan.after]?.name ?? '', snapshots[plan.after + 1]?.name ?? '']
  return html`<tr><th scope="row">${titleOfPlan(plan)}<small>${timeHtml(plan.to)}, ${name(titleOf(plan.provider))}</small></th><td class="number">${numberText(plan.givenBack)}</td><td class="number">${numberText(plan.given)}</td><td>${name(before)} <small>to ${name(after)}</small></td></tr>`
}

const tableOf = (plans: readonly TrendPlan[], trend: Trend, titleOf: ProviderTitles): Html =>
  html`<div class="scroll" tabindex="0" role="region" aria-label="Plans that were applied between the snapshots"><table class="plain">
<thead><tr><th scope="col">Plan</th><th scope="col" class="number">Given back</th><th scope="col" class="number">Given</th><th scope="col">Between</th></tr></thead>
<tbody>${plans.map((plan) => rowOf(plan, trend, titleOf))}</tbody></table></div>`

/** What plans changed by their journals, and what there is to know of these. Absent where no plans were looked for. */
export const plansSection = (trend: Trend, titleOf: ProviderTitles): Html | undefined => {
  const { plans } = trend
  if (plans === undefined) return undefined
  const remarks = journalNotes(trend).map(({ message }) => html`<li>${message}</li>`)
  return html`<section id="plans" aria-labelledby="plans-heading"><h2 id="plans-heading">Plans applied</h2><div class="card">
${plans.length === 0 ? html`<p>No plan was applied between these snapshots.</p>` : tableOf(plans, trend, titleOf)}
${remarks.length === 0 ? undefined : html`<ul class="remarks">${remarks}</ul>`}</div></section>`
}
