/** What a vendor answers, decoded: what of it is used, and what could not be read, which does not vanish. */
export { Id, nullable } from './answer-codecs.ts'
export {
  codecOf,
  type DecodedRecords,
  type Decoder,
  decode,
  decodeRecords,
  gapsOf,
  type Issues,
  invalidResponse,
} from './decode.ts'
export { callJson, readBody } from './json-api.ts'
export type { ReadVendorFailure, VendorFailure } from './transport/vendor-failure.ts'
export { type VendorWords, vendorWords } from './transport/vendor-words.ts'
