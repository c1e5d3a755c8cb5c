/** Of the first word: how many bytes the text has, times eight; whether its beginning is left out; and how it is written. */
const ASCII = 0
const UTF_8 = 1
const UTF_16 = 2
const KINDS = 3
const CUT = 4
const LENGTH_BITS = 3
const BYTES_OF_WORD = 4
/** A character of UTF-16 takes so many bytes of UTF-8, at most. */
const MOST_BYTES = 3
/** Most texts fit into so many bytes, however they are written. */
const ROOM_BYTES = 1 << 14

const FNV_PRIME = 16_777_619

/** Half characters, which UTF-8 cannot write. */
const HALF = /\p{Cs}/u
const LAST_ASCII = 0x7f

const encoder = new TextEncoder()
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

/** What many texts begin with, which is left out of them: whole words of ASCII. */
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
  const isCut = cut > 0 && kind !== UTF_16 && bytes >= cut * BYTES_OF_WORD && beginWith(words, beginning.words)
  last.words = words
  // The first word takes the place of the last one that is left out.
  last.from = isCut ? cut : 0
  const rest = isCut ? bytes - cut * BYTES_OF_WORD : bytes
  words[last.from] = (rest << LENGTH_BITS) | (isCut ? CUT : 0) | kind
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
  const [from, bytes] = [(at + 1) * BYTES_OF_WORD, head >>> LENGTH_BITS]
  const text =
    (head & KINDS) === UTF_16
      ? readHalves(new Uint16Array(words.buffer, from, bytes / 2))
      : decoder.decode(new Uint8Array(words.buffer, from, bytes))
  return (head & CUT) === 0 ? text : beginning.text + text
}

/** A whole number of 32 bits for a text, which is another one with another seed. */
export const hashOfText = ({ words, from, count }: WrittenText, seed: number): number => {
  const end = from + count
  let hash = seed
  for (let word = from; word < end; word++) {
    hash = Math.imul(hash ^ (words[word] ?? 0), FNV_PRIME)
    hash ^= hash >>> 15
  }
  return hash
}

/** Each character of a number has one of so many digits, and so much more where others follow. */
export const DIGIT = 64
/** Of the highest whole number. */
const MOST_DIGITS = 9

/** Writes a text piece by piece. */
export interface TextWriter {
  readonly begin: () => void
  /** A whole number from 0 on: characters of six bits, the lowest ones first. A seventh bit says that more of them follow. */
  readonly number: (number: number) => void
  /** A part of a text. Default: all of it. False where the part has half characters: then nothing was written. */
  readonly text: (text: string, from?: number, to?: number) => boolean
  /** Where the next piece comes. */
  readonly place: () => number
  /** What was written from a place on is written anew. */
  readonly backTo: (place: number) => void
  /** What was written. To be used at once: the next text is written in the same place. */
  readonly written: () => WrittenText
}

/**
 * Writes texts of short pieces. Those of ASCII, which nearly all are, are written character by character: making one text of
 * them first takes longer than writing it.
 */
export const createTextWriter = (): TextWriter => {
  let room = createRoom(ROOM_BYTES)
  let { body } = room
  let end = 0
  let kind = ASCII
  const makeRoom = (bytes: number): void => {
    // The first word is before the body, and the last one is whole.
    if (end + bytes + BYTES_OF_WORD <= body.length) return
    const larger = createRoom(2 * (room.words.byteLength + bytes))
    larger.words.set(room.words)
    room = larger
    body = larger.body
  }
  const otherText = (text: string): boolean => {
    if (HALF.test(text)) return false
    kind = UTF_8
    end += encoder.encodeInto(text, body.subarray(end)).written
    return true
  }
  return {
    begin: () => {
      end = 0
      kind = ASCII
    },
    number: (number) => {
      makeRoom(MOST_DIGITS)
      let rest = number
      for (; rest >= DIGIT; rest = Math.floor(rest / DIGIT)) body[end++] = DIGIT + (rest % DIGIT)
      body[end++] = rest
    },
    text: (text, from = 0, to = text.length) => {
      makeRoom(MOST_BYTES * (to - from))
      for (let at = from; at < to; at++) {
        const code = text.charCodeAt(at)
        if (code > LAST_ASCII) return otherText(text.slice(from, to))
        body[end + at - from] = code
      }
      end += to - from
      return true
    },
    place: () => end,
    backTo: (place) => {
      end = place
    },
    written: () => {
      for (let at = end; at % BYTES_OF_WORD !== 0; at++) body[at] = 0
      room.words[0] = (end << LENGTH_BITS) | kind
      return { words: room.words, from: 0, count: 1 + Math.ceil(end / BYTES_OF_WORD) }
    },
  }
}
