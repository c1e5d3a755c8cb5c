import { type Sha256, sha256Of } from '../model/sha256.ts'
import { canonicalJson, jsonPieces } from './json-pieces.ts'

/** The hash of a JSON value. The order of its keys does not matter. */
export const contentHash = (value: unknown, sha256?: Sha256): Promise<string> =>
  sha256Of(jsonPieces(value, canonicalJson), sha256)
