import type { Capacity } from '../../../../model/count.ts'
import type { Cost } from '../../../../report/license-report.ts'
import { countText, numberText } from '../../../output/count-text.ts'
import type { Footnotes } from '../../footnotes.ts'
import { type Html, html } from '../../page/html.ts'
import { costWords } from './cost-words.ts'

/** What is not known is said in a word, never drawn as a number. */
export const countHtml = (count: Capacity, notes: Footnotes, format: (value: number) => string = numberText): Html => {
  const text = count.kind === 'unknown' && count.atLeast === undefined ? 'unknown' : countText(count, format)
  if (count.kind === 'unknown') return html`<span class="unknown">${text}${notes.mark(count.reason)}</span>`
  return count.kind === 'notApplicable' ? html`<span class="unknown">${text}</span>` : html`${text}`
}

export const costHtml = (cost: Cost, notes: Footnotes): Html =>
  cost.kind === 'known'
    ? html`${costWords(cost)}`
    : html`<span class="unknown">${costWords(cost)}${cost.kind === 'unknown' ? notes.mark(cost.reason) : ''}</span>`

/** The reasons behind the marks of a section, below it. */
export const notesHtml = (notes: Footnotes): Html | undefined => {
  const lines = notes
    .text()
    .split('\n')
    .filter((line) => line !== '')
  if (lines.length === 0) return undefined
  return html`<ul class="notes">${lines.map((line) => html`<li>${line}</li>`)}</ul>`
}
