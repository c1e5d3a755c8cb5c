import { element, find, numberText } from './element.js'
import { folded, termsOf } from './search-text.js'

/** Fewer are found by looking. */
const WORTH_SEARCHING = 15
/** Of one provider, before somebody asks for all. */
const ROWS_AT_FIRST = 40

/**
 * @typedef {object} LicenseGroup
 * @property {HTMLDetailsElement} details
 * @property {readonly { row: HTMLTableRowElement, text: string }[]} rows
 * @property {HTMLButtonElement} more
 * @property {boolean} whole
 */

/**
 * @param {Element} details
 * @returns {readonly LicenseGroup[]}
 */
const groupOf = (details) => {
  const rows = [...details.querySelectorAll('tbody tr')].filter((row) => row instanceof HTMLTableRowElement)
  if (!(details instanceof HTMLDetailsElement) || rows.length === 0) return []
  const more = element('button', { type: 'button', class: 'more' }, [`Show all ${numberText(rows.length)} licenses`])
  details.querySelector('table')?.after(more)
  const texts = rows.map((row) => ({ row, text: folded(row.querySelector('th')?.textContent ?? '') }))
  return [{ details, rows: texts, more, whole: rows.length <= ROWS_AT_FIRST }]
}

/** Long lists of licenses begin short, and can be searched. */
export const startLicenseSearch = () => {
  const groups = [...document.querySelectorAll('#licenses details.group')].flatMap(groupOf)
  const total = groups.reduce((sum, { rows }) => sum + rows.length, 0)
  const label = find('#license-search', HTMLElement)
  const input = find('input', HTMLInputElement, label)
  const status = find('#license-matches', HTMLElement)

  const show = () => {
    const terms = termsOf(input.value)
    let matches = 0
    for (const group of groups) {
      let matchesHere = 0
      for (const { row, text } of group.rows) {
        const isMatch = terms.every((term) => text.includes(term))
        if (isMatch) matchesHere += 1
        row.hidden = !isMatch || (!group.whole && terms.length === 0 && matchesHere > ROWS_AT_FIRST)
      }
      group.more.hidden = group.whole || terms.length > 0
      group.details.hidden = terms.length > 0 && matchesHere === 0
      if (terms.length > 0 && matchesHere > 0) group.details.open = true
      matches += matchesHere
    }
    status.textContent = terms.length === 0 ? '' : `${numberText(matches)} of ${numberText(total)} licenses match`
  }

  for (const group of groups) {
    group.more.addEventListener('click', () => {
      group.whole = true
      show()
    })
  }
  label.hidden = total < WORTH_SEARCHING
  input.addEventListener('input', show)
  show()
}
