import { element, find, numberText } from './element.js'
import { folded, termsOf } from './search-text.js'
import { copyText, downloadText, seatsCsv, seatsIn } from './seats-csv.js'
import { withZone } from './times.js'

/** @import { FindingData, FindingListData, PageData } from '../page-data.ts' */

const AT_ONCE = 100

/** @param {FindingData} finding */
const itemOf = ([message, line, , lines]) =>
  element('li', {}, [
    element('p', {}, [message]),
    element('p', { class: 'muted' }, withZone(line)),
    ...(lines.length === 0
      ? []
      : [
          element('details', {}, [
            element('summary', {}, [`${numberText(lines.length)} findings`]),
            element(
              'ul',
              {},
              lines.map((one) => element('li', {}, withZone(one))),
            ),
          ]),
        ]),
  ])

/**
 * The findings of one rule. It is filled when the user opens it, and holds what was searched for.
 * @param {FindingListData} data
 */
const createList = ({ elementId, count, all }) => {
  const list = find(`#${elementId}`, HTMLElement)
  const details = list.closest('details')
  if (details === null) throw new Error(`${elementId} is in no details.`)
  const more = element('button', { type: 'button', class: 'more' })
  const printed = element('p', { class: 'on-paper full-print' })
  /** @type {readonly FindingData[] | undefined} */
  let found
  let shown = 0
  /** @type {readonly string[] | undefined} */
  let texts

  const showMore = () => {
    const matches = found ?? all()
    // What is there at first is for readers without scripts.
    if (shown === 0) list.replaceChildren()
    list.append(...matches.slice(shown, shown + AT_ONCE).map(itemOf))
    shown = Math.min(matches.length, shown + AT_ONCE)
    more.textContent = `Show ${numberText(Math.min(AT_ONCE, matches.length - shown))} more of ${numberText(matches.length)}`
    more.hidden = shown >= matches.length
    printed.textContent = `Only the first ${numberText(shown)} of ${numberText(matches.length)} are printed.`
    printed.hidden = more.hidden
  }
  more.addEventListener('click', showMore)
  list.after(more, printed)
  more.hidden = true
  printed.hidden = true
  details.addEventListener('toggle', () => {
    if (details.open && shown === 0) showMore()
  })

  /**
   * @param {readonly string[]} terms
   * @param {string} rule
   */
  const search = (terms, rule) => {
    const isAsked = rule === '' || details.dataset.rule === rule
    const findings = all()
    let matches = findings
    if (terms.length > 0) {
      texts ??= findings.map(([message, line, , lines]) => folded([message, line, ...lines].join('\n')))
      const searched = texts
      matches = findings.filter((_, place) => terms.every((term) => searched[place]?.includes(term)))
    }
    if (!isAsked) matches = []
    found = matches
    const isFiltered = terms.length > 0 || rule !== ''
    details.hidden = isFiltered && matches.length === 0
    if (isFiltered && matches.length > 0) details.open = true
    shown = 0
    list.replaceChildren()
    if (details.open && matches.length > 0) showMore()
    return matches
  }
  return { search, count }
}

/**
 * Lists of findings that can be searched, and a file of the seats in them that can be given up.
 * @param {PageData} data
 */
export const startFindingLists = (data) => {
  const lists = data.findings.map(createList)
  const form = document.querySelector('#finding-filters')
  if (!(form instanceof HTMLFormElement)) return
  const input = find('input', HTMLInputElement, form)
  const select = find('select', HTMLSelectElement, form)
  const status = find('#finding-matches', HTMLElement)
  const explanation = find('#finding-csv', HTMLElement)
  const total = lists.reduce((sum, { count }) => sum + count, 0)
  /** What was searched for. @type {readonly FindingData[] | undefined} */
  let found
  const matching = () => found ?? data.findings.flatMap(({ all }) => all())
  const seatsFound = () => (found === undefined ? data.removals.seats : seatsIn(data.removals, found).size)

  const foundText = () => {
    const seats = seatsFound()
    const given = seats === 1 ? '1 seat can be given up' : `${numberText(seats)} seats can be given up`
    const isFiltered = input.value.trim() !== '' || select.value !== ''
    const counted = isFiltered
      ? `${numberText(found?.length ?? total)} of ${numberText(total)} findings match`
      : `${numberText(total)} findings`
    return `${counted}; ${given}`
  }
  const search = () => {
    const terms = termsOf(input.value)
    found = lists.flatMap((list) => list.search(terms, select.value))
    status.textContent = foundText()
  }

  /** @type {Readonly<Record<string, (text: string) => Promise<string> | string>>} */
  const ways = {
    copy: async (text) => ((await copyText(text)) ? 'copied' : 'not copied, as the browser refused it; download them'),
    download: (text) => {
      downloadText('seats.csv', text)
      return 'downloaded as seats.csv'
    },
  }
  for (const button of form.querySelectorAll('[data-csv]')) {
    button.addEventListener('click', async () => {
      const seats = seatsFound()
      const done = await ways[button.getAttribute('data-csv') ?? '']?.(seatsCsv(data, matching()))
      status.textContent = `${numberText(seats)} ${seats === 1 ? 'seat' : 'seats'} ${done}`
    })
  }
  form.addEventListener('input', search)
  form.addEventListener('submit', (event) => event.preventDefault())
  const hasSeats = data.removals.seats > 0
  for (const button of form.querySelectorAll('button')) button.hidden = !hasSeats
  explanation.hidden = !hasSeats
  form.hidden = false
  status.textContent = foundText()
}
