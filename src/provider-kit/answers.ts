/** Decoding of a vendor's answers. What cannot be decoded becomes a gap. */
export {
  codecOf,
  type DecodedRecords,
  type Decoder,
  type DecoderError,
  decode,
  decodeRecords,
  gapsOf,
  type Issues,
  invalidResponse,
} from './decode.ts'
export { callJson, readBody } from './json-api.ts'
export type { ReadVendorFailure, VendorFailure } from './transport/vendor-failure.ts'
export { type VendorWords, vendorWords } from './transport/vendor-words.ts'
