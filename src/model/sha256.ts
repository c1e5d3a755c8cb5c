import { hexadecimal } from './hexadecimal.ts'
import { inPieces } from './text-pieces.ts'

/** The SHA-256 of the parts of a content, one after the other, in hexadecimal digits. */
export type Sha256 = (parts: Iterable<Uint8Array>) => string | Promise<string>

const joined = (parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** By Web Crypto, which every runtime has, and which wants all of the content in one piece. */
export const webSha256: Sha256 = async (parts) => {
  return hexadecimal(await globalThis.crypto.subtle.digest('SHA-256', joined([...parts])))
}

export interface Hashing {
  /** Node's own takes content part by part; by default all of it is in memory at once. Default: Web Crypto's. */
  readonly sha256?: Sha256 | undefined
}

/** Characters that become bytes at once. */
const PIECE_LENGTH = 65_536

function* bytesOf(texts: Iterable<string>): Generator<Uint8Array> {
  const encoder = new TextEncoder()
  for (const piece of inPieces(texts, PIECE_LENGTH)) yield encoder.encode(piece)
}

/** `sha256:` and the digest of a text, given in pieces: how plans, journals and snapshots name what is in them. */
export const sha256Of = async (texts: Iterable<string>, sha256: Sha256 = webSha256): Promise<string> =>
  `sha256:${await sha256(bytesOf(texts))}`
