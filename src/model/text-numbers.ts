import { createNumberTable } from './number-table.ts'
import { sharedStart } from './shared-start.ts'
import { orderByText } from './text-order.ts'
import { createTextPool } from './text-pool.ts'
import { type HashKey, hashOfText, type WrittenText } from './written-text.ts'

/** Numbers of texts, such as ids: 0 for the first one that is entered. */
export interface TextNumbers {
  /** Undefined where the text was not entered. */
  readonly numberOf: (text: string) => number | undefined
  /** The number of the text, which is the next one where the text is new. */
  readonly enter: (text: string) => number
  /** The text that has a number. */
  readonly textOf: (number: number) => string
  readonly size: () => number
  /** Brings numbers, each of which is there once, into the order of their texts. */
  readonly order: (numbers: Uint32Array) => Uint32Array
}

/** Most are of few texts, and there is one for each provider of a snapshot. */
const FIRST_SLOTS = 64

const randomWord = (): number => Math.floor(Math.random() * 2 ** 32) | 0

/**
 * Numbers many texts in a third of the memory that a `Map` of them takes, outside of the heap. What the first ones all begin
 * with, as ids of one vendor do, is kept once. Which places texts get in its table is different in every run, so that no vendor
 * can choose texts which would make it slow.
 */
export const createTextNumbers = (): TextNumbers => {
  let pool = createTextPool()
  const places = createNumberTable()
  const hashes = createNumberTable()
  // Not by `crypto`, which pages of plain http lack in part. The key never leaves this function.
  const key: HashKey = [randomWord(), randomWord()]
  let size = 0
  /** The number of the text in each slot, and one more; 0 where there is none. At most half of them are taken. */
  let slots = new Uint32Array(FIRST_SLOTS)

  const placeOf = (number: number): number => places.get(number) ?? 0
  const textOf = (number: number): string => pool.textAt(placeOf(number))
  /** 31 bits, as a table has them. */
  const hashOf = (text: WrittenText): number => hashOfText(text, key) >>> 1
  /** The slot of the text, or the free one that it would get. To be asked before anything else is written. */
  const slotOf = (text: WrittenText, hash: number): number => {
    const mask = slots.length - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = (slots[slot] ?? 0) - 1
      if (number < 0 || (hashes.get(number) === hash && pool.isAt(placeOf(number), text))) return slot
    }
  }
  const add = (text: WrittenText, hash: number, number: number): void => {
    slots[slotOf(text, hash)] = number + 1
    hashes.set(number, hash)
    places.set(number, pool.add(text))
  }
  /** What all texts begin with is kept once from now on. */
  const shortenAll = (): void => {
    const texts = Array.from({ length: size }, (_, number) => textOf(number))
    pool = createTextPool(texts[0]?.slice(0, sharedStart(texts)))
    slots.fill(0)
    for (const [number, text] of texts.entries()) {
      const written = pool.written(text)
      add(written, hashOf(written), number)
    }
  }
  const makeRoom = (): void => {
    if (2 * (size + 1) <= slots.length) return
    if (slots.length === FIRST_SLOTS) shortenAll()
    slots = new Uint32Array(2 * slots.length)
    const mask = slots.length - 1
    for (let number = 0; number < size; number++) {
      let slot = (hashes.get(number) ?? 0) & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = number + 1
    }
  }

  return {
    numberOf: (text) => {
      const written = pool.written(text)
      const number = (slots[slotOf(written, hashOf(written))] ?? 0) - 1
      return number < 0 ? undefined : number
    },
    enter: (text) => {
      makeRoom()
      const written = pool.written(text)
      const hash = hashOf(written)
      const known = (slots[slotOf(written, hash)] ?? 0) - 1
      if (known >= 0) return known
      add(written, hash, size)
      return size++
    },
    textOf,
    size: () => size,
    order: (numbers) =>
      orderByText(numbers, {
        textOf,
        beginning: pool.beginning,
        kindOf: (number) => pool.kindAt(placeOf(number)),
        wordAt: (number, index) => pool.wordAt(placeOf(number), index),
        lengthOf: (number) => pool.lengthAt(placeOf(number)),
      }),
  }
}
