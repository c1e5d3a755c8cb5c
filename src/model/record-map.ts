import { isRecord } from './is-record.ts'
import { createNumberTable } from './number-table.ts'
import { createTextNumbers, type TextNumbers } from './text-numbers.ts'
import { createTextPool } from './text-pool.ts'
import { writtenText } from './written-text.ts'

/** What comes in one member of many records is kept once: so many different texts of each. */
const WORDS_OF_MEMBER = 1_000
/** Where fewer texts than these had so many different ones among them, others are not looked for: most of them are new. */
const TEXTS_OF_VARYING_MEMBER = 4 * WORDS_OF_MEMBER

/** A list, with its length behind it. Records of one shape have a lower number. */
const LIST = -1
const FIRST_SHAPE = -2

/** The names that lead here, in their order, are those of a record. */
interface Shape {
  readonly names: readonly string[]
  readonly number: number
  readonly next: Map<string, Shape>
}

/** Numbers the texts of one member among the words of all; undefined for a text that is no word. */
const createMemberWords = (words: string[]): ((text: string) => number | undefined) => {
  const numbers = new Map<string, number>()
  let texts = 0
  let varies = false
  return (text) => {
    if (varies) return undefined
    texts++
    const known = numbers.get(text)
    if (known !== undefined || numbers.size >= WORDS_OF_MEMBER) return known
    const number = words.push(text) - 1
    numbers.set(text, number)
    varies = numbers.size === WORDS_OF_MEMBER && texts < TEXTS_OF_VARYING_MEMBER
    if (varies) numbers.clear()
    return number
  }
}

/**
 * Writes plain records as short texts: the names of members, and texts that come again and again in one member, are kept once.
 * A member that is `undefined` is left out. A packed record is a flat list: a number below 0 begins a record or a list, others
 * are words, and a number in the record is a list of its own.
 */
const createPacker = <A extends object>() => {
  const shapes: Shape[] = []
  const words: string[] = []
  const wordsOf = new Map<string, (text: string) => number | undefined>()

  const newShape = (names: readonly string[]): Shape => {
    const shape = { names, number: FIRST_SHAPE - shapes.length, next: new Map() }
    shapes.push(shape)
    return shape
  }
  const noNames = newShape([])
  const withName = (shape: Shape, name: string): Shape => {
    const known = shape.next.get(name)
    if (known !== undefined) return known
    const longer = newShape([...shape.names, name])
    shape.next.set(name, longer)
    return longer
  }
  const packedText = (text: string, member: string): string | number => {
    let wordOf = wordsOf.get(member)
    if (wordOf === undefined) {
      wordOf = createMemberWords(words)
      wordsOf.set(member, wordOf)
    }
    return wordOf(text) ?? text
  }
  const packInto = (parts: unknown[], value: unknown, member: string): void => {
    if (typeof value === 'string') parts.push(packedText(value, member))
    else if (typeof value === 'number') parts.push([value])
    else if (Array.isArray(value)) {
      parts.push(LIST, value.length)
      for (const element of value) packInto(parts, element, member)
    } else if (isRecord(value)) packRecord(parts, value)
    else parts.push(value)
  }
  const packRecord = (parts: unknown[], record: Readonly<Record<string, unknown>>): void => {
    const place = parts.push(noNames.number) - 1
    let shape = noNames
    // Records are plain: they have no members but their own.
    for (const name in record) {
      const value = record[name]
      if (value === undefined) continue
      shape = withName(shape, name)
      packInto(parts, value, name)
    }
    parts[place] = shape.number
  }
  const unpack = (text: string): A => {
    const parts: readonly unknown[] = JSON.parse(text)
    let at = 0
    const next = (): unknown => {
      const part = parts[at++]
      if (Array.isArray(part)) return part[0]
      if (typeof part !== 'number') return part
      if (part >= 0) return words[part]
      if (part === LIST) return Array.from({ length: Number(parts[at++]) }, next)
      const record: Record<string, unknown> = {}
      for (const name of shapes[FIRST_SHAPE - part]?.names ?? []) record[name] = next()
      return record
    }
    return next() as A
  }
  return {
    pack: (record: A): string => {
      const parts: unknown[] = []
      packInto(parts, record, '')
      return JSON.stringify(parts)
    },
    unpack,
  }
}

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
  const { pack, unpack } = createPacker<A>()
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
    places.set(number, pool.add(writtenText(pack(record))))
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
      pool.isAt(places.get(number) ?? 0, writtenText(pack(record))) ||
      JSON.stringify(at(number)) === JSON.stringify(record),
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
