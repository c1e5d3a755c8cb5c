import stringWidth from 'string-width'
import { groupedBy } from '../../../model/grouped-by.ts'

/** A name, and with it what tells it apart from others of that name. */
export interface Label {
  readonly group: string
  readonly name: string
  /** All of it: the name, and after it, where others have it too, what tells them apart. */
  readonly label: string
}

const ELLIPSIS = '…'
/** So much of the name stays to be recognised. */
const LEAST_NAME = 4

const cut = (text: string, width: number): string => {
  if (stringWidth(text) <= width) return text
  let kept = ''
  for (const character of text) {
    if (stringWidth(kept + character) > width - ELLIPSIS.length) break
    kept += character
  }
  return `${kept}${ELLIPSIS}`
}

/** `name (mark)`: the mark; nothing where the name is all. */
const markOf = ({ name, label }: Label): string =>
  label === name ? '' : label.slice(name.length + ' ('.length, -')'.length)

/** How many characters all of them begin with. */
const sharedStart = ([first = '', ...others]: readonly string[]): number => {
  let length = 0
  while (length < first.length && others.every((other) => other[length] === first[length])) length++
  return length
}

const reversed = (text: string): string => [...text].reverse().join('')

/** The part of the mark that the others do not share, beginning and ending with whole words where `words` says so. */
const ownPart = (mark: string, marks: readonly string[], words: boolean): string => {
  const start = sharedStart(marks)
  const end = Math.min(sharedStart(marks.map(reversed)), ...marks.map(({ length }) => length - start))
  const [before, after] = [mark.slice(0, start), mark.slice(mark.length - end)]
  const from = words ? start - (/[\p{L}\p{N}]*$/u.exec(before)?.[0].length ?? 0) : start
  const to = mark.length - end + (words ? (/^[\p{L}\p{N}]*/u.exec(after)?.[0].length ?? 0) : 0)
  return `${from > 0 ? ELLIPSIS : ''}${mark.slice(from, to)}${to < mark.length ? ELLIPSIS : ''}`
}

const shortened = (one: Label, namesakes: readonly Label[], width: number): string => {
  const mark = markOf(one)
  if (mark === '') return cut(one.label, width)
  const marks = [...new Set(namesakes.map(markOf))]
  const room = width - LEAST_NAME - ' ()'.length
  const candidates = [mark, ownPart(mark, marks, true), ownPart(mark, marks, false)]
  const kept = candidates.find((text) => stringWidth(text) <= room) ?? cut(candidates.at(-1) ?? mark, Math.max(1, room))
  const end = ` (${kept})`
  return `${cut(one.name, Math.max(1, width - stringWidth(end)))}${end}`
}

/** The labels within a width: where one is too long, its name is cut, and what tells it apart stays. */
export const shortLabels = (labels: readonly Label[], width: number): readonly string[] => {
  const byName = groupedBy(labels, ({ group, name }) => JSON.stringify([group, name]))
  return labels.map((one) => {
    if (stringWidth(one.label) <= width) return one.label
    return shortened(one, byName.get(JSON.stringify([one.group, one.name])) ?? [], width)
  })
}
