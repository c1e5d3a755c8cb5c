import type { Capacity } from '../../../model/count.ts'
import { numberText } from '../../../model/quantity.ts'
import { knownOf } from '../../../report/cost/cost-tally.ts'
import type { Cost } from '../../../report/license-report.ts'
import { type Html, html } from '../../page/html.ts'
import { costText } from '../../text/cost-text.ts'
import { countText } from '../../text/count-text.ts'
import type { PageNotes } from './page-notes.ts'

/** A count with the mark of its reason. */
export const countHtml = (
  count: Capacity,
  notes: Pick<PageNotes, 'mark'>,
  format: (value: number) => string = numberText,
): Html => {
  const text = countText(count, format)
  if (count.kind === 'unknown') return html`<span class="unknown">${text}${notes.mark(count.reason)}</span>`
  return count.kind === 'notApplicable' ? html`<span class="unknown">${text}</span>` : html`${text}`
}

/** The same in parts of which none should be broken: `≥ EUR 110.00` and `+ USD 20.00`. */
export const costParts = (cost: Cost): readonly string[] => {
  const [first, ...others] = knownOf(cost)
  if (first === undefined) return [costText(cost)]
  return [
    costText(cost.kind === 'unknown' ? { ...cost, atLeast: [first] } : { kind: 'known', amounts: [first] }),
    ...others.map((money) => `+ ${costText({ kind: 'known', amounts: [money] })}`),
  ]
}

/** Amounts that stay whole wherever lines end; a mark stays with the last of them. */
const amountsHtml = (parts: readonly string[], mark: Html): Html => {
  const amounts = parts.map((part, index) => {
    const isLast = index === parts.length - 1
    return html`<span class="amount">${part}${isLast ? mark : ''}</span>${isLast ? '' : ' '}`
  })
  return html`${amounts}`
}

export const costHtml = (cost: Cost, notes: PageNotes): Html => {
  const amounts = amountsHtml(costParts(cost), cost.kind === 'unknown' ? notes.mark(cost.reason) : html``)
  return cost.kind === 'known' ? amounts : html`<span class="unknown">${amounts}</span>`
}
