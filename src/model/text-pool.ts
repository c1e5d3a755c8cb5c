/** Bytes that are asked for at once, at most: what is full is never copied. All texts begin within so many bytes of their chunk. */
const CHUNK = 1 << 20
/** Texts begin at a multiple of so many bytes, so that the places of 16 GiB are numbers of 32 bits. */
const UNIT = 4
/** Most pools are of few texts; each chunk is twice as large as the one before. */
const FIRST_CHUNK = 1 << 11
const UNITS = CHUNK / UNIT
/** Before each text: how many bytes it has, times four, and how it is written. */
const HEADER = 4
const ASCII = 0
const LAST_ASCII = 0x7f
const UTF_8 = 1
const UTF_16 = 2
/** A character of UTF-16 takes so many bytes of UTF-8, at most. */
const MOST_BYTES = 3

/** Half characters, which UTF-8 cannot write. */
const HALF = /\p{Cs}/u

/** Texts that are kept outside of the heap, where a garbage collector does not have to go through them. */
export interface TextPool {
  /** Keeps a text, and says where. */
  readonly add: (text: string) => number
  readonly textAt: (place: number) => string
  /** Whether this text is the one at a place. */
  readonly isAt: (place: number, text: string) => boolean
}

/** Keeps many texts in little memory: one byte for most characters. */
export const createTextPool = (): TextPool => {
  const encoder = new TextEncoder()
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const chunks: Uint8Array[] = []
  let last = new Uint8Array(0)
  let end = 0

  const makeRoom = (bytes: number): void => {
    if (end + bytes <= Math.min(CHUNK, last.length)) return
    last = new Uint8Array(Math.max(bytes, Math.min(CHUNK, Math.max(FIRST_CHUNK, 2 * last.length))))
    chunks.push(last)
    end = 0
  }
  const chunkOf = (place: number): Uint8Array => chunks[Math.floor(place / UNITS)] ?? last
  const startOf = (place: number): number => (place % UNITS) * UNIT
  const headerAt = (chunk: Uint8Array, at: number): number =>
    (chunk[at] ?? 0) | ((chunk[at + 1] ?? 0) << 8) | ((chunk[at + 2] ?? 0) << 16) | ((chunk[at + 3] ?? 0) << 24)

  /** Writes the text behind `from`, and says whether all of it could be. By hand: a call of the encoder takes several times as long. */
  const writeAscii = (text: string, from: number): boolean => {
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code > LAST_ASCII) return false
      last[from + at] = code
    }
    return true
  }
  /** Writes the text behind `from`. Gives the end of it. */
  const writeHalves = (text: string, from: number): number => {
    let to = from
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      last[to++] = code
      last[to++] = code >>> 8
    }
    return to
  }
  const readHalves = (chunk: Uint8Array, from: number, bytes: number): string => {
    let text = ''
    for (let at = from; at < from + bytes; at += 2) {
      text += String.fromCharCode((chunk[at] ?? 0) | ((chunk[at + 1] ?? 0) << 8))
    }
    return text
  }
  const textAt = (place: number): string => {
    const chunk = chunkOf(place)
    const at = startOf(place)
    const header = headerAt(chunk, at)
    const [from, bytes] = [at + HEADER, header >>> 2]
    return (header & UTF_16) === 0 ? decoder.decode(chunk.subarray(from, from + bytes)) : readHalves(chunk, from, bytes)
  }

  return {
    add: (text) => {
      makeRoom(HEADER + MOST_BYTES * text.length)
      const start = end
      const from = start + HEADER
      const kind = writeAscii(text, from) ? ASCII : HALF.test(text) ? UTF_16 : UTF_8
      if (kind === ASCII) end = from + text.length
      else if (kind === UTF_16) end = writeHalves(text, from)
      else end = from + encoder.encodeInto(text, last.subarray(from)).written
      const header = ((end - from) << 2) | kind
      last[start] = header
      last[start + 1] = header >>> 8
      last[start + 2] = header >>> 16
      last[start + 3] = header >>> 24
      const place = (chunks.length - 1) * UNITS + start / UNIT
      end += -end & (UNIT - 1)
      return place
    },
    textAt,
    isAt: (place, text) => {
      const chunk = chunkOf(place)
      const at = startOf(place)
      const header = headerAt(chunk, at)
      if ((header & (UTF_8 | UTF_16)) !== ASCII) return textAt(place) === text
      if (header >>> 2 !== text.length) return false
      for (let character = 0, from = at + HEADER; character < text.length; character++) {
        if (chunk[from + character] !== text.charCodeAt(character)) return false
      }
      return true
    },
  }
}
