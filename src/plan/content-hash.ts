import { hexadecimal } from '../model/hexadecimal.ts'

/** Takes the pieces of a text in order. */
type Write = (piece: string) => void

/** JSON with the keys of every object in one order, so that equal values have equal text. */
const writeCanonical = (value: unknown, write: Write): void => {
  if (Array.isArray(value)) {
    write('[')
    for (const [index, item] of value.entries()) {
      if (index > 0) write(',')
      writeCanonical(item, write)
    }
    write(']')
  } else if (typeof value !== 'object' || value === null) write(JSON.stringify(value) ?? '')
  else {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1))
    write('{')
    for (const [index, [key, member]] of members.entries()) {
      write(`${index > 0 ? ',' : ''}${JSON.stringify(key)}:`)
      writeCanonical(member, write)
    }
    write('}')
  }
}

/** Pieces are put together up to this many characters before they become bytes. */
const PIECE_LENGTH = 65_536

/** A text as bytes, made of its pieces: a text of a hundred megabytes is nowhere as a whole. */
const bytesOf = (produce: (write: Write) => void): Uint8Array<ArrayBuffer> => {
  const encoder = new TextEncoder()
  const parts: Uint8Array[] = []
  let length = 0
  let waiting = ''
  const flush = () => {
    const part = encoder.encode(waiting)
    parts.push(part)
    length += part.length
    waiting = ''
  }
  produce((piece) => {
    waiting += piece
    if (waiting.length >= PIECE_LENGTH) flush()
  })
  flush()
  const bytes = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

const sha256OfBytes = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
  `sha256:${hexadecimal(await globalThis.crypto.subtle.digest('SHA-256', bytes))}`

/** `sha256:` and the digest of a text. */
export const sha256Of = (text: string): Promise<string> => sha256OfBytes(new TextEncoder().encode(text))

/** The same of a JSON value, whatever the order of its keys. */
export const contentHash = async (value: unknown): Promise<string> =>
  sha256OfBytes(bytesOf((write) => writeCanonical(value, write)))
