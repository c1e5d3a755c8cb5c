import { numberText } from './element.js'

/** Where everything is asked for. */
const ALL_ROWS_ON_PAPER = 1_000

/** Whether the user asks for more than a few pages. */
export const printsEverything = () => {
  const control = document.querySelector('#print-all')
  return control instanceof HTMLInputElement && control.checked
}

/**
 * How many rows are printed.
 * @param {number} short in a short print
 */
export const rowsOnPaper = (short) => (printsEverything() ? ALL_ROWS_ON_PAPER : short)

/**
 * Before and after printing, however it is begun.
 * @param {() => void} toPaper
 * @param {() => void} toScreen
 */
export const aroundPrinting = (toPaper, toScreen) => {
  let onPaper = false
  /** @param {boolean} wanted */
  const change = (wanted) => {
    if (onPaper === wanted) return
    onPaper = wanted
    if (wanted) toPaper()
    else toScreen()
  }
  addEventListener('beforeprint', () => change(true))
  addEventListener('afterprint', () => change(false))
  matchMedia('print').addEventListener('change', ({ matches }) => change(matches))
}

/**
 * Paper has no filters and no pages, so that what they leave out is said.
 * @param {readonly string[]} filters
 * @param {number} rows
 * @param {number} most how many of them are printed
 */
export const printedText = (filters, rows, most) => {
  const printed =
    rows > most ? `Only the first ${numberText(most)} of ${numberText(rows)} are printed.` : 'All rows are printed.'
  return [...filters, printed].join(' · ')
}
