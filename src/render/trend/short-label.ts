import { groupedBy } from '../../model/grouped-by.ts'
import { sharedStart } from '../../model/shared-start.ts'
import { cutText, ELLIPSIS, LEAST_START, textWidth } from '../text/text-width.ts'

/** A name, and with it what tells it apart from others of that name. */
export interface Label {
  readonly group: string
  readonly name: string
  /** All of it: the name, and after it, where others have it too, what tells them apart. */
  readonly label: string
}

/** `name (mark)`: the mark; nothing where the name is all. */
const markOf = ({ name, label }: Label): string =>
  label === name ? '' : label.slice(name.length + ' ('.length, -')'.length)

const reversed = (text: string): string => [...text].reverse().join('')

/** Looks back once at every place, so that no text takes long. */
const WORD_AT_END = /(?<![\p{L}\p{N}])[\p{L}\p{N}]*$/u

/** The part of the mark that the others do not share, beginning and ending with whole words where `words` says so. */
const ownPart = (mark: string, marks: readonly string[], words: boolean): string => {
  const start = sharedStart(marks)
  const end = Math.min(sharedStart(marks.map(reversed)), ...marks.map(({ length }) => length - start))
  const [before, after] = [mark.slice(0, start), mark.slice(mark.length - end)]
  const from = words ? before.search(WORD_AT_END) : start
  const to = mark.length - end + (words ? (/^[\p{L}\p{N}]*/u.exec(after)?.[0].length ?? 0) : 0)
  return `${from > 0 ? ELLIPSIS : ''}${mark.slice(from, to)}${to < mark.length ? ELLIPSIS : ''}`
}

const shortened = (one: Label, namesakes: readonly Label[], width: number): string => {
  const mark = markOf(one)
  if (mark === '') return cutText(one.label, width)
  const marks = [...new Set(namesakes.map(markOf))]
  const room = width - LEAST_START - ' ()'.length
  const candidates = [mark, ownPart(mark, marks, true), ownPart(mark, marks, false)]
  const kept =
    candidates.find((text) => textWidth(text) <= room) ?? cutText(candidates.at(-1) ?? mark, Math.max(1, room))
  const end = ` (${kept})`
  return `${cutText(one.name, Math.max(1, width - textWidth(end)))}${end}`
}

/** The labels within a width: where one is too long, its name is cut, and what tells it apart stays. */
export const shortLabels = (labels: readonly Label[], width: number): readonly string[] => {
  const byName = groupedBy(labels, ({ group, name }) => JSON.stringify([group, name]))
  return labels.map((one) => {
    if (textWidth(one.label) <= width) return one.label
    return shortened(one, byName.get(JSON.stringify([one.group, one.name])) ?? [], width)
  })
}
