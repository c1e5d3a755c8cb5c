import { visibleText } from './visible-text.ts'

/** What XML 1.0 cannot have in any form, besides what is made visible anyway. */
const FORBIDDEN = /[\ufffe\uffff]/g

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
])

/** Foreign text for XML, as content or between quotation marks: nothing in it is markup or breaks the document. */
export const xmlText = (text: string): string =>
  visibleText(text)
    .replace(FORBIDDEN, '\ufffd')
    .replace(/[&<>"']/g, (character) => ENTITIES.get(character) ?? character)

/** An element; attributes that are undefined are left out. `content` is XML. */
export const xmlElement = (
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  content: readonly string[] = [],
): string => {
  const list = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${xmlText(String(value))}"`],
  )
  const start = `<${name}${list.join('')}`
  return content.length === 0 ? `${start}/>` : `${start}>\n${content.join('\n')}\n</${name}>`
}
