import { element, find, numberText } from './element.js'
import { aroundPrinting, printedText, ROWS_ON_PAPER } from './paper.js'
import { folded, termsOf } from './search-text.js'

/** Fewer are found by looking. */
const WORTH_SEARCHING = 15

/**
 * The licenses of one provider. `whole`: all of them are shown, not only the first.
 * @typedef {object} LicenseGroup
 * @property {HTMLDetailsElement} details
 * @property {HTMLTableElement} table
 * @property {readonly { row: HTMLTableRowElement, text: string }[]} rows
 * @property {HTMLButtonElement} more
 * @property {boolean} whole
 */

/**
 * @param {Element} details
 * @returns {readonly LicenseGroup[]}
 */
const groupOf = (details) => {
  const table = details.querySelector('table')
  if (!(details instanceof HTMLDetailsElement) || table === null) return []
  const rows = [...(table.tBodies[0]?.rows ?? [])].map((row) => ({
    row,
    text: folded(row.cells[0]?.textContent ?? ''),
  }))
  const more = element('button', { type: 'button', class: 'more' }, [`Show all ${numberText(rows.length)} licenses`])
  table.after(more)
  return [{ details, table, rows, more, whole: table.querySelector('.later') === null }]
}

/**
 * Shows what is found in a group.
 * @param {LicenseGroup} group
 * @param {readonly string[]} terms
 * @returns {HTMLTableRowElement[]} its rows that match
 */
const searchGroup = (group, terms) => {
  const isSearched = terms.length > 0
  const found = []
  for (const { row, text } of group.rows) {
    row.hidden = !terms.every((term) => text.includes(term))
    if (!row.hidden) found.push(row)
  }
  group.table.classList.toggle('whole', group.whole || isSearched)
  group.more.hidden = group.whole || isSearched
  group.details.hidden = isSearched && found.length === 0
  if (isSearched && found.length > 0) group.details.open = true
  return found
}

/**
 * What a search leaves out, for paper.
 * @param {string} text
 * @param {readonly LicenseGroup[]} groups
 */
const describeSearch = (text, groups) => {
  if (termsOf(text).length === 0) return []
  const without = groups
    .filter(({ details }) => details.hidden)
    .map(({ details }) => details.querySelector('h3')?.textContent ?? '')
  return [`Search: “${text}”`, ...(without.length === 0 ? [] : [`none in ${without.join(', ')}`])]
}

/** Long lists of licenses begin short, and can be searched. */
export const startLicenseSearch = () => {
  const groups = [...document.querySelectorAll('#licenses details.group')].flatMap(groupOf)
  const total = groups.reduce((sum, { rows }) => sum + rows.length, 0)
  const label = find('#license-search', HTMLElement)
  const input = find('input', HTMLInputElement, label)
  const status = find('#license-matches', HTMLElement)
  const printText = find('#licenses-printed', HTMLElement)
  /** @type {HTMLTableRowElement[]} */
  let found = []
  /** @type {readonly HTMLDetailsElement[]} */
  let closed = []

  const show = () => {
    const terms = termsOf(input.value)
    found = groups.flatMap((group) => searchGroup(group, terms))
    status.textContent = terms.length === 0 ? '' : `${numberText(found.length)} of ${numberText(total)} licenses match`
  }

  const toPaper = () => {
    for (const row of found.slice(ROWS_ON_PAPER)) row.hidden = true
    closed = groups.map(({ details }) => details).filter(({ open }) => !open)
    for (const details of closed) details.open = true
    printText.textContent = printedText(describeSearch(input.value, groups), found.length)
    printText.hidden = total === 0
  }
  const toScreen = () => {
    for (const row of found.slice(ROWS_ON_PAPER)) row.hidden = false
    for (const details of closed) details.open = false
    printText.hidden = true
  }

  for (const group of groups) {
    group.more.addEventListener('click', () => {
      group.whole = true
      show()
    })
  }
  label.hidden = total < WORTH_SEARCHING
  input.addEventListener('input', show)
  aroundPrinting(toPaper, toScreen)
  show()
}
