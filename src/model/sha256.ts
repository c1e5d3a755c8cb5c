import { CallerFault } from './caller-fault.ts'
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

/** Web Crypto. Throws where the runtime has none. */
export const subtleCrypto = (): typeof globalThis.crypto.subtle => {
  const { subtle }: { readonly subtle?: typeof globalThis.crypto.subtle } = globalThis.crypto
  if (subtle !== undefined) return subtle
  throw new Error(
    'SHA-256 is missing: browsers have it only in pages of https or localhost; serve this page from there, or give `sha256`',
  )
}

/** Web Crypto takes content in one piece only. */
const digestOf = async (parts: Iterable<Uint8Array>): Promise<ArrayBuffer> =>
  subtleCrypto().digest('SHA-256', joined([...parts]))

/** With Web Crypto, which every runtime has. */
export const webSha256: Sha256 = async (parts) => hexadecimal(await digestOf(parts))

const digestOfText = (text: string): Promise<ArrayBuffer> => digestOf([new TextEncoder().encode(text)])

/** The SHA-256 of a text in UTF-8, in hexadecimal digits. */
export const sha256Hex = async (text: string): Promise<string> => hexadecimal(await digestOfText(text))

/** The SHA-256 of a text in UTF-8, in base64, as content security policies name styles and scripts. */
export const sha256Base64 = async (text: string): Promise<string> =>
  btoa(String.fromCharCode(...new Uint8Array(await digestOfText(text))))

/** How SHA-256 is computed. Default: Web Crypto. */
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

/** The digest of parts that are there. Rejects with a `CallerFault` where the function fails, or gives no text. */
export const digestWith = async (parts: Iterable<Uint8Array>, sha256: Sha256 = webSha256): Promise<string> => {
  let digest: unknown
  try {
    digest = await sha256(parts)
  } catch (thrown) {
    // What gives the parts may have failed, and say so.
    throw thrown instanceof CallerFault ? thrown : new CallerFault('sha256', thrown)
  }
  if (typeof digest !== 'string') throw new CallerFault('sha256', 'it gave no text')
  return digest
}

/**
 * `sha256:` and the digest of a text in pieces, as plans, journals and snapshots name their content. What making the pieces
 * throws is thrown as it is: it is no failure of the function.
 */
export const sha256Of = async (texts: Iterable<string>, sha256?: Sha256): Promise<string> => {
  const unwritten: unknown[] = []
  const written = function* () {
    try {
      yield* bytesOf(texts)
    } catch (thrown) {
      unwritten.push(thrown)
      throw thrown
    }
  }
  try {
    const digest = await digestWith(written(), sha256)
    if (unwritten.length === 0) return `sha256:${digest}`
  } catch (thrown) {
    if (unwritten.length === 0) throw thrown
  }
  throw unwritten[0]
}
