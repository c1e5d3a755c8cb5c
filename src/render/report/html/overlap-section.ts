import type { Count } from '../../../model/count.ts'
import { quantity } from '../../../model/quantity.ts'
import type { LicenseReport, Overlap } from '../../../report/license-report.ts'
import { type Html, html, name } from '../../page/html.ts'
import { otherPairsText, shownOverlaps } from '../shown-people.ts'
import { costHtml, countHtml } from './count-html.ts'
import type { Names } from './names.ts'
import { createPageNotes, type PageNotes } from './page-notes.ts'

const rounded = (value: number): number => Math.round(value * 100) / 100

/** How many users are licensed, by provider. */
type Licensed = ReadonlyMap<string, Count>

/** Two bars that lie over each other as far as the people are the same. Only where all three numbers are known. */
const chartOf = ({ providers: [one, other], people }: Overlap, licensed: Licensed): Html | undefined => {
  const [some, others] = [licensed.get(one), licensed.get(other)]
  if (some?.kind !== 'known' || others?.kind !== 'known' || people.kind !== 'known') return undefined
  const whole = some.value + others.value - people.value
  if (whole <= 0) return undefined
  const share = (value: number) => rounded((value / whole) * 100)
  const start = share(some.value - people.value)
  return html`<svg class="overlap" viewBox="0 0 100 28" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="one" width="${share(some.value)}" height="18"/><rect class="other" x="${start}" y="10" width="${rounded(100 - start)}" height="18"/><rect class="both" x="${start}" y="10" width="${share(people.value)}" height="8"/></svg>`
}

const overlapOf = (overlap: Overlap, licensed: Licensed, names: Names, notes: PageNotes): Html => {
  const [one, other] = overlap.providers
  const usersOf = (id: string) => {
    const count = licensed.get(id)
    return count === undefined ? html`` : countHtml(count, notes)
  }
  const paid =
    overlap.paid === undefined
      ? undefined
      : html`, <strong>${countHtml(overlap.paid, notes)}</strong> of them paid for in both`
  const cost =
    overlap.cost === undefined || overlap.cost.kind === 'notApplicable'
      ? undefined
      : html` Seats of those who are paid for in both cost ${costHtml(overlap.cost, notes)} per month.`
  return html`<li><p><strong>${countHtml(overlap.people, notes)}</strong> people are licensed both in ${name(names.provider(one))} and in ${name(names.provider(other))}${paid}.${cost}</p>
${chartOf(overlap, licensed)}<p class="legend"><span class="key one">${name(names.provider(one))}: ${usersOf(one)} licensed users</span><span class="key both">both: ${countHtml(overlap.people, notes)} people</span><span class="key other">${name(names.provider(other))}: ${usersOf(other)} licensed users</span></p></li>`
}

const SHOWN = 6

/** People who are licensed in two providers, and those who are paid for in both. */
export const overlapSection = (report: LicenseReport, names: Names, allIn: string): Html | undefined => {
  const { shown, others: rest } = shownOverlaps(report, allIn)
  if (shown.length === 0 && rest.length === 0) return undefined
  const notes = createPageNotes('overlap')
  const licensed: Licensed = new Map(report.providers.map(({ id, licensedUsers }) => [id, licensedUsers]))
  const items = shown.map((overlap) => overlapOf(overlap, licensed, names, notes))
  const others = items.slice(SHOWN)
  return html`<section id="overlap" aria-labelledby="overlap-heading"><h2 id="overlap-heading">Overlap between providers</h2><div class="card">
<ul class="overlaps">${items.slice(0, SHOWN)}</ul>${
    others.length === 0
      ? undefined
      : html`<details><summary>${quantity(others.length, 'more pair')}</summary><ul class="overlaps">${others}</ul></details>`
  }${rest.map((line) => html`<p class="muted">${otherPairsText(line)}</p>`)}${notes.list()}</div></section>`
}
