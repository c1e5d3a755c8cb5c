import { element } from './element.js'

const dates = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
const clocks = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** A time as the page writes it. */
const WRITTEN = /(\d{4}-\d\d-\d\d \d\d:\d\d) UTC/

/**
 * The offset of the reader's zone: `UTC`, `UTC+1`, `UTC-3:30`.
 * @param {Date} time
 */
const offsetOf = (time) => {
  const minutes = -time.getTimezoneOffset()
  const rest = Math.abs(minutes) % 60
  const hours = Math.floor(Math.abs(minutes) / 60)
  if (minutes === 0) return 'UTC'
  return `UTC${minutes < 0 ? '-' : '+'}${hours}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`
}

/** @param {number} value */
const twoDigits = (value) => String(value).padStart(2, '0')

/** @param {Date} time */
const dayOf = (time) =>
  `${String(time.getFullYear()).padStart(4, '0')}-${twoDigits(time.getMonth() + 1)}-${twoDigits(time.getDate())}`

/**
 * `2026-11-18 13:00 UTC+5:30`.
 * @param {Date} time
 */
const localText = (time) => `${dayOf(time)} ${clocks.format(time)} ${offsetOf(time)}`

/** @param {string} iso */
const utcText = (iso) => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`

/**
 * A narrow cell has a line for the day and one for the clock.
 * @param {string} text
 */
const inTwoParts = (text) => [element('span', {}, [text.slice(0, 10)]), ' ', element('span', {}, [text.slice(11)])]

/**
 * A time of a table in the reader's zone, with UTC below it where that is another one.
 * @param {string} iso
 * @returns {HTMLTimeElement}
 */
export const timeElement = (iso) => {
  const time = new Date(iso)
  if (Number.isNaN(time.getTime())) return element('time', {}, [iso])
  const inUtc = time.toISOString()
  const isOther = offsetOf(time) !== 'UTC'
  return element('time', { datetime: iso }, [
    ...inTwoParts(isOther ? localText(time) : utcText(inUtc)),
    ...(isOther ? [element('small', {}, inTwoParts(utcText(inUtc)))] : []),
  ])
}

/**
 * A text of the page, with its times in the reader's zone and UTC beside.
 * @param {string} text
 * @returns {(Node | string)[]}
 */
export const withZone = (text) => {
  /** @type {(Node | string)[]} */
  const parts = []
  for (const [place, part] of text.split(WRITTEN).entries()) {
    // Every second part is a time, without its zone.
    if (place % 2 === 0) {
      if (part !== '') parts.push(part)
      continue
    }
    const iso = `${part.replace(' ', 'T')}:00.000Z`
    const time = new Date(iso)
    const isOther = !Number.isNaN(time.getTime()) && offsetOf(time) !== 'UTC'
    parts.push(isOther ? element('time', { datetime: iso }, [`${localText(time)} (${part} UTC)`]) : `${part} UTC`)
  }
  return parts
}

/** Texts with times in them, where they stand. */
const showTimesInText = () => {
  const walker = document.createTreeWalker(document.querySelector('main') ?? document.body, NodeFilter.SHOW_TEXT)
  const texts = []
  while (walker.nextNode()) {
    const { currentNode: node } = walker
    if (node instanceof Text && WRITTEN.test(node.data)) texts.push(node)
  }
  for (const text of texts) text.replaceWith(...withZone(text.data))
}

/** The page has its times in UTC, as what makes it does not know the zone of its reader. */
export const showTimesInZone = () => {
  showTimesInText()
  for (const shown of document.querySelectorAll('time[data-clock]')) {
    const time = new Date(shown.getAttribute('datetime') ?? '')
    if (Number.isNaN(time.getTime()) || offsetOf(time) === 'UTC') continue
    const inUtc = shown.textContent ?? ''
    shown.textContent = `${dates.format(time)}, ${clocks.format(time)} ${offsetOf(time)} (${inUtc})`
  }
  for (const shown of document.querySelectorAll('td time[datetime]')) {
    shown.replaceWith(timeElement(shown.getAttribute('datetime') ?? ''))
  }
}
