import { createNumberTable } from './number-table.ts'
import { createRecordPacker } from './record-packer.ts'
import { createTextNumbers, type TextNumbers } from './text-numbers.ts'
import { createTextPool } from './text-pool.ts'

/** What is used of a `Map` of records by id. */
export interface ReadonlyRecordMap<A> extends Iterable<readonly [id: string, record: A]> {
  readonly get: (id: string) => A | undefined
  readonly has: (id: string) => boolean
  readonly keys: () => Iterable<string>
  /** How many records there are. */
  readonly size: number
}

/** Records by id, which can be set and are numbered. */
export interface RecordMap<A> extends ReadonlyRecordMap<A> {
  /** Where ids are kept, to be had together with lists and maps of the same users. */
  readonly ids: TextNumbers
  /** Gives the number of the record. */
  readonly set: (id: string, record: A) => number
  /** Sets the record of an id that has this number among the `ids`. */
  readonly setAt: (number: number, record: A) => void
  readonly hasAt: (number: number) => boolean
  /** The number of the id; undefined where it has no record. */
  readonly numberOf: (id: string) => number | undefined
  /** The numbers of all records, lowest first. */
  readonly numbers: () => Iterable<number>
  /** The id of a number. */
  readonly idAt: (number: number) => string
  /** The record of a number. */
  readonly at: (number: number) => A
  /** Whether the record of a number has these members, in the same order. */
  readonly isAt: (number: number, record: A) => boolean
  /** Keeps a whole number beside the record of a number. It is read without the record. */
  readonly mark: (number: number, mark: number) => void
  readonly markAt: (number: number) => number | undefined
}

/**
 * Plain records by id, for all users of an organization: in a third of the memory that a `Map` takes, most of it outside of
 * the heap. Each `get` makes the record anew. `ids`: their numbers are those of the records, and maps and lists of the same
 * users can have them together, so that ids are kept once. Default: ids of its own, 0 for the first.
 */
export const createRecordMap = <A extends object>(ids: TextNumbers = createTextNumbers()): RecordMap<A> => {
  const { pack, unpack } = createRecordPacker<A>()
  const pool = createTextPool()
  const places = createNumberTable()
  const marks = createNumberTable()
  let size = 0
  const at = (number: number): A => unpack(pool.textAt(places.get(number) ?? 0))
  const hasAt = (number: number): boolean => places.get(number) !== undefined
  const numberOf = (id: string): number | undefined => {
    const number = ids.numberOf(id)
    return number === undefined || !hasAt(number) ? undefined : number
  }
  const numbers = function* () {
    for (let number = 0; number < ids.size(); number++) if (hasAt(number)) yield number
  }
  const setAt = (number: number, record: A): void => {
    if (!hasAt(number)) size++
    places.set(number, pool.add(pack(record)))
  }
  return {
    ids,
    get: (id) => {
      const number = numberOf(id)
      return number === undefined ? undefined : at(number)
    },
    has: (id) => numberOf(id) !== undefined,
    numberOf,
    numbers,
    idAt: ids.textOf,
    at,
    // The same text may have been a word before, and none now.
    isAt: (number, record) =>
      pool.isAt(places.get(number) ?? 0, pack(record)) || JSON.stringify(at(number)) === JSON.stringify(record),
    *keys() {
      for (const number of numbers()) yield ids.textOf(number)
    },
    get size() {
      return size
    },
    set: (id, record) => {
      const number = ids.enter(id)
      setAt(number, record)
      return number
    },
    setAt,
    hasAt,
    mark: marks.set,
    markAt: marks.get,
    *[Symbol.iterator]() {
      for (const number of numbers()) yield [ids.textOf(number), at(number)] as const
    },
  }
}
