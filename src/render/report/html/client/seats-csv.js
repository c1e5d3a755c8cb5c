/** @import { FindingData, PageData } from '../page-data.ts' */

/**
 * The seats that can be given up, each once, as numbers: there may be very many.
 * @param {PageData['removals']} removals
 * @param {readonly FindingData[]} findings
 */
export const seatsIn = ({ licenses }, findings) => {
  /** @type {Set<number>} */
  const seats = new Set()
  for (const [, , removals] of findings) {
    for (const [user, ...held] of removals) for (const license of held) seats.add(user * licenses.length + license)
  }
  return seats
}

/**
 * A file of changes that takes the seats away, each once. `plan --file` reads it.
 * @param {PageData} data
 * @param {readonly FindingData[]} findings
 */
export const seatsCsv = ({ removals }, findings) => {
  const { columns, action, providers, users, licenses } = removals
  const rows = []
  for (const seat of seatsIn(removals, findings)) {
    const [provider, user] = users[Math.floor(seat / licenses.length)] ?? []
    rows.push([providers[provider ?? -1], user, action, licenses[seat % licenses.length]].join(','))
  }
  return [columns, ...rows, ''].join('\r\n')
}

/**
 * @param {string} text
 * @returns {Promise<boolean>} whether it is in the clipboard
 */
export const copyText = async (text) => {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    // A page that was opened as a file may have no such clipboard.
  }
  const area = document.createElement('textarea')
  area.value = text
  document.body.append(area)
  area.select()
  const isCopied = document.execCommand('copy')
  area.remove()
  return isCopied
}

/** Without it, Excel takes a file of UTF-8 for one of another encoding. */
const BYTE_ORDER_MARK = '\ufeff'

/** How long a browser may take to begin with a download. */
const BEGUN_AFTER_MS = 60_000

/** @param {string} name @param {string} text */
export const downloadText = (name, text) => {
  const url = URL.createObjectURL(new Blob([BYTE_ORDER_MARK, text], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), BEGUN_AFTER_MS)
}
