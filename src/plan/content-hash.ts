import { type Sha256, webSha256 } from '../model/sha256.ts'
import { inPieces } from '../model/text-pieces.ts'
import { canonicalJson, jsonPieces } from './json-pieces.ts'

/** Characters that become bytes at once. */
const PIECE_LENGTH = 65_536

function* bytesOf(texts: Iterable<string>): Generator<Uint8Array> {
  const encoder = new TextEncoder()
  for (const piece of inPieces(texts, PIECE_LENGTH)) yield encoder.encode(piece)
}

/** `sha256:` and the digest of a text, given in pieces. */
export const sha256Of = async (texts: Iterable<string>, sha256: Sha256 = webSha256): Promise<string> =>
  `sha256:${await sha256(bytesOf(texts))}`

/** The same of a JSON value, whatever the order of its keys. */
export const contentHash = (value: unknown, sha256?: Sha256): Promise<string> =>
  sha256Of(jsonPieces(value, canonicalJson), sha256)
