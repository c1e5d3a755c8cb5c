import { sealOf } from '../model/seal.ts'
import { canonicalJson, jsonPieces } from './json-pieces.ts'

/** The seal of plans. The order of keys does not matter. */
export const planSeal = sealOf((content) => jsonPieces(content, canonicalJson))
