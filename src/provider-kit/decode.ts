import * as E from 'fp-ts/lib/Either.js'
import { type Decoder, decode, type Issues, MAX_PROBLEMS } from '../model/decoder.ts'
import type { Gap } from '../model/ledger.ts'
import type { InvalidResponse } from '../model/license-error.ts'
import { quantity } from '../model/quantity.ts'
import { quickenUnions } from './quick-unions.ts'

/** Records that are decoded one by one, at most 100,000: a bad one does not spoil the others, and is counted. */
export interface DecodedRecords<A> {
  readonly records: readonly A[]
  /** How many records are not among `records`. */
  readonly undecodable: number
  /** Problems of the others, at most ten, as `path: what was expected`. Never has values. */
  readonly issues: readonly string[]
}

/** A hundred times the largest page of any vendor. Further records are not decoded, so that no answer fills the memory. */
const MAX_RECORDS = 100_000

/** Decodes the records of a page one by one. Never fails: what the codec refuses is counted, and said in `issues`. */
export const decodeRecords = <A>(codec: Decoder<A>, values: readonly unknown[]): DecodedRecords<A> => {
  quickenUnions(codec)
  const records: A[] = []
  const issues: string[] = values.length > MAX_RECORDS ? [`more than ${MAX_RECORDS} records in one answer`] : []
  const end = Math.min(values.length, MAX_RECORDS)
  for (let index = 0; index < end; index++) {
    const value = values[index]
    // Nearly all records are good, and are not decoded any further.
    if (codec.is(value)) {
      records.push(value)
      continue
    }
    const decoded = decode(codec, value)
    if (E.isRight(decoded)) records.push(decoded.right)
    else for (const issue of decoded.left) if (issues.length < MAX_PROBLEMS) issues.push(`${index}.${issue}`)
  }
  return { records, undecodable: values.length - records.length, issues }
}

/** The gap for records of one page that could not be decoded; none where all could. */
export const gapsOf = (decoded: DecodedRecords<unknown>, page: string, licenseId?: string): readonly Gap[] =>
  decoded.undecodable === 0
    ? []
    : [
        {
          what: `${quantity(decoded.undecodable, 'record')} of ${page}`,
          reason: decoded.issues.join('; '),
          ...(licenseId === undefined ? {} : { licenseId }),
        },
      ]

/**
 * The error for an answer that is not as documented. `issues`: from decoding, by path and without values. `status`: of the
 * answer, where one is at hand.
 */
export const invalidResponse = (
  provider: string,
  operation: string,
  issues: Issues,
  status?: number,
): InvalidResponse => ({
  _tag: 'InvalidResponse',
  provider,
  operation,
  message: `the answer is not what the vendor documents: ${issues.join('; ')}`,
  issues,
  ...(status === undefined ? {} : { status }),
})
