import {
  ASCII,
  BYTES_OF_WORD,
  createRoom,
  encoder,
  HALF,
  LAST_ASCII,
  LENGTH_BITS,
  MOST_BYTES,
  ROOM_BYTES,
  UTF_8,
  type WrittenText,
} from './written-text.ts'

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
  /** What was written from a place on is written anew. The text that was refused there has changed nothing else. */
  readonly backTo: (place: number) => void
  /** What was written. To be used at once: the next text is written in the same place. */
  readonly written: () => WrittenText
}

/**
 * Writes texts of short pieces. Those of ASCII, which nearly all are, are written character by character: making one text of
 * them first takes longer than writing it.
 */
export const createTextWriter = (): TextWriter => {
  const firstRoom = createRoom(ROOM_BYTES)
  let room = firstRoom
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
      // One long text does not keep its memory.
      room = firstRoom
      body = room.body
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
