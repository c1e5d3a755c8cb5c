/** Of the first word: how many bytes the text has, times four, and how it is written. */
const ASCII = 0
const UTF_8 = 1
const UTF_16 = 2
const KINDS = 3
const BYTES_OF_WORD = 4
/** A character of UTF-16 takes so many bytes of UTF-8, at most. */
const MOST_BYTES = 3
/** Most texts fit into so many bytes, however they are written. */
const ROOM_BYTES = 1 << 14

const FNV_PRIME = 16_777_619

/** Half characters, which UTF-8 cannot write. */
const HALF = /\p{Cs}/u

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * A text as words of 32 bits: how long it is, and its bytes, with zeros behind them up to the end of the last word. Equal texts
 * have equal words, and different ones different words.
 */
export interface WrittenText {
  readonly words: Int32Array
  /** So many of the words are the text's. */
  readonly count: number
}

const createRoom = (bytes: number) => {
  const words = new Int32Array(Math.ceil(bytes / BYTES_OF_WORD))
  return {
    words,
    /** Behind the first word. */
    body: new Uint8Array(words.buffer, BYTES_OF_WORD),
    halves: new Uint16Array(words.buffer, BYTES_OF_WORD),
  }
}
const sharedRoom = createRoom(ROOM_BYTES)
const last: { words: Int32Array; count: number } = { words: sharedRoom.words, count: 0 }

const writeHalves = (halves: Uint16Array, text: string): number => {
  for (let at = 0; at < text.length; at++) halves[at] = text.charCodeAt(at)
  return 2 * text.length
}

/** Writes a text. To be used at once: the next text is written in the same place. */
export const writtenText = (text: string): WrittenText => {
  const most = MOST_BYTES * text.length + 2 * BYTES_OF_WORD
  const { words, body, halves } = most > ROOM_BYTES ? createRoom(most) : sharedRoom
  const { written } = encoder.encodeInto(text, body)
  const kind = written === text.length ? ASCII : HALF.test(text) ? UTF_16 : UTF_8
  const bytes = kind === UTF_16 ? writeHalves(halves, text) : written
  for (let at = bytes; at % BYTES_OF_WORD !== 0; at++) body[at] = 0
  words[0] = (bytes << 2) | kind
  last.words = words
  last.count = 1 + Math.ceil(bytes / BYTES_OF_WORD)
  return last
}

/** Reads a text whose words begin at a place of others. */
export const readText = (words: Int32Array, at: number): string => {
  const head = words[at] ?? 0
  const [from, bytes] = [(at + 1) * BYTES_OF_WORD, head >>> 2]
  if ((head & KINDS) !== UTF_16) return decoder.decode(new Uint8Array(words.buffer, from, bytes))
  let text = ''
  for (const half of new Uint16Array(words.buffer, from, bytes / 2)) text += String.fromCharCode(half)
  return text
}

/** A whole number of 32 bits for a text, which is another one with another seed. */
export const hashOfText = ({ words, count }: WrittenText, seed: number): number => {
  let hash = seed
  for (let at = 0; at < count; at++) {
    hash = Math.imul(hash ^ (words[at] ?? 0), FNV_PRIME)
    hash ^= hash >>> 15
  }
  return hash
}
