import { proseParts } from '../text/prose-parts.ts'
import { visibleText } from '../text/visible-text.ts'

/** Text that is HTML already. */
export interface Html {
  readonly html: string
}

type Part = string | number | Html | readonly Html[] | undefined

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escaped = (text: string): string =>
  visibleText(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')

const isList = (part: Html | readonly Html[]): part is readonly Html[] => Array.isArray(part)

const textOf = (part: Part): string => {
  if (part === undefined) return ''
  if (typeof part !== 'object') return escaped(String(part))
  return isList(part) ? part.map((one) => one.html).join('') : part.html
}

/**
 * HTML with foreign text in it: everything that is not HTML already is escaped, and what would turn the text around or
 * hide in it is shown. Attributes must be quoted.
 */
export const html = (texts: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  html: texts.map((text, index) => `${text}${textOf(parts[index])}`).join(''),
})

/** A day, which a browser would break after a hyphen. */
const DAY = /(\d{4}-\d\d-\d\d)/

const withWholeDays = (text: string): Html => {
  // Every second part is a day.
  const parts = text
    .split(DAY)
    .map((part, place) => (place % 2 === 0 ? html`${part}` : html`<span class="unbroken">${part}</span>`))
  return html`${parts}`
}

/** A text for people that may have code in backticks, as messages have it. */
export const prose = (text: string): Html => {
  const parts = proseParts(text).map((part, place) =>
    place % 2 === 0 ? withWholeDays(part) : html`<code>${part}</code>`,
  )
  return html`${parts}`
}

/** Text of our own that is HTML already. */
export const trusted = (text: string): Html => ({ html: text })

/** Foreign text that may be written from right to left without turning around what stands beside it. */
export const name = (text: string): Html => html`<bdi>${text}</bdi>`
