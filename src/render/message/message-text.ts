import { numberText } from '../../model/quantity.ts'
import { knownOf } from '../../report/cost/cost-tally.ts'
import type { Cost } from '../../report/license-report.ts'
import { costText } from '../text/cost-text.ts'
import { proseLine } from '../text/prose-line.ts'
import type { Surface } from '../text/surface.ts'

/** A line that is longer tells too much, or has a name that is. */
const LONGEST = 300

/** Chats take what is in angle brackets for a command or a link, also in a name that a vendor sent. */
const harmless = (text: string): string => text.replaceAll('<', '‹').replaceAll('>', '›')

const cut = (text: string): string => {
  const characters = [...text]
  return characters.length <= LONGEST ? text : `${characters.slice(0, LONGEST - 1).join('')}…`
}

/**
 * A title and a few lines that people read in a mail or a chat: plain text, which means the same in each of them. There is no
 * markup in it, and none comes from the names of vendors.
 */
export const messageText = (title: string, lines: readonly string[], surface: Surface): string =>
  [title, ...lines].map((line) => proseLine(cut(harmless(line)), surface)).join('')

/** The first so many lines. The last of them says how many others there are. */
export const withRest = (
  lines: readonly string[],
  most: number,
  others: string | readonly [one: string, many: string],
): readonly string[] => {
  const rest = lines.length - most
  const noun = typeof others === 'string' ? others : others[rest === 1 ? 0 : 1]
  return lines
    .slice(0, most)
    .map((line, place) => (rest > 0 && place === most - 1 ? `${line}; and ${numberText(rest)} more ${noun}` : line))
}

/** What a cost comes to in a sentence: `at least EUR 110.00`. Undefined where nothing of it is known, or it is nothing. */
export const amountInWords = (cost: Cost): string | undefined =>
  knownOf(cost).every(({ amount }) => amount === 0) ? undefined : costText(cost).replace('≥', 'at least')
