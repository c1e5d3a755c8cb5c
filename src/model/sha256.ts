import { hexadecimal } from './hexadecimal.ts'
import { inPieces } from './text-pieces.ts'

/** The SHA-256 of all parts, one after the other, in hexadecimal digits. */
export type Sha256 = (parts: Iterable<Uint8Array>) => string | Promise<string>

/** All parts in one piece. */
export const joined = (parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** Web Crypto takes content in one piece only. */
const digestOf = async (parts: Iterable<Uint8Array>): Promise<ArrayBuffer> => {
  const { subtle }: { readonly subtle?: typeof globalThis.crypto.subtle } = globalThis.crypto
  if (subtle === undefined) {
    throw new Error(
      'SHA-256 is missing: browsers have it only in pages of https or localhost; serve this page from there',
    )
  }
  return subtle.digest('SHA-256', joined([...parts]))
}

/** With Web Crypto, which every runtime has. */
export const webSha256: Sha256 = async (parts) => hexadecimal(await digestOf(parts))

/** The SHA-256 of a text in UTF-8, in base64, as content security policies name styles and scripts. */
export const sha256Base64 = async (text: string): Promise<string> =>
  btoa(String.fromCharCode(...new Uint8Array(await digestOf([new TextEncoder().encode(text)]))))

export interface Hashing {
  /** Default: Web Crypto's, which has all content in memory at once. Node's own takes it part by part. */
  readonly sha256?: Sha256 | undefined
}

/** Characters that are encoded at once. */
const PIECE_LENGTH = 65_536

function* bytesOf(texts: Iterable<string>): Generator<Uint8Array> {
  const encoder = new TextEncoder()
  for (const piece of inPieces(texts, PIECE_LENGTH)) yield encoder.encode(piece)
}

/** `sha256:` and the digest of a text in pieces, as plans, journals and snapshots name their content. */
export const sha256Of = async (texts: Iterable<string>, sha256: Sha256 = webSha256): Promise<string> =>
  `sha256:${await sha256(bytesOf(texts))}`
