import { find, numberText } from './element.js'
import { aroundPrinting, printedText, printsEverything, rowsOnPaper } from './paper.js'
import { createPeopleCount } from './people-count.js'
import { createPeopleFilter } from './people-filter.js'
import { createPeopleOrder } from './people-order.js'
import { LICENSES_AT_FIRST, personRow } from './people-row.js'

/** @import { PageData } from '../page-data.ts' */
/** @import { PeopleFilter } from './people-filter.js' */

const ROWS_ON_SCREEN = 50

const ROWS_IN_SHORT_PRINT = 8
const LICENSES_IN_SHORT_PRINT = 3

/**
 * The list of people: one page of rows at a time.
 * @param {PageData} data
 */
export const startPeopleTable = (data) => {
  const card = find('#people-card', HTMLElement)
  const form = find('#people-filters', HTMLFormElement)
  const region = find('.scroll', HTMLElement, card)
  const table = find('table', HTMLTableElement, card)
  const body = find('tbody', HTMLTableSectionElement, table)
  const matchText = find('#people-matches', HTMLElement)
  const orderText = find('#people-order', HTMLElement)
  const pageText = find('#people-page', HTMLElement)
  const printText = find('#people-printed', HTMLElement)
  const headings = [...table.querySelectorAll('th[data-column]')]
  const columns = new Set(headings.map((heading) => heading.getAttribute('data-column') ?? ''))
  const controls = [...form.querySelectorAll('[data-filter]')].filter(
    (control) => control instanceof HTMLInputElement || control instanceof HTMLSelectElement,
  )
  const filterPeople = createPeopleFilter(data)
  const order = createPeopleOrder(data)
  const countText = createPeopleCount(data)

  /** @type {readonly number[]} */
  let matches = []
  let shown = matches
  let page = 0
  let column = 'person'
  let descending = false

  const lastPage = () => Math.max(0, Math.ceil(shown.length / ROWS_ON_SCREEN) - 1)

  /** @param {number} start @param {number} count @param {number} licenses */
  const showRows = (start, count, licenses) => {
    const rows = shown.slice(start, start + count).flatMap((place, index) => {
      const person = data.people.at(place)
      return person === undefined ? [] : [personRow(data, person, columns, start + index + 2, licenses)]
    })
    body.replaceChildren(...rows)
    rows[0]?.setAttribute('tabindex', '0')
    table.setAttribute('aria-rowcount', String(shown.length + 1))
  }

  const showPage = () => {
    const start = page * ROWS_ON_SCREEN
    showRows(start, ROWS_ON_SCREEN, LICENSES_AT_FIRST)
    const end = Math.min(shown.length, start + ROWS_ON_SCREEN)
    pageText.textContent =
      shown.length === 0 ? '' : `${numberText(start + 1)}–${numberText(end)} of ${numberText(shown.length)}`
    for (const button of card.querySelectorAll('[data-turn]')) {
      const isBack = ['first', 'previous'].includes(button.getAttribute('data-turn') ?? '')
      // A button that is disabled loses the focus of the user who has just used it.
      button.setAttribute('aria-disabled', String(isBack ? page === 0 : page === lastPage()))
    }
  }

  const sort = () => {
    shown = order(matches, column, descending)
    for (const heading of headings) {
      const isSorted = heading.getAttribute('data-column') === column
      if (isSorted) heading.setAttribute('aria-sort', descending ? 'descending' : 'ascending')
      else heading.removeAttribute('aria-sort')
    }
    const sorted = headings.find((heading) => heading.hasAttribute('aria-sort'))
    // Where an order is not what one would expect, its heading has a title that says what it is.
    orderText.textContent = sorted?.querySelector('button')?.title ?? ''
    page = 0
    showPage()
  }

  const filter = () => {
    /** @param {string} key */
    const wantedOf = (key) => controls.find((control) => control.dataset.filter === key)?.value ?? ''
    /** @type {PeopleFilter} */
    const wanted = {
      text: wantedOf('text'),
      provider: wantedOf('provider'),
      license: wantedOf('license'),
      status: wantedOf('status'),
      department: wantedOf('department'),
      rule: wantedOf('rule'),
    }
    matches = filterPeople(wanted)
    matchText.textContent = countText(wanted, matches.length)
    sort()
  }

  /** @param {number} target */
  const turnTo = (target) => {
    page = Math.min(lastPage(), Math.max(0, target))
    showPage()
  }
  /** @type {Readonly<Record<string, () => void>>} */
  const turns = {
    first: () => turnTo(0),
    previous: () => turnTo(page - 1),
    next: () => turnTo(page + 1),
    last: () => turnTo(lastPage()),
  }

  /** @param {number} index */
  const focusRow = (index) => {
    const row = body.rows[Math.min(body.rows.length - 1, Math.max(0, index))]
    body.querySelector('[tabindex="0"]')?.setAttribute('tabindex', '-1')
    row?.setAttribute('tabindex', '0')
    row?.focus()
  }
  const focusedRow = () => Array.prototype.indexOf.call(body.rows, document.activeElement)

  /** @type {Readonly<Record<string, () => void>>} */
  const keys = {
    ArrowDown: () => {
      const next = focusedRow() + 1
      if (next < body.rows.length) return focusRow(next)
      if (page === lastPage()) return
      turnTo(page + 1)
      focusRow(0)
    },
    ArrowUp: () => {
      const previous = focusedRow() - 1
      if (previous >= 0) return focusRow(previous)
      if (page === 0) return
      turnTo(page - 1)
      focusRow(body.rows.length - 1)
    },
    PageDown: () => {
      turnTo(page + 1)
      focusRow(0)
    },
    PageUp: () => {
      turnTo(page - 1)
      focusRow(0)
    },
    Home: () => {
      turnTo(0)
      focusRow(0)
    },
    End: () => {
      turnTo(lastPage())
      focusRow(body.rows.length - 1)
    },
  }

  const describeFilters = () =>
    controls
      .filter(({ value }) => value !== '')
      .map((control) => {
        const label = control.closest('label')?.querySelector('span')?.textContent ?? ''
        const value =
          control instanceof HTMLSelectElement ? control.selectedOptions[0]?.textContent : `“${control.value}”`
        return `${label}: ${value}`
      })
  const toPaper = () => {
    const most = rowsOnPaper(ROWS_IN_SHORT_PRINT)
    showRows(0, most, printsEverything() ? Number.POSITIVE_INFINITY : LICENSES_IN_SHORT_PRINT)
    printText.textContent = printedText(describeFilters(), shown.length, most)
    printText.hidden = false
  }
  const toScreen = () => {
    printText.hidden = true
    showPage()
  }

  for (const heading of headings) {
    heading.querySelector('button')?.addEventListener('click', () => {
      const wanted = heading.getAttribute('data-column') ?? ''
      descending = wanted === column && !descending
      column = wanted
      sort()
    })
  }
  for (const button of card.querySelectorAll('[data-turn]')) {
    button.addEventListener('click', () => turns[button.getAttribute('data-turn') ?? '']?.())
  }
  form.addEventListener('input', filter)
  form.addEventListener('submit', (event) => event.preventDefault())
  // The controls are empty only after the event.
  form.addEventListener('reset', () => setTimeout(filter))
  region.addEventListener('keydown', (event) => {
    const { target } = event
    const isOurs = target === region || (target instanceof HTMLTableRowElement && body.contains(target))
    const act = keys[event.key]
    if (!isOurs || act === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    act()
  })
  aroundPrinting(toPaper, toScreen)

  for (const link of document.querySelectorAll('a[data-holders]')) {
    link.addEventListener('click', () => {
      form.reset()
      for (const control of controls) {
        if (control.dataset.filter === 'license') control.value = link.getAttribute('data-holders') ?? ''
      }
      filter()
      controls[0]?.focus({ preventScroll: true })
    })
  }
  card.hidden = false
  filter()
}
