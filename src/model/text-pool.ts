/** Bytes that are asked for at once, at most: what is full is never copied. */
const CHUNK = 1 << 20
/** Most pools are of few texts; each chunk is twice as large as the one before. */
const FIRST_CHUNK = 1 << 11
/** Before each text: how many characters it has, times two, and one more where each takes two bytes. */
const HEADER = 4
/** `String.fromCharCode` takes so many at once. */
const AT_ONCE = 1_024

/** Texts that are kept outside of the heap, where a garbage collector does not have to go through them. */
export interface TextPool {
  /** Keeps a text, and says where. */
  readonly add: (text: string) => number
  readonly textAt: (place: number) => string
  /** Whether this text is the one at a place. */
  readonly isAt: (place: number, text: string) => boolean
}

const isNarrow = (text: string): boolean => {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0xff) return false
  return true
}

/** Keeps many texts in little memory: one byte for each character, or two in texts with others than Latin ones. */
export const createTextPool = (): TextPool => {
  const chunks: Uint8Array[] = []
  let last = new Uint8Array(0)
  let end = 0

  const room = (bytes: number): number => {
    if (end + bytes > last.length) {
      last = new Uint8Array(Math.max(bytes, Math.min(CHUNK, Math.max(FIRST_CHUNK, 2 * last.length))))
      chunks.push(last)
      end = 0
    }
    const start = end
    end += bytes
    return start
  }
  const chunkOf = (place: number): Uint8Array => chunks[Math.floor(place / CHUNK)] ?? last
  const headerAt = (chunk: Uint8Array, at: number): number =>
    (chunk[at] ?? 0) | ((chunk[at + 1] ?? 0) << 8) | ((chunk[at + 2] ?? 0) << 16) | ((chunk[at + 3] ?? 0) << 24)

  return {
    add: (text) => {
      const { length } = text
      const narrow = isNarrow(text)
      const start = room(HEADER + (narrow ? length : 2 * length))
      const header = 2 * length + (narrow ? 0 : 1)
      last[start] = header
      last[start + 1] = header >>> 8
      last[start + 2] = header >>> 16
      last[start + 3] = header >>> 24
      let to = start + HEADER
      if (narrow) for (let at = 0; at < length; at++) last[to++] = text.charCodeAt(at)
      else {
        for (let at = 0; at < length; at++) {
          const code = text.charCodeAt(at)
          last[to++] = code
          last[to++] = code >>> 8
        }
      }
      return (chunks.length - 1) * CHUNK + start
    },
    textAt: (place) => {
      const chunk = chunkOf(place)
      const at = place % CHUNK
      const header = headerAt(chunk, at)
      const length = header >>> 1
      const from = at + HEADER
      if ((header & 1) === 0 && length <= AT_ONCE) {
        return Reflect.apply(String.fromCharCode, null, chunk.subarray(from, from + length))
      }
      const width = 1 + (header & 1)
      let text = ''
      for (let begin = 0; begin < length; begin += AT_ONCE) {
        const codes: number[] = []
        for (let character = begin; character < Math.min(length, begin + AT_ONCE); character++) {
          const low = from + width * character
          codes.push((chunk[low] ?? 0) | (width === 1 ? 0 : (chunk[low + 1] ?? 0) << 8))
        }
        text += String.fromCharCode(...codes)
      }
      return text
    },
    isAt: (place, text) => {
      const chunk = chunkOf(place)
      const at = place % CHUNK
      const header = headerAt(chunk, at)
      if (header >>> 1 !== text.length) return false
      const width = 1 + (header & 1)
      for (let character = 0, low = at + HEADER; character < text.length; character++, low += width) {
        const code = (chunk[low] ?? 0) | (width === 1 ? 0 : (chunk[low + 1] ?? 0) << 8)
        if (code !== text.charCodeAt(character)) return false
      }
      return true
    },
  }
}
