import { numberText } from '../../../model/quantity.ts'
import { amountIn, commonCurrency } from '../../../report/cost/compare-costs.ts'
import { knownOf } from '../../../report/cost/cost-tally.ts'
import type { Cost, LicenseReport } from '../../../report/license-report.ts'
import { type Html, html, name } from '../../page/html.ts'
import { COST_PER_MONTH } from '../../text/cost-text.ts'
import { departmentCosts, NO_DEPARTMENT, uncountedLicenses } from '../shown-costs.ts'
import { costHtml } from './count-html.ts'
import type { Names } from './names.ts'
import { createPageNotes, type PageNotes } from './page-notes.ts'
import { shareChart, shareClass } from './share-chart.ts'

interface Line {
  readonly label: Html
  readonly text: string
  readonly cost: Cost
}

const lineOf = (text: string, cost: Cost): Line => ({ label: name(text), text, cost })

const isUnknown = (cost: Cost): boolean => cost.kind === 'unknown' && knownOf(cost).length === 0

const barOf = (amount: number, largest: number, place: number): Html =>
  html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="${shareClass(place)}" width="${amount <= 0 ? 0 : Math.max(0.5, Math.round((amount / largest) * 10_000) / 100)}" height="8"/></svg>`

/** Amounts are drawn only where they can be compared; of an unknown amount, what it is at least. */
const tableOf = (heading: string, lines: readonly Line[], first: number, scale: Scale, notes: PageNotes): Html => {
  const { currency, largest } = scale
  return html`<table class="plain costs"><thead><tr><th scope="col">${heading}</th><th scope="col" class="number">${COST_PER_MONTH}</th>${
    currency === undefined ? undefined : html`<th scope="col"><span class="visually-hidden">Compared</span></th>`
  }</tr></thead><tbody>${lines.map(
    ({ label, cost }, place) =>
      html`<tr><th scope="row">${label}</th><td class="number">${costHtml(cost, notes)}</td>${
        currency === undefined
          ? undefined
          : html`<td class="compared">${isUnknown(cost) ? html`<span class="bar bar-unknown"></span>` : barOf(amountIn(currency, cost), largest, first + place)}</td>`
      }</tr>`,
  )}</tbody></table>`
}

/** What all lines of a card are drawn to. */
interface Scale {
  /** The only one that there are amounts in; undefined: nothing is drawn. */
  readonly currency: string | undefined
  readonly largest: number
}

const scaleOf = (lines: readonly Line[]): Scale => {
  const currency = commonCurrency(lines.map(({ cost }) => cost))
  return { currency, largest: lines.reduce((most, { cost }) => Math.max(most, amountIn(currency, cost)), 1) }
}

const SHOWN = 15

/** A long list begins with its first lines. */
const cardOf = (heading: string, lines: readonly Line[], notes: PageNotes): Html | undefined => {
  if (lines.length === 0) return undefined
  const others = lines.slice(SHOWN)
  const scale = scaleOf(lines)
  const shares = lines.map(({ text, cost }) => ({ text, amount: amountIn(scale.currency, cost) }))
  return html`<div class="card">${shareChart(`${COST_PER_MONTH}: ${heading}`, shares)}${tableOf(heading, lines.slice(0, SHOWN), 0, scale, notes)}${
    others.length === 0
      ? undefined
      : html`<details><summary>${numberText(others.length)} more</summary>${tableOf(heading, others, SHOWN, scale, notes)}</details>`
  }</div>`
}

/** What was purchased costs a month. A license without a price is unknown, never zero. */
export const costSection = (report: LicenseReport, names: Names): Html | undefined => {
  const { cost, providers, licenses } = report
  if (cost === undefined) return undefined
  const notes = createPageNotes('cost')
  const byProvider = providers.flatMap((provider) =>
    provider.cost === undefined ? [] : [lineOf(names.provider(provider.id), provider.cost)],
  )
  const byDepartment = departmentCosts(report).map(({ department, cost: ofDepartment }) =>
    department === undefined
      ? { label: html`<em>${NO_DEPARTMENT}</em>`, text: NO_DEPARTMENT, cost: ofDepartment }
      : lineOf(department, ofDepartment),
  )
  const uncounted = uncountedLicenses(licenses).map(
    ({ provider, id, cost: { reason } }) =>
      html`<li>${name(names.provider(provider))}: ${name(names.license(provider, id))}: ${reason}</li>`,
  )
  return html`<section id="cost" aria-labelledby="cost-heading"><h2 id="cost-heading">${COST_PER_MONTH}</h2>
<p class="lead"><strong>${costHtml(cost.total, notes)}</strong> for everything that was purchased.</p>
<div class="columns">${cardOf('Provider', byProvider, notes)}${cardOf('Department (seats that people hold)', byDepartment, notes)}</div>${
    uncounted.length === 0
      ? undefined
      : html`<details class="card"><summary>Licenses whose cost is unknown: ${numberText(uncounted.length)}</summary><ul>${uncounted}</ul></details>`
  }${notes.list()}</section>`
}
