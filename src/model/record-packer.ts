import { isRecord } from './is-record.ts'

/** What comes in one member of many records is kept once: so many different texts of each. */
const WORDS_OF_MEMBER = 1_000
/** Where fewer texts than these had so many different ones among them, others are not looked for: most of them are new. */
const TEXTS_OF_VARYING_MEMBER = 4 * WORDS_OF_MEMBER

/** A number is written as characters of six bits, the lowest ones first; a seventh bit says that more of them follow. */
const DIGIT = 64

/** What a value is, in the lowest bits of its number. What the rest of the number says: */
const KINDS = 8
/** Which word. */
const WORD = 0
/** How long the text is, which comes after all numbers. */
const TEXT = 1
/** With which word it begins; how long the rest is follows. */
const TEXT_AFTER_WORD = 2
/** With which word it ends; how long the rest is follows. */
const TEXT_BEFORE_WORD = 3
/** How long its text is. */
const NUMBER = 4
/** How many elements follow. */
const LIST = 5
/** Which shape it has. The values of its members follow. */
const RECORD = 6

/** Times of one day begin alike up to here, and addresses of one organization end alike from there on. */
const DAY_LENGTH = '2026-01-31T'.length
const DAY_END = 'T'
const DOMAIN_START = '@'

/** The names that lead here, in their order, are those of a record. */
interface Shape {
  readonly names: readonly string[]
  readonly number: number
  readonly next: Map<string, Shape>
}

/** Numbers the texts of one member among the words of all; undefined for a text that is no word. */
const createMemberWords = (words: unknown[]): ((text: string) => number | undefined) => {
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

const digitsOf = (number: number): string => {
  let digits = ''
  let rest = number
  for (; rest >= DIGIT; rest = Math.floor(rest / DIGIT)) digits += String.fromCharCode(DIGIT + (rest % DIGIT))
  return digits + String.fromCharCode(rest)
}

/** Plain records as short texts, and back. */
export interface RecordPacker<A> {
  readonly pack: (record: A) => string
  readonly unpack: (packed: string) => A
}

/**
 * Writes plain records as short texts: how long its numbers are, its numbers, its texts. The names of members, and what texts of
 * one member have in common, are kept once, in the packer. A member that is `undefined` is left out.
 */
export const createRecordPacker = <A extends object>(): RecordPacker<A> => {
  const shapes: Shape[] = []
  const words: unknown[] = [null, true, false, undefined]
  /** Of whole texts, and of their beginnings and ends, by the name of the member. */
  const wordsOf = new Map<string, Record<'wholes' | 'parts', (text: string) => number | undefined>>()

  const newShape = (names: readonly string[]): Shape => {
    const shape = { names, number: shapes.length, next: new Map() }
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
  const wordsOfMember = (name: string) => {
    const known = wordsOf.get(name)
    if (known !== undefined) return known
    const made = { wholes: createMemberWords(words), parts: createMemberWords(words) }
    wordsOf.set(name, made)
    return made
  }

  /** Of the record that is being packed. */
  let numbers = ''
  let texts = ''
  const put = (kind: number, what: number): void => {
    numbers += digitsOf(what * KINDS + kind)
  }
  const putPart = (kind: number, word: number, rest: string): void => {
    put(kind, word)
    numbers += digitsOf(rest.length)
    texts += rest
  }
  const putNewText = (text: string, partOf: (text: string) => number | undefined): void => {
    const isTime = text[DAY_LENGTH - 1] === DAY_END
    const end = isTime ? -1 : text.indexOf(DOMAIN_START)
    const day = isTime ? partOf(text.slice(0, DAY_LENGTH)) : undefined
    const domain = end === -1 ? undefined : partOf(text.slice(end))
    if (day !== undefined) putPart(TEXT_AFTER_WORD, day, text.slice(DAY_LENGTH))
    else if (domain !== undefined) putPart(TEXT_BEFORE_WORD, domain, text.slice(0, end))
    else {
      put(TEXT, text.length)
      texts += text
    }
  }
  const putText = (text: string, name: string): void => {
    const { wholes, parts } = wordsOfMember(name)
    const word = wholes(text)
    if (word === undefined) putNewText(text, parts)
    else put(WORD, word)
  }
  const putNumber = (number: number): void => {
    const text = String(number)
    put(NUMBER, text.length)
    texts += text
  }
  const constantOf = (value: unknown): number => {
    const known = words.indexOf(value)
    return known === -1 ? words.push(value) - 1 : known
  }
  const putRecord = (record: Readonly<Record<string, unknown>>): void => {
    const before = numbers
    numbers = ''
    let shape = noNames
    // Records are plain: they have no members but their own.
    for (const name in record) {
      const value = record[name]
      if (value === undefined) continue
      shape = withName(shape, name)
      putValue(value, name)
    }
    numbers = before + digitsOf(shape.number * KINDS + RECORD) + numbers
  }
  const putValue = (value: unknown, name: string): void => {
    if (typeof value === 'string') putText(value, name)
    else if (typeof value === 'number') putNumber(value)
    else if (Array.isArray(value)) {
      put(LIST, value.length)
      for (const element of value) putValue(element, name)
    } else if (isRecord(value)) putRecord(value)
    else put(WORD, constantOf(value))
  }

  return {
    pack: (record) => {
      numbers = ''
      texts = ''
      putValue(record, '')
      return digitsOf(numbers.length) + numbers + texts
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
      let textAt = nextNumber() + at
      const nextText = (length: number): string => {
        textAt += length
        return packed.slice(textAt - length, textAt)
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
          case NUMBER:
            return Number(nextText(what))
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
