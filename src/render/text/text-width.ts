import stringWidth from 'string-width'
import { sharedStart } from '../../model/shared-start.ts'

/** Letters and signs of one column each, of which no two ever join: most of what is not Chinese, Japanese, Korean or a picture. */
const NARROW =
  /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u209c\u20a0-\u20bf\u2200-\u22ff\u2500-\u259f]*$/
/** With characters of two columns each, of which no two ever join. */
const WIDE =
  /[\u3001-\u3029\u3041-\u3096\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60]/g

/** What begins and ends a color. Nothing else that a terminal acts on is in a text: foreign text is made visible before. */
const COLOR = new RegExp(`${String.fromCharCode(0x1b)}\\[[\\d;]*m`, 'g')

/**
 * How many columns of a terminal a text takes, colors left out: a character that is made of several, such as a family
 * that is joined out of three, takes what it takes as one. To look for such characters takes a thousand times as long as
 * to see that there can be none, and tables may be very long.
 */
export const textWidth = (text: string): number => {
  if (NARROW.test(text)) return text.length
  const bare = text.replace(COLOR, '')
  const narrow = bare.replace(WIDE, '')
  return NARROW.test(narrow) ? 2 * bare.length - narrow.length : stringWidth(bare)
}

const segmenter = new Intl.Segmenter()

/** What is seen as one character each. */
const charactersOf = (text: string): readonly string[] =>
  NARROW.test(text) ? [...text] : Array.from(segmenter.segment(text), ({ segment }) => segment)

/** As many of the characters as there is room for. */
const fitting = (characters: readonly string[], room: number): readonly string[] => {
  let left = room
  const end = characters.findIndex((character) => {
    left -= textWidth(character)
    return left < 0
  })
  return end < 0 ? characters : characters.slice(0, end)
}

/** Stands for what was left out. */
export const ELLIPSIS = '…'

/** Nothing beyond so many characters is looked at: no terminal has as many columns. */
const MOST = 4_096

/**
 * A text in so many columns: where it is longer, what is left out is in its middle, as what tells texts apart is at their
 * beginnings or their ends. Nothing that is seen as one character is cut in two.
 */
export const cutText = (text: string, width: number): string => {
  if (textWidth(text) <= width) return text
  if (width < 1) return ''
  const room = width - ELLIPSIS.length
  const start = fitting(charactersOf(text.slice(0, MOST)), Math.ceil(room / 2))
  const atEnd = charactersOf(text.slice(-MOST)).toReversed()
  const end = fitting(atEnd, room - textWidth(start.join(''))).toReversed()
  return `${start.join('')}${ELLIPSIS}${end.join('')}`
}

/** So many characters of the beginning stay, to be recognized. */
export const LEAST_START = 4

/** Texts that look alike when they are cut: their beginning, and from where they differ on. */
const cutWhereTheyDiffer = (alike: readonly string[], width: number): ReadonlyMap<string, string> => {
  const all = alike.map((text) => charactersOf(text.slice(0, MOST)))
  const shared = sharedStart(all)
  return new Map(
    alike.map((text, index) => {
      const characters = all[index] ?? []
      const start = fitting(characters.slice(0, shared), Math.min(LEAST_START, Math.floor(width / 2))).join('')
      const rest = characters.slice(shared)
      const room = width - textWidth(start) - ELLIPSIS.length
      const whole = fitting(rest, room)
      const end =
        whole.length === rest.length ? whole.join('') : `${fitting(rest, room - ELLIPSIS.length).join('')}${ELLIPSIS}`
      return [text, textWidth(end) <= room ? `${start}${ELLIPSIS}${end}` : cutText(text, width)]
    }),
  )
}

/**
 * Texts in so many columns, each as {@link cutText} has it; but where two that are not the same would look the same, as
 * what differs is in their middle, that is what stays.
 */
export const cutApart = (texts: Iterable<string>, width: number): ReadonlyMap<string, string> => {
  const cuts = new Map<string, string>()
  const alike = new Map<string, string[]>()
  for (const text of texts) {
    if (cuts.has(text)) continue
    const cut = cutText(text, width)
    cuts.set(text, cut)
    if (cut === text) continue
    const others = alike.get(cut)
    if (others === undefined) alike.set(cut, [text])
    else others.push(text)
  }
  for (const group of alike.values()) {
    if (group.length > 1) for (const [text, cut] of cutWhereTheyDiffer(group, width)) cuts.set(text, cut)
  }
  return cuts
}

/** Where a line may end in a cell: after a space, and before the domain of an address. */
const BREAK = /(?<= )|(?=@)/

/** Of one cell. A name of a million characters must not fill a terminal: it loses its middle. */
const MOST_LINES = 100

/** A text in lines of at most so many columns, cut within a word only where the word alone is too long for a line. */
export const wrapCell = (text: string, width: number): readonly string[] => {
  if (width < 1 || textWidth(text) <= width) return [text]
  const lines: string[] = []
  let line = ''
  for (const word of cutText(text, width * MOST_LINES).split(BREAK)) {
    if (line !== '' && textWidth(`${line}${word.trimEnd()}`) > width) {
      lines.push(line.trimEnd())
      line = ''
    }
    line += word
    while (textWidth(line.trimEnd()) > width) {
      const characters = charactersOf(line)
      // A character may be wider than the line; without it there would be no end.
      const start = fitting(characters, width).join('') || (characters[0] ?? line)
      lines.push(start)
      line = line.slice(start.length)
    }
  }
  return line.trim() === '' ? lines : [...lines, line.trimEnd()]
}

/** Prose in lines of so many columns, cut between words; what follows the first line is indented. */
export const wrapText = (text: string, width: number | undefined, indent = '  '): string => {
  if (width === undefined || textWidth(text) <= width) return text
  const words = text.trimStart().split(' ')
  const lines: string[] = []
  let before = text.slice(0, text.length - text.trimStart().length)
  let line: string | undefined
  for (const word of words) {
    const longer: string = line === undefined ? `${before}${word}` : `${line} ${word}`
    if (line !== undefined && textWidth(longer) > width) {
      lines.push(line)
      before = indent
      line = `${before}${word}`
    } else line = longer
  }
  return [...lines, line ?? before].join('\n')
}
