import { type Html, html, prose } from '../../page/html.ts'

/** The reasons behind the marks of one part of the page, each once. */
export interface PageNotes {
  /** A mark that leads to the reason, or to each of them. */
  readonly mark: (...reasons: readonly string[]) => Html
  /** A mark that leads nowhere, for what is itself to be clicked. */
  readonly plainMark: (reason: string) => Html
  /** The reasons marked so far; nothing where there are none. */
  readonly list: () => Html | undefined
}

/** `part`: what no other part of the page is called. */
export const createPageNotes = (part: string): PageNotes => {
  const numbers = new Map<string, number>()
  const numberOf = (reason: string): number => {
    const number = numbers.get(reason) ?? numbers.size + 1
    numbers.set(reason, number)
    return number
  }
  const idOf = (number: number) => `note-${part}-${number}`
  const link = (number: number): Html =>
    // The reasons are read where they stand; a stop for each mark would make the way through a table very long.
    html`<a href="#${idOf(number)}" tabindex="-1" aria-label="note ${number}">${number}</a>`
  // Two numbers beside each other would be read as one.
  const links = (numbers: readonly number[]): Html =>
    html`<sup>${numbers.map((number, place) => html`${place === 0 ? '' : ', '}${link(number)}`)}</sup>`
  const words = (number: number): Html => html`<sup><span class="visually-hidden"> note </span>${number}</sup>`
  const list = (): Html | undefined =>
    numbers.size === 0
      ? undefined
      : html`<ol class="notes">${[...numbers].map(([reason, number]) => html`<li id="${idOf(number)}">${prose(reason)}</li>`)}</ol>`
  return { mark: (...reasons) => links(reasons.map(numberOf)), plainMark: (reason) => words(numberOf(reason)), list }
}
