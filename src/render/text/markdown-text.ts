import { proseParts } from './prose-parts.ts'
import { visibleText } from './visible-text.ts'

/** Begins markup wherever it is in a line. */
const MARKUP = /[\\`*_[\]<>|~$]/g
/** Where GitHub begins to make a link of an address. */
const ADDRESS = /(www)\.|(:)\/\//gi
/**
 * Where GitHub may see a mention. Not in an address, which must stay what it is to be copied: an @ after an ASCII letter,
 * digit or underscore is never a mention, and one after other ends of a name does not where a domain follows.
 */
const MENTION = /(?<![a-zA-Z\d_])(?<![\p{L}\p{N}.+-](?=@[\p{L}\p{N}-]+\.[\p{L}\p{N}]))@/gu
/** What GitHub makes a reference or a picture of only after it has taken away every backslash. */
const REFERENCE = /#(?=\d)|(?<!\d):(?=[\w+-]+:)|(?<=\bGH)-(?=\d)/gi

/**
 * Foreign text for a line of GitHub-flavoured Markdown that shows it as it is: nothing in it becomes markup, a link, a
 * mention or HTML, or ends the cell that it is in. A joiner of no width comes after what a backslash cannot disarm. An
 * e-mail address stays one, character for character, and may be a link to itself.
 */
export const markdownText = (text: string): string =>
  visibleText(text)
    .replace(/&/g, '&amp;')
    .replace(MARKUP, '\\$&')
    .replace(ADDRESS, (_, www?: string, colon?: string) => (www === undefined ? `\\${colon}//` : `${www}\\.`))
    .replace(REFERENCE, '$&&#8288;')
    .replace(MENTION, '$&&#8288;')

/** A message for people as {@link markdownText}, but for its code, which stays code. A `|` would end the cell of a table even there. */
export const markdownProse = (text: string): string =>
  proseParts(text)
    .map((part, place) => {
      if (place % 2 === 0) return markdownText(part)
      return part.includes('|') ? markdownText(`\`${part}\``) : `\`${visibleText(part)}\``
    })
    .join('')
