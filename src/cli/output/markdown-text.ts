import { visibleText } from './visible-text.ts'

/** Begins markup wherever it is in a line. */
const MARKUP = /[\\`*_[\]<>|~$]/g
/** Where an address begins to be made a link of, although nobody wrote one. */
const ADDRESS = /(www)\.|(:)\/\//gi
/** What GitHub makes a mention, a reference or a picture of only after it has taken away every backslash. */
const REFERENCE = /@|#(?=\d)|(?<!\d):(?=[\w+-]+:)|(?<=\bGH)-(?=\d)/gi

/**
 * Foreign text for a line of GitHub-flavoured Markdown that shows it as it is: nothing in it becomes markup, a link, a
 * mention or HTML, or ends the cell that it is in. A joiner of no width comes after what a backslash cannot disarm.
 */
export const markdownText = (text: string): string =>
  visibleText(text)
    .replace(/&/g, '&amp;')
    .replace(MARKUP, '\\$&')
    .replace(ADDRESS, (_, www?: string, colon?: string) => (www === undefined ? `\\${colon}//` : `${www}\\.`))
    .replace(REFERENCE, '$&&#8288;')
