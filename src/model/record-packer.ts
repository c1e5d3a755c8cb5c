import { isRecord } from './is-record.ts'
import { createTextWriter, DIGIT } from './text-writer.ts'
import type { WrittenText } from './written-text.ts'

/** What comes in one member of many records is kept once: so many different texts of each. */
const WORDS_OF_MEMBER = 1_000
/** Where fewer texts than these had so many different ones among them, others are not looked for: most of them are new. */
const TEXTS_OF_VARYING_MEMBER = 4 * WORDS_OF_MEMBER

/** What a value is, in the lowest bits of its number. What the rest of the number says: */
const KINDS = 8
/** Which word. */
const WORD = 0
/** How long the text is that follows. */
const TEXT = 1
/** With which word it begins. How long the rest is follows, and the rest. */
const TEXT_AFTER_WORD = 2
/** With which word it ends. How long the rest is follows, and the rest. */
const TEXT_BEFORE_WORD = 3
/** How long the JSON is that follows: a number, or a text with half characters. */
const JSON_TEXT = 4
/** How many elements follow. */
const LIST = 5
/** Which shape it has. The values of its members follow. */
const RECORD = 6

/** Times of one day begin alike up to here, and addresses of one organization end alike from there on. */
const DAY_LENGTH = '2026-01-31T'.length
const DAY_END = 'T'
const DOMAIN_START = '@'

/** The number of a text among the words of all; undefined for a text that is no word. */
type WordOf = (text: string) => number | undefined

/** Words of one member: whole texts, the days of times, and the domains of addresses. */
interface MemberWords {
  readonly wholes: WordOf
  readonly days: WordOf
  readonly domains: WordOf
}

/** The names that lead here, in their order, are those of a record. */
interface Shape {
  readonly names: readonly string[]
  /** The words of each member. */
  readonly words: readonly MemberWords[]
  readonly number: number
  readonly next: Map<string, Shape>
}

const createWords = (words: unknown[]): WordOf => {
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

/** The first words. What JSON does not have is null, as in a list of JSON. */
const CONSTANTS: readonly unknown[] = [null, true, false]

/** One for all packers: a record is used before the next one is packed. */
const { begin, number: putNumber, text: putCharacters, place, backTo, written } = createTextWriter()

/** Plain records as short texts, and back. */
export interface RecordPacker<A> {
  /** To be used at once: the next record is written in the same place. */
  readonly pack: (record: A) => WrittenText
  readonly unpack: (packed: string) => A
}

/**
 * Writes plain records as short texts: each value is a number, and some have a text behind it. The names of members, and what
 * texts of one member have in common, are kept once, in the packer. A member that is `undefined` is left out.
 */
export const createRecordPacker = <A extends object>(): RecordPacker<A> => {
  const shapes: Shape[] = []
  const words: unknown[] = [...CONSTANTS]
  const wordsOf = new Map<string, MemberWords>()
  const wordsOfMember = (name: string): MemberWords => {
    const known = wordsOf.get(name)
    if (known !== undefined) return known
    const made = { wholes: createWords(words), days: createWords(words), domains: createWords(words) }
    wordsOf.set(name, made)
    return made
  }

  const newShape = (names: readonly string[]): Shape => {
    const shape = { names, words: names.map(wordsOfMember), number: shapes.length, next: new Map() }
    shapes.push(shape)
    return shape
  }
  const noNames = newShape([])
  const ofNoMember = wordsOfMember('')
  const withName = (shape: Shape, name: string): Shape => {
    const known = shape.next.get(name)
    if (known !== undefined) return known
    const longer = newShape([...shape.names, name])
    shape.next.set(name, longer)
    return longer
  }

  const shapeOf = (record: Readonly<Record<string, unknown>>): Shape => {
    let shape = noNames
    // Records are plain: they have no members but their own.
    for (const name in record) if (record[name] !== undefined) shape = withName(shape, name)
    return shape
  }

  const put = (kind: number, what: number): void => putNumber(what * KINDS + kind)
  const putJson = (value: string | number): void => {
    const text = JSON.stringify(value)
    put(JSON_TEXT, text.length)
    putCharacters(text)
  }
  const putText = (text: string, { wholes, days, domains }: MemberWords): void => {
    const word = wholes(text)
    if (word !== undefined) {
      put(WORD, word)
      return
    }
    const before = place()
    const day = text[DAY_LENGTH - 1] === DAY_END ? days(text.slice(0, DAY_LENGTH)) : undefined
    const end = day === undefined ? text.indexOf(DOMAIN_START) : -1
    const domain = end === -1 ? undefined : domains(text.slice(end))
    const from = day === undefined ? 0 : DAY_LENGTH
    const to = domain === undefined ? text.length : end
    if (day !== undefined) put(TEXT_AFTER_WORD, day)
    if (domain !== undefined) put(TEXT_BEFORE_WORD, domain)
    if (day === undefined && domain === undefined) put(TEXT, text.length)
    else putNumber(to - from)
    if (putCharacters(text, from, to)) return
    backTo(before)
    putJson(text)
  }
  const putRecord = (record: Readonly<Record<string, unknown>>): void => {
    const shape = shapeOf(record)
    put(RECORD, shape.number)
    let index = 0
    for (const name in record) {
      const value = record[name]
      if (value !== undefined) putValue(value, shape.words[index++] ?? ofNoMember)
    }
  }
  const putValue = (value: unknown, member: MemberWords): void => {
    if (typeof value === 'string') putText(value, member)
    else if (typeof value === 'number') putJson(value)
    else if (Array.isArray(value)) {
      put(LIST, value.length)
      for (const element of value) putValue(element, member)
    } else if (isRecord(value)) putRecord(value)
    else put(WORD, Math.max(0, CONSTANTS.indexOf(value)))
  }

  return {
    pack: (record) => {
      begin()
      putValue(record, ofNoMember)
      return written()
    },
    unpack: (packed) => {
      let at = 0
      const nextNumber = (): number => {
        let number = 0
        for (let weight = 1; ; weight *= DIGIT) {
          const digit = packed.charCodeAt(at++)
          number += (digit % DIGIT) * weight
          if (digit < DIGIT) return number
        }
      }
      const nextText = (length: number): string => {
        at += length
        return packed.slice(at - length, at)
      }
      const nextValue = (): unknown => {
        const number = nextNumber()
        const what = Math.floor(number / KINDS)
        switch (number % KINDS) {
          case WORD:
            return words[what]
          case TEXT:
            return nextText(what)
          case TEXT_AFTER_WORD:
            return `${words[what]}${nextText(nextNumber())}`
          case TEXT_BEFORE_WORD:
            return `${nextText(nextNumber())}${words[what]}`
          case JSON_TEXT:
            return JSON.parse(nextText(what))
          case LIST:
            return Array.from({ length: what }, nextValue)
          default: {
            const record: Record<string, unknown> = {}
            for (const name of shapes[what]?.names ?? []) record[name] = nextValue()
            return record
          }
        }
      }
      return nextValue() as A
    },
  }
}
