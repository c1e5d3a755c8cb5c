/** Decoding of a vendor's answers. What cannot be decoded becomes a gap. */

export type { Decoder, DecoderError, Issues } from '../model/decoder.ts'
export { decodeRecords, invalidResponse } from './decode.ts'
export { failureReader } from './failure-reader.ts'
export { readBody } from './json-api.ts'
export type { ReadVendorFailure, VendorFailure } from './transport/vendor-failure.ts'
export { type VendorWords, vendorWords } from './transport/vendor-words.ts'
