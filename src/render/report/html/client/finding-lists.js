import { element, find, numberText } from './element.js'

/** @import { FindingData, FindingListData, PageData } from '../page-data.ts' */

const AT_ONCE = 100

/** @param {FindingData} finding */
const itemOf = ([message, facts]) =>
  element('li', {}, [element('p', {}, [message]), element('p', { class: 'muted' }, [facts])])

/** @param {FindingListData} list */
const startList = ({ elementId, findings }) => {
  const list = find(`#${elementId}`, HTMLElement)
  const more = element('button', { type: 'button', class: 'more' })
  const printed = element('p', { class: 'on-paper' })
  let shown = 0
  const showMore = () => {
    list.append(...findings.slice(shown, shown + AT_ONCE).map(itemOf))
    shown = Math.min(findings.length, shown + AT_ONCE)
    more.textContent = `Show ${numberText(Math.min(AT_ONCE, findings.length - shown))} more of ${numberText(findings.length)}`
    more.hidden = shown >= findings.length
    printed.textContent = `Only the first ${numberText(shown)} of ${numberText(findings.length)} are printed.`
    printed.hidden = more.hidden
  }
  more.addEventListener('click', showMore)
  list.after(more, printed)
  more.hidden = true
  printed.hidden = true
  list.closest('details')?.addEventListener('toggle', () => {
    if (shown === 0) showMore()
  })
}

/**
 * Fills the lists of findings when the user opens them.
 * @param {PageData} data
 */
export const startFindingLists = (data) => {
  for (const list of data.findings) startList(list)
}
