import { onlyKnown, type RecordShape } from '../model/record-shape.ts'
import type { SnapshotSpool } from './spool.ts'

/** Bytes that are read from a spool at once, unless a record has more. */
const PIECE = 1 << 18

/** A record without `raw`. If it has an unknown member that JSON cannot hold, only its known members are kept. */
const lineOf = <A extends { readonly raw?: unknown }>(all: A, shape: RecordShape<A>): string => {
  const { raw: _vendors, ...record } = all
  try {
    return `${JSON.stringify(record)}\n`
  } catch {
    return `${JSON.stringify({ ...onlyKnown(shape, all), raw: undefined })}\n`
  }
}

/** Records as a snapshot has them: one per line as JSON, in UTF-8. They are numbered as they are added, from 0 on. */
export interface EncodedRecords<A> {
  readonly add: (record: A) => void
  /** Undefined where there is no such record. */
  readonly at: (number: number) => A | undefined
  readonly replace: (number: number, record: A) => void
  readonly size: () => number
  /** How many bytes all of them have. */
  readonly bytes: () => number
  /** All of them in pieces of whole lines, in the order of these numbers. Default: in their own order. They can be read again. */
  readonly pieces: (order?: readonly number[]) => Iterable<Uint8Array>
}

/** Encodes records as they come. Of each, two numbers stay in memory. */
export const createEncodedRecords = <A extends { readonly raw?: unknown }>(
  spool: SnapshotSpool,
  shape: RecordShape<A>,
): EncodedRecords<A> => {
  const encoder = new TextEncoder()
  const places: number[] = []
  const lengths: number[] = []
  const put = (number: number, record: A): void => {
    const line = encoder.encode(lineOf(record, shape))
    places[number] = spool.append(line)
    lengths[number] = line.length
  }
  const pieces = function* (order: Iterable<number>): Generator<Uint8Array> {
    let from = 0
    let length = 0
    for (const number of order) {
      const place = places[number] ?? 0
      const bytes = lengths[number] ?? 0
      if (length > 0 && (place !== from + length || length + bytes > PIECE)) {
        yield spool.read(from, length)
        length = 0
      }
      if (length === 0) from = place
      length += bytes
    }
    if (length > 0) yield spool.read(from, length)
  }
  return {
    add: (record) => put(places.length, record),
    at: (number) => {
      const place = places[number]
      if (place === undefined) return undefined
      const record: unknown = JSON.parse(new TextDecoder().decode(spool.read(place, lengths[number] ?? 0)))
      return shape.type.is(record) ? record : undefined
    },
    replace: put,
    size: () => places.length,
    bytes: () => lengths.reduce((sum, length) => sum + length, 0),
    pieces: (order) => ({ [Symbol.iterator]: () => pieces(order ?? places.keys()) }),
  }
}
