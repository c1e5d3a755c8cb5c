import {
  beginningOf,
  bytesIn,
  isAscii,
  isCut,
  readText,
  type WrittenText,
  wordAt,
  writtenText,
} from './written-text.ts'

/** Words that are asked for at once, at most: what is full is never copied. All texts begin within so many words of their chunk. */
const CHUNK = 1 << 18
/** Most pools are of few texts; each chunk is twice as large as the one before. */
const FIRST_CHUNK = 1 << 9

/** `cut`: of ASCII, and kept without its beginning. `whole`: of ASCII, without that beginning. `other`: not of ASCII. */
export type TextKind = 'cut' | 'whole' | 'other'

/** Texts that are kept outside of the heap, where a garbage collector does not have to go through them. */
export interface TextPool {
  /** A text as it is kept here. To be used at once: the next text is written in the same place. */
  readonly written: (text: string) => WrittenText
  /** Keeps a text, and says where. */
  readonly add: (text: WrittenText) => number
  readonly textAt: (place: number) => string
  /** Whether this text is the one at a place. */
  readonly isAt: (place: number, text: WrittenText) => boolean
  /** What is kept once. */
  readonly beginning: string
  readonly kindAt: (place: number) => TextKind
  /** Characters of a text of ASCII, without the beginning. */
  readonly lengthAt: (place: number) => number
  /** Four of these characters as a whole number, the first one highest; 0 where there are no more. */
  readonly wordAt: (place: number, index: number) => number
}

/**
 * Keeps many texts in little memory: one byte for most characters. A place is a number of 32 bits up to 16 GiB. `beginning`:
 * kept once for all texts that begin so. Default: nothing.
 */
export const createTextPool = (beginning = ''): TextPool => {
  const start = beginningOf(beginning)
  const chunks: Int32Array[] = []
  let last = new Int32Array(0)
  let end = 0

  const makeRoom = (words: number): void => {
    if (end + words <= Math.min(CHUNK, last.length)) return
    last = new Int32Array(Math.max(words, Math.min(CHUNK, Math.max(FIRST_CHUNK, 2 * last.length))))
    chunks.push(last)
    end = 0
  }
  const chunkOf = (place: number): Int32Array => chunks[Math.floor(place / CHUNK)] ?? last

  const headAt = (place: number): number => chunkOf(place)[place % CHUNK] ?? 0

  return {
    written: (text) => writtenText(text, start),
    add: ({ words, from, count }) => {
      makeRoom(count)
      for (let word = 0; word < count; word++) last[end + word] = words[from + word] ?? 0
      const place = (chunks.length - 1) * CHUNK + end
      end += count
      return place
    },
    textAt: (place) => readText(chunkOf(place), place % CHUNK, start),
    isAt: (place, { words, from, count }) => {
      const chunk = chunkOf(place)
      const at = place % CHUNK
      for (let word = 0; word < count; word++) if (chunk[at + word] !== words[from + word]) return false
      return true
    },
    beginning: start.text,
    kindAt: (place) => {
      const head = headAt(place)
      if (!isAscii(head)) return 'other'
      return isCut(head) ? 'cut' : 'whole'
    },
    lengthAt: (place) => bytesIn(headAt(place)),
    wordAt: (place, index) => wordAt(chunkOf(place), place % CHUNK, index),
  }
}
