import { createTextPool } from './text-pool.ts'
import { hashOfText, type WrittenText, writtenText } from './written-text.ts'

/** Numbers of texts, such as ids: 0 for the first one that is entered. */
export interface TextNumbers {
  /** Undefined where the text was not entered. */
  readonly numberOf: (text: string) => number | undefined
  /** The number of the text, which is the next one where the text is new. */
  readonly enter: (text: string) => number
  /** The text that has a number. */
  readonly textOf: (number: number) => string
  readonly size: () => number
}

/** Most are of few texts, and there is one for each provider of a snapshot. */
const FIRST_SLOTS = 64

/**
 * Numbers many texts in a third of the memory that a `Map` of them takes, outside of the heap. Which places texts get in its
 * table is different in every run, so that no vendor can choose texts which would make it slow.
 */
export const createTextNumbers = (): TextNumbers => {
  const pool = createTextPool()
  const seed = Math.floor(Math.random() * 2 ** 31)
  let size = 0
  let places = new Uint32Array(FIRST_SLOTS)
  let hashes = new Int32Array(FIRST_SLOTS)
  /** The number of the text in each slot, and one more; 0 where there is none. At most half of them are taken. */
  let slots = new Uint32Array(FIRST_SLOTS)

  /** The slot of the text, or the free one that it would get. */
  const slotOf = (text: WrittenText, hash: number): number => {
    const mask = slots.length - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = (slots[slot] ?? 0) - 1
      if (number < 0 || (hashes[number] === hash && pool.isAt(places[number] ?? 0, text))) return slot
    }
  }
  const makeRoom = () => {
    if (size >= places.length) {
      const [fewer, hashesOfFewer] = [places, hashes]
      places = new Uint32Array(2 * size)
      places.set(fewer)
      hashes = new Int32Array(2 * size)
      hashes.set(hashesOfFewer)
    }
    if (2 * (size + 1) <= slots.length) return
    slots = new Uint32Array(2 * slots.length)
    const mask = slots.length - 1
    for (let number = 0; number < size; number++) {
      let slot = (hashes[number] ?? 0) & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = number + 1
    }
  }

  return {
    numberOf: (text) => {
      const written = writtenText(text)
      const number = (slots[slotOf(written, hashOfText(written, seed))] ?? 0) - 1
      return number < 0 ? undefined : number
    },
    enter: (text) => {
      const written = writtenText(text)
      const hash = hashOfText(written, seed)
      const known = (slots[slotOf(written, hash)] ?? 0) - 1
      if (known >= 0) return known
      makeRoom()
      const number = size++
      slots[slotOf(written, hash)] = number + 1
      hashes[number] = hash
      places[number] = pool.add(written)
      return number
    },
    textOf: (number) => pool.textAt(places[number] ?? 0),
    size: () => size,
  }
}
