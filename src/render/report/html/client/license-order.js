import { element } from './element.js'

const { compare } = new Intl.Collator('en', { numeric: true })

/**
 * What a row is sorted by in a column; undefined where it is not known.
 * @param {HTMLTableRowElement} row
 * @param {number} column
 */
const keyOf = (row, column) => {
  const cell = row.cells[column]
  return column === 0 ? (cell?.textContent ?? '') : cell?.dataset.key
}

/**
 * What is not known comes last in either direction.
 * @param {string | undefined} one
 * @param {string | undefined} other
 * @param {number} direction
 */
const compareKeys = (one, other, direction) => {
  if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined)
  const difference = Number(one) - Number(other)
  return (Number.isNaN(difference) ? compare(one, other) : difference) * direction
}

/**
 * Makes the headings of a table buttons that sort it.
 * @param {HTMLTableElement} table
 * @param {readonly HTMLTableRowElement[]} rows in the order of the report
 * @param {(rows: readonly HTMLTableRowElement[]) => void} sorted
 */
export const startLicenseOrder = (table, rows, sorted) => {
  const headings = [...(table.tHead?.rows[0]?.cells ?? [])]
  for (const [column, heading] of headings.entries()) {
    const arrow = element('span', { class: 'arrow', 'aria-hidden': 'true' })
    const button = element('button', { type: 'button' }, [heading.textContent ?? '', arrow])
    heading.replaceChildren(button)
    button.addEventListener('click', () => {
      const descending = heading.getAttribute('aria-sort') === 'ascending'
      for (const other of headings) other.removeAttribute('aria-sort')
      heading.setAttribute('aria-sort', descending ? 'descending' : 'ascending')
      const direction = descending ? -1 : 1
      const keyed = rows.map((row) => ({ row, key: keyOf(row, column) }))
      sorted(keyed.sort((one, other) => compareKeys(one.key, other.key, direction)).map(({ row }) => row))
    })
  }
  table.classList.add('sortable')
}
