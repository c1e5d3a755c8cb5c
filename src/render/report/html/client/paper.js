import { numberText } from './element.js'

export const ROWS_ON_PAPER = 1_000

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
 */
export const printedText = (filters, rows) => {
  const printed =
    rows > ROWS_ON_PAPER
      ? `Only the first ${numberText(ROWS_ON_PAPER)} of ${numberText(rows)} are printed.`
      : 'All rows are printed.'
  return [...filters, printed].join(' · ')
}
