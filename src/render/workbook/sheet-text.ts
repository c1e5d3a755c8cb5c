const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** What a workbook writes as `_x0007_`, as XML cannot keep it; and what would be taken for such a thing. */
const UNSAYABLE = /(?![\t\n])\p{Cc}|\p{Cs}|[\ufffe\uffff]|_(?=x[0-9a-f]{4}_)/giu

const code = (character: string): string => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`

/** No cell may have more characters. */
const MOST = 32_767

const PLAIN = /^[\w .:,;@/()+*=-]*$/

/** Text for a workbook's XML: it is shown as it is, is never markup, and ends where a cell is full. */
export const sheetText = (text: string): string => {
  if (text.length > MOST) return sheetText(`${text.slice(0, MOST - 1)}…`)
  if (PLAIN.test(text) && !text.includes('_x')) return text
  return text.replace(UNSAYABLE, code).replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '')
}
