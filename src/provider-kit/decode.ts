import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import { type Decoder, describeMisfit, MAX_PROBLEMS, misfitsOf } from '../model/decoder.ts'
import type { Gap } from '../model/ledger.ts'
import type { InvalidResponse } from '../model/license-error.ts'
import { quantity } from '../model/quantity.ts'

export { codecOf, type Decoder } from '../model/decoder.ts'

/** What is wrong with a value: at most ten lines of `path: what was expected`. Never contains a value. */
export type Issues = readonly string[]

/** Decodes with a named codec. Recognizing a good value is several times cheaper than decoding it, so that comes first. */
export const decode = <A>(codec: Decoder<A>, value: unknown): Either<Issues, A> => {
  if (codec.is(value)) return E.right(value)
  const decoded = codec.decode(value)
  return E.isRight(decoded) ? decoded : E.left(misfitsOf(decoded.left).map(describeMisfit))
}

/** Records decoded one by one: a bad one does not lose the others, and does not vanish; at most 100,000 of them. */
export interface DecodedRecords<A> {
  readonly records: readonly A[]
  readonly undecodable: number
  readonly issues: Issues
}

/** A hundred times what any vendor puts on a page. What comes beyond is not looked at, so that no answer fills the memory. */
const MAX_RECORDS = 100_000

export const decodeRecords = <A>(codec: Decoder<A>, values: readonly unknown[]): DecodedRecords<A> => {
  const records: A[] = []
  const issues: string[] = values.length > MAX_RECORDS ? [`more than ${MAX_RECORDS} records in one answer`] : []
  for (const [index, value] of values.slice(0, MAX_RECORDS).entries()) {
    const decoded = decode(codec, value)
    if (E.isRight(decoded)) records.push(decoded.right)
    else for (const issue of decoded.left) if (issues.length < MAX_PROBLEMS) issues.push(`${index}.${issue}`)
  }
  return { records, undecodable: values.length - records.length, issues }
}

/** The ledger's entry for records of one page that could not be decoded; none where all could. */
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
