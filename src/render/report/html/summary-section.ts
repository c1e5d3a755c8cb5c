import { isWhole } from '../../../model/ledger.ts'
import { numberText, quantity } from '../../../model/quantity.ts'
import type { LicenseReport } from '../../../report/license-report.ts'
import { type Html, html } from '../../page/html.ts'
import { countText } from '../../text/count-text.ts'
import { uncountedLicenses } from '../shown-costs.ts'
import { costHtml, countHtml } from './count-html.ts'
import { createPageNotes, type PageNotes } from './page-notes.ts'
import { seatTotals } from './seat-totals.ts'

const figure = (label: string, value: Html, note: Html = html``, className = ''): Html =>
  html`<div class="card figure ${className}"><dt>${label}</dt><dd class="value">${value}</dd><dd class="note">${note}</dd></div>`

const peopleFigures = ({ people, providers }: LicenseReport, notes: PageNotes): readonly Html[] => [
  figure(
    'People with a license',
    countHtml(people.total, notes),
    html`${countText(people.external)} external · ${countText(people.withoutEmail)} without e-mail address`,
  ),
  ...(providers.length < 2
    ? []
    : [figure('Licensed in several providers', countHtml(people.inSeveralProviders, notes), html`each of them once`)]),
]

/** Where no license tells how many seats there are, that may be because there is nothing to count. */
const uncountedSeatsFigure = ({ complete, licenses }: LicenseReport): Html =>
  complete && licenses.every(({ purchased }) => purchased.kind === 'notApplicable' || purchased.kind === 'unlimited')
    ? figure('Seats', html`<span class="unknown">–</span>`, html`nothing that is counted was bought`, 'seats')
    : figure('Seats', html`<span class="unknown">unknown</span>`, html`no license tells`, 'seats')

/** Providers of which licenses may be missing, in words; empty where none is. */
const missingText = ({ providers }: LicenseReport, before: string): string => {
  const missing = providers.filter(({ ledgers }) => !isWhole(ledgers.licenses)).map(({ displayName }) => displayName)
  return missing.length === 0 ? '' : `${before}licenses of ${missing.join(', ')} are missing`
}

const seatsFigure = (report: LicenseReport): Html => {
  const { licenses } = report
  const { bought, used, free, over, licenses: telling } = seatTotals(licenses)
  const missing = missingText(report, '; ')
  const covered =
    telling === licenses.length
      ? html`of all ${numberText(telling)} licenses${missing === '' ? '' : ` that could be read${missing}`}`
      : html`of the ${numberText(telling)} of ${numberText(licenses.length)} licenses that tell; the others are not counted${missing}`
  const least = missing === '' ? '' : '≥ '
  if (telling === 0) return uncountedSeatsFigure(report)
  const scale = Math.max(bought + over, 1)
  const share = (seats: number) => Math.round((seats / scale) * 10_000) / 100
  return figure(
    'Seats',
    html`<span class="parts"><span>${least}${numberText(bought)} <small>bought</small></span><span>${least}${numberText(used)} <small>used</small></span><span>${least}${numberText(free)} <small>free</small></span>${
      over === 0 ? undefined : html`<span class="level-over">${least}${numberText(over)} <small>over</small></span>`
    }</span>`,
    html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="track" width="100" height="8"/><rect class="free" width="${share(used - over)}" height="8"/><rect class="excess" x="${share(used - over)}" width="${share(over)}" height="8"/></svg>${covered}`,
    'seats',
  )
}

/** Rules that had to abstain and what could not be read may hide more findings. */
const mayHideMore = ({ complete, abstentions = [] }: LicenseReport): boolean => !complete || abstentions.length > 0

const kindsText = (open: number, kinds: number, isAll: boolean): string => {
  if (open === 0) return isAll ? 'nothing to look at' : 'nothing in what could be looked into'
  return `of ${kinds === 1 ? 'one kind' : `${kinds} kinds`}${isAll ? '' : ', as far as could be looked into'}`
}

const findingsFigure = (report: LicenseReport): readonly Html[] => {
  const { findings } = report
  if (findings === undefined) return []
  const accepted = findings.filter((finding) => finding.accepted !== undefined).length
  const open = findings.length - accepted
  const rules = new Set(findings.filter((finding) => finding.accepted === undefined).map(({ rule }) => rule)).size
  const isAll = !mayHideMore(report)
  return [
    figure(
      'Findings',
      html`${isAll || open === 0 ? '' : '≥ '}${numberText(open)}`,
      html`${kindsText(open, rules, isAll)}${accepted === 0 ? '' : ` · ${numberText(accepted)} accepted`}`,
    ),
  ]
}

const costFigure = (report: LicenseReport, notes: PageNotes): readonly Html[] => {
  const { cost, licenses } = report
  if (cost === undefined) return []
  const uncounted = uncountedLicenses(licenses).length
  const note =
    uncounted === 0
      ? missingText(report, '') || 'every license is counted'
      : `not known of ${quantity(uncounted, 'license')}${missingText(report, '; ')}`
  return [figure('Cost a month', costHtml(cost.total, notes), html`${note}`, 'cost')]
}

/** What to know before reading on. */
export const summarySection = (report: LicenseReport): Html => {
  const notes = createPageNotes('summary')
  const cost = costFigure(report, notes)
  const others = [...peopleFigures(report, notes), ...findingsFigure(report)]
  return html`<section id="summary" aria-labelledby="summary-heading"><h2 id="summary-heading" class="visually-hidden">Summary</h2>
<dl class="figures in-${others.length}${cost.length === 0 ? ' unpriced' : ''}">${[seatsFigure(report), ...cost, ...others]}</dl>${notes.list()}</section>`
}
