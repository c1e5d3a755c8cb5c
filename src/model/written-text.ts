/** The first word of a text, from its lowest bits: how it is written, whether its beginning is left out, how many bytes it has. */
export const ASCII = 0
export const UTF_8 = 1
const UTF_16 = 2
const KIND_MASK = 3
const CUT = 4
export const LENGTH_BITS = 3
export const BYTES_OF_WORD = 4
/** A character of UTF-16 takes so many bytes of UTF-8, at most. */
export const MOST_BYTES = 3
/** Most texts fit into so many bytes, however they are written. */
export const ROOM_BYTES = 1 << 14

/** Half characters, which UTF-8 cannot write. */
export const HALF = /\p{Cs}/u
export const LAST_ASCII = 0x7f

export const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * A text as words of 32 bits: how long it is, and its bytes, with zeros behind them up to the end of the last word. Equal texts
 * have equal words, and different ones different words.
 */
export interface WrittenText {
  readonly words: Int32Array
  /** Where the first word of the text is. */
  readonly from: number
  /** How many words it has. */
  readonly count: number
}

/**
 * What many texts begin with, which is left out of them. Whole words, so that nothing has to be moved where they are left out, and
 * ASCII, so that no character is cut in two.
 */
export interface Beginning {
  readonly text: string
  /** The words of the text alone. */
  readonly words: Int32Array
}

/** As much of the text as can be the beginning of others. */
export const beginningOf = (text: string): Beginning => {
  let end = 0
  while (end < text.length && text.charCodeAt(end) <= LAST_ASCII) end++
  const whole = text.slice(0, end - (end % BYTES_OF_WORD))
  const { words, count } = writtenText(whole, NO_BEGINNING)
  return { text: whole, words: words.slice(1, count) }
}
export const NO_BEGINNING: Beginning = { text: '', words: new Int32Array(0) }

export const createRoom = (bytes: number) => {
  const words = new Int32Array(Math.ceil(bytes / BYTES_OF_WORD))
  return {
    words,
    /** Behind the first word. */
    body: new Uint8Array(words.buffer, BYTES_OF_WORD),
    halves: new Uint16Array(words.buffer, BYTES_OF_WORD),
  }
}
const sharedRoom = createRoom(ROOM_BYTES)
const last: { words: Int32Array; from: number; count: number } = { words: sharedRoom.words, from: 0, count: 0 }

const writeHalves = (halves: Uint16Array, text: string): number => {
  for (let at = 0; at < text.length; at++) halves[at] = text.charCodeAt(at)
  return 2 * text.length
}

/** Whether the words of a text, which are behind the first one, begin with these. */
const beginWith = (words: Int32Array, beginning: Int32Array): boolean => {
  for (let word = 0; word < beginning.length; word++) if (words[1 + word] !== beginning[word]) return false
  return true
}

/** Writes a text, without this beginning where it has it. To be used at once: the next text is written in the same place. */
export const writtenText = (text: string, beginning: Beginning): WrittenText => {
  const most = MOST_BYTES * text.length + 2 * BYTES_OF_WORD
  const { words, body, halves } = most > ROOM_BYTES ? createRoom(most) : sharedRoom
  const { written } = encoder.encodeInto(text, body)
  const kind = written === text.length ? ASCII : HALF.test(text) ? UTF_16 : UTF_8
  const bytes = kind === UTF_16 ? writeHalves(halves, text) : written
  for (let at = bytes; at % BYTES_OF_WORD !== 0; at++) body[at] = 0
  const cut = beginning.words.length
  const isShortened = cut > 0 && kind !== UTF_16 && bytes >= cut * BYTES_OF_WORD && beginWith(words, beginning.words)
  last.words = words
  // A text begins with its head, at 0, so that the last word that is left out is at `cut`: the head goes there.
  last.from = isShortened ? cut : 0
  const rest = isShortened ? bytes - cut * BYTES_OF_WORD : bytes
  words[last.from] = (rest << LENGTH_BITS) | (isShortened ? CUT : 0) | kind
  last.count = 1 + Math.ceil(rest / BYTES_OF_WORD)
  return last
}

const readHalves = (halves: Uint16Array): string => {
  let text = ''
  for (const half of halves) text += String.fromCharCode(half)
  return text
}

/** Reads a text whose words begin at a place of others. `beginning`: the one that it was written with. */
export const readText = (words: Int32Array, at: number, beginning: Beginning): string => {
  const head = words[at] ?? 0
  const [from, bytes] = [(at + 1) * BYTES_OF_WORD, bytesIn(head)]
  const text =
    (head & KIND_MASK) === UTF_16
      ? readHalves(new Uint16Array(words.buffer, from, bytes / 2))
      : decoder.decode(new Uint8Array(words.buffer, from, bytes))
  return isCut(head) ? beginning.text + text : text
}

/** Bytes behind the first word of a text. */
export const bytesIn = (head: number): number => head >>> LENGTH_BITS

export const isAscii = (head: number): boolean => (head & KIND_MASK) === ASCII

/** Whether a text with this first word is written without its beginning. */
export const isCut = (head: number): boolean => (head & CUT) !== 0

const IS_LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1

/** Four bytes of a text whose words begin at a place of others: as a whole number, the first byte highest; 0 where it is over. */
export const wordAt = (words: Int32Array, at: number, index: number): number => {
  if (index * BYTES_OF_WORD >= bytesIn(words[at] ?? 0)) return 0
  const word = words[at + 1 + index] ?? 0
  if (!IS_LITTLE_ENDIAN) return word >>> 0
  return ((word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)) >>> 0
}

/** Two random numbers of 32 bits, which a vendor that chooses the texts cannot know. */
export type HashKey = readonly [number, number]

/** Behind those of the words. */
const LAST_ROUNDS = 3

const rotated = (word: number, by: number): number => (word << by) | (word >>> (32 - by))

/**
 * A whole number of 32 bits for a text: HalfSipHash with one round for each word and three at the end. Who does not know the key
 * cannot find texts that have the same one.
 */
export const hashOfText = ({ words, from, count }: WrittenText, [one, other]: HashKey): number => {
  let v0 = one
  let v1 = other
  let v2 = one ^ 0x6c796765
  let v3 = other ^ 0x74656462
  for (let round = 0; round < count + LAST_ROUNDS; round++) {
    const word = round < count ? (words[from + round] ?? 0) : 0
    if (round === count) v2 ^= 0xff
    v3 ^= word
    v0 = (v0 + v1) | 0
    v1 = rotated(v1, 5) ^ v0
    v0 = rotated(v0, 16)
    v2 = (v2 + v3) | 0
    v3 = rotated(v3, 8) ^ v2
    v0 = (v0 + v3) | 0
    v3 = rotated(v3, 7) ^ v0
    v2 = (v2 + v1) | 0
    v1 = rotated(v1, 13) ^ v2
    v2 = rotated(v2, 16)
    v0 ^= word
  }
  return v1 ^ v3
}
