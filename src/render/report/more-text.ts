import { numberText } from '../../model/quantity.ts'

/** That a list was cut, for a terminal; empty where it was not. */
export const moreText = (others: number): string =>
  others > 0 ? `and ${numberText(others)} more; --format json --detail has all\n` : ''

/** The same as a paragraph of Markdown. */
export const moreMarkdown = (others: number): string =>
  others > 0 ? `\nAnd ${numberText(others)} more; \`--format json --detail\` has all.\n` : ''
