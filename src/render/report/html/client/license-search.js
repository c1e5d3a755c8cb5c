import { element, find, numberText } from './element.js'
import { startLicenseOrder } from './license-order.js'
import { aroundPrinting, printedText, printsEverything, rowsOnPaper } from './paper.js'
import { folded, termsOf } from './search-text.js'

/** Fewer are found by looking. */
const WORTH_SEARCHING = 15

/** Of one table, before the user asks for all. */
const ROWS_AT_FIRST = 40

const ROWS_IN_SHORT_PRINT = 25

/**
 * A table of licenses of one provider: those that were purchased, or the free ones. `whole`: all of them are shown, not
 * only the first. `details`: what the table is in, the innermost first.
 * @typedef {object} LicenseTable
 * @property {readonly HTMLDetailsElement[]} details
 * @property {HTMLTableElement} table
 * @property {{ row: HTMLTableRowElement, text: string }[]} rows as they are shown
 * @property {HTMLButtonElement} more
 * @property {boolean} whole
 */

/** @param {Element | null} inner @returns {readonly HTMLDetailsElement[]} */
const detailsAround = (inner) => {
  const details = inner?.closest('details') ?? null
  return details === null ? [] : [details, ...detailsAround(details.parentElement)]
}

/** @param {LicenseTable} table */
const markLater = ({ rows }) => {
  for (const [place, { row }] of rows.entries()) row.classList.toggle('later', place >= ROWS_AT_FIRST)
}

/**
 * @param {HTMLTableElement} table
 * @returns {LicenseTable}
 */
const tableOf = (table) => {
  const rows = [...(table.tBodies[0]?.rows ?? [])].map((row) => ({
    row,
    text: folded(row.cells[0]?.textContent ?? ''),
  }))
  const more = element('button', { type: 'button', class: 'more' }, [`Show all ${numberText(rows.length)} licenses`])
  table.after(more)
  return { details: detailsAround(table), table, rows, more, whole: rows.length <= ROWS_AT_FIRST }
}

/**
 * Shows what is found in a table.
 * @param {LicenseTable} table
 * @param {readonly string[]} terms
 * @returns {HTMLTableRowElement[]} its rows that match
 */
const searchTable = (table, terms) => {
  const isSearched = terms.length > 0
  const found = []
  for (const { row, text } of table.rows) {
    row.hidden = !terms.every((term) => text.includes(term))
    if (!row.hidden) found.push(row)
  }
  table.table.classList.toggle('whole', table.whole || isSearched)
  table.more.hidden = table.whole || isSearched
  if (isSearched && found.length > 0) for (const details of table.details) details.open = true
  return found
}

/**
 * Hides what has no row to be shown.
 * @param {readonly HTMLDetailsElement[]} all
 */
const hideEmpty = (all) => {
  for (const details of all) {
    const rows = [...details.querySelectorAll('tbody tr')]
    details.hidden = rows.length > 0 && rows.every((row) => row instanceof HTMLElement && row.hidden)
  }
}

/**
 * What a search leaves out, for paper.
 * @param {string} text
 * @param {readonly HTMLDetailsElement[]} providers
 */
const describeSearch = (text, providers) => {
  if (termsOf(text).length === 0) return []
  const without = providers
    .filter((details) => details.hidden)
    .map((details) => details.querySelector('h3')?.textContent ?? '')
  return [`Search: “${text}”`, ...(without.length === 0 ? [] : [`none in ${without.join(', ')}`])]
}

/** Lists of licenses can be sorted; long ones begin short, and can be searched. */
export const startLicenseSearch = () => {
  const tables = [...document.querySelectorAll('#licenses table')].flatMap((table) =>
    table instanceof HTMLTableElement ? [tableOf(table)] : [],
  )
  const all = [...document.querySelectorAll('#licenses details')].flatMap((details) =>
    details instanceof HTMLDetailsElement ? [details] : [],
  )
  const providers = all.filter((details) => details.classList.contains('group'))
  const total = tables.reduce((sum, { rows }) => sum + rows.length, 0)
  const label = find('#license-search', HTMLElement)
  const input = find('input', HTMLInputElement, label)
  const status = find('#license-matches', HTMLElement)
  const printText = find('#licenses-printed', HTMLElement)
  /** @type {HTMLTableRowElement[]} */
  let found = []
  /** @type {HTMLTableRowElement[]} */
  let left = []
  /** @type {readonly HTMLDetailsElement[]} */
  let closed = []

  const show = () => {
    const terms = termsOf(input.value)
    found = tables.flatMap((table) => searchTable(table, terms))
    hideEmpty(all)
    status.textContent = terms.length === 0 ? '' : `${numberText(found.length)} of ${numberText(total)} licenses match`
  }

  const toPaper = () => {
    const most = rowsOnPaper(ROWS_IN_SHORT_PRINT)
    closed = all.filter((details) => !details.open && (printsEverything() || providers.includes(details)))
    for (const details of closed) details.open = true
    // What is free stays folded in a short print.
    const printed = found.filter((row) => detailsAround(row).every(({ open }) => open))
    const inFolds = found.length - printed.length
    const described = [
      ...describeSearch(input.value, providers),
      ...(inFolds === 0 ? [] : [`Free licenses are folded: ${numberText(inFolds)}`]),
    ]
    left = printed.slice(most)
    for (const row of left) row.hidden = true
    hideEmpty(all)
    printText.textContent = printedText(described, printed.length, most)
    printText.hidden = total === 0
  }
  const toScreen = () => {
    for (const row of left) row.hidden = false
    for (const details of closed) details.open = false
    hideEmpty(all)
    printText.hidden = true
  }

  for (const table of tables) {
    table.more.addEventListener('click', () => {
      table.whole = true
      show()
    })
    const inReport = table.rows.map(({ row }) => row)
    const texts = new Map(table.rows.map(({ row, text }) => [row, text]))
    startLicenseOrder(table.table, inReport, (rows) => {
      table.rows = rows.map((row) => ({ row, text: texts.get(row) ?? '' }))
      table.table.tBodies[0]?.append(...rows)
      markLater(table)
      show()
    })
  }
  label.hidden = total < WORTH_SEARCHING
  input.addEventListener('input', show)
  aroundPrinting(toPaper, toScreen)
  show()
}
