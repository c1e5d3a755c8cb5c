import * as E from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
import { decode } from '../model/decoder.ts'

const NEWLINE = 10
export const countRecords = (bytes: Uint8Array): number => {
  let records = 0
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) records++
  return records
}

/** Some records in a row. */
export interface RecordPage<A> {
  readonly records: readonly A[]
  /** Where the next record begins: the length of everything where there is none. */
  readonly next: number
}

/** Whether a record begins there, or everything ends. */
export const isRecordStart = (bytes: Uint8Array, at: number): boolean =>
  at === 0 || (at > 0 && at <= bytes.length && bytes[at - 1] === NEWLINE)

const parse = <A>(codec: t.Type<A>, line: string): E.Either<readonly string[], A> => {
  try {
    return decode(codec, JSON.parse(line))
  } catch {
    return E.left(['the value: expected JSON'])
  }
}

/**
 * Reads records from a place on; what is in memory besides is the bytes and these records. A `Left` says what is wrong
 * with one of them.
 */
export const readRecords = <A>(
  bytes: Uint8Array,
  codec: t.Type<A>,
  from: number,
  count: number,
): E.Either<readonly string[], RecordPage<A>> => {
  let next = from
  for (let lines = 0; lines < count && next < bytes.length; lines++) {
    const end = bytes.indexOf(NEWLINE, next)
    next = end < 0 ? bytes.length : end + 1
  }
  const text = new TextDecoder().decode(bytes.subarray(from, next))
  const records: A[] = []
  for (const line of text.split('\n')) {
    if (line === '') continue
    const record = parse(codec, line)
    if (E.isLeft(record)) return record
    records.push(record.right)
  }
  return E.right({ records, next })
}
