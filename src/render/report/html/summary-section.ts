import { isWhole } from '../../../model/ledger.ts'
import { numberText, quantity } from '../../../model/quantity.ts'
import type { LicenseReport } from '../../../report/license-report.ts'
import { type Html, html } from '../../page/html.ts'
import { COST_PER_MONTH } from '../../text/cost-text.ts'
import { countText } from '../../text/count-text.ts'
import { currenciesOf, uncountedLicenses } from '../shown-costs.ts'
import { isOpen, type ShownGroup } from '../shown-groups.ts'
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

/** Without a license whose seats are known, seats are unknown or not counted at all. */
const uncountedSeatsFigure = ({ complete, licenses }: LicenseReport): Html =>
  complete && licenses.every(({ purchased }) => purchased.kind === 'notApplicable' || purchased.kind === 'unlimited')
    ? figure('Seats', html`<span class="unknown">–</span>`, html`no license has a limited number of seats`, 'seats')
    : figure('Seats', html`<span class="unknown">unknown</span>`, html`for every license`, 'seats')

/** Providers of which licenses may be missing, in words; empty where none is. */
const missingText = ({ providers }: LicenseReport, before: string): string => {
  const missing = providers.filter(({ ledgers }) => !isWhole(ledgers.licenses)).map(({ displayName }) => displayName)
  return missing.length === 0 ? '' : `${before}licenses of ${missing.join(', ')} are missing`
}

const seatsFigure = (report: LicenseReport): Html => {
  const licenses = report.licenses.filter(({ boughtOnly }) => !boughtOnly)
  const { purchased, used, free, over, licenses: counted } = seatTotals(licenses)
  const missing = missingText(report, '; ')
  const covered =
    counted === licenses.length
      ? html`of all ${numberText(counted)} licenses${missing === '' ? '' : ` that could be read${missing}`}`
      : html`of ${numberText(counted)} of ${numberText(licenses.length)} licenses; the others are unknown or unlimited${missing}`
  const least = missing === '' ? '' : '≥ '
  if (counted === 0) return uncountedSeatsFigure(report)
  const scale = Math.max(purchased + over, 1)
  const share = (seats: number) => Math.round((seats / scale) * 10_000) / 100
  return figure(
    'Seats',
    html`<span class="parts"><span>${least}${numberText(purchased)} <small>purchased</small></span><span>${least}${numberText(used)} <small>in use</small></span><span>${least}${numberText(free)} <small>available</small></span>${
      over === 0 ? undefined : html`<span class="level-over">${least}${numberText(over)} <small>over</small></span>`
    }</span>`,
    html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="track" width="100" height="8"/><rect class="free" width="${share(used - over)}" height="8"/><rect class="excess" x="${share(used - over)}" width="${share(over)}" height="8"/></svg>${covered}`,
    'seats',
  )
}

/** Abstentions and gaps may hide more findings. */
const mayHideMore = ({ complete, abstentions = [] }: LicenseReport): boolean => !complete || abstentions.length > 0

const kindsText = (open: number, kinds: number, isAll: boolean): string => {
  if (open === 0) return isAll ? 'nothing was found' : 'nothing was found; some data is missing'
  return `of ${kinds === 1 ? 'one kind' : `${kinds} kinds`}${isAll ? '' : '; some data is missing'}`
}

/** What is counted is what people see: the findings of one rule about one user are one. */
const findingsFigure = (report: LicenseReport, groups: readonly ShownGroup[]): readonly Html[] => {
  if (report.findings === undefined) return []
  const openGroups = groups.filter(isOpen)
  const open = openGroups.length
  const accepted = groups.length - open
  const rules = new Set(openGroups.map(({ group }) => group.rule)).size
  const isAll = !mayHideMore(report)
  return [
    figure(
      'Findings',
      html`${isAll || open === 0 ? '' : '≥ '}${numberText(open)}`,
      html`${kindsText(open, rules, isAll)}${accepted === 0 ? '' : ` · ${numberText(accepted)} accepted`}`,
    ),
  ]
}

const costNote = (report: LicenseReport): string => {
  const uncounted = uncountedLicenses(report.licenses).length
  if (uncounted === 0) return missingText(report, '') || 'every license is counted'
  if (currenciesOf(report).length === 0) return 'no prices are configured'
  return `unknown for ${quantity(uncounted, 'license')}${missingText(report, '; ')}`
}

const costFigure = (report: LicenseReport, notes: PageNotes): readonly Html[] => {
  const { cost } = report
  return cost === undefined
    ? []
    : [figure(COST_PER_MONTH, costHtml(cost.total, notes), html`${costNote(report)}`, 'cost')]
}

/** How much there is of everything. */
export const summarySection = (report: LicenseReport, groups: readonly ShownGroup[]): Html => {
  const notes = createPageNotes('summary')
  const cost = costFigure(report, notes)
  const others = [...peopleFigures(report, notes), ...findingsFigure(report, groups)]
  return html`<section id="summary" aria-labelledby="summary-heading"><h2 id="summary-heading">At a glance</h2>
<dl class="figures in-${others.length}${cost.length === 0 ? ' unpriced' : ''}">${[seatsFigure(report), ...cost, ...others]}</dl>${notes.list()}</section>`
}
