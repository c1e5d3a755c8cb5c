import { createTextPool } from './text-pool.ts'

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
const FNV_PRIME = 16_777_619

/** The same array with room for twice as many. */
const doubled = (numbers: Int32Array): Int32Array<ArrayBuffer> => {
  const larger = new Int32Array(2 * numbers.length)
  larger.set(numbers)
  return larger
}

/**
 * Numbers many texts in a third of the memory that a `Map` of them takes, outside of the heap. Which places texts get in its
 * table is different in every run, so that no vendor can choose texts which would make it slow.
 */
export const createTextNumbers = (): TextNumbers => {
  const pool = createTextPool()
  const places: number[] = []
  const seed = Math.floor(Math.random() * 2 ** 31)
  let hashes = new Int32Array(FIRST_SLOTS)
  /** The number of the text in each slot, and one more; 0 where there is none. At most half of them are taken. */
  let slots = new Int32Array(FIRST_SLOTS)

  const hashOf = (text: string): number => {
    let hash = seed
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), FNV_PRIME)
    hash ^= hash >>> 15
    return Math.imul(hash, FNV_PRIME) ^ seed
  }
  /** The slot of the text, or the free one that it would get. */
  const slotOf = (text: string, hash: number): number => {
    const mask = slots.length - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = (slots[slot] ?? 0) - 1
      if (number < 0 || (hashes[number] === hash && pool.isAt(places[number] ?? 0, text))) return slot
    }
  }
  const makeRoom = () => {
    if (places.length >= hashes.length) hashes = doubled(hashes)
    if (2 * (places.length + 1) <= slots.length) return
    slots = new Int32Array(2 * slots.length)
    const mask = slots.length - 1
    for (let number = 0; number < places.length; number++) {
      let slot = (hashes[number] ?? 0) & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = number + 1
    }
  }

  return {
    numberOf: (text) => {
      const number = (slots[slotOf(text, hashOf(text))] ?? 0) - 1
      return number < 0 ? undefined : number
    },
    enter: (text) => {
      const hash = hashOf(text)
      const known = (slots[slotOf(text, hash)] ?? 0) - 1
      if (known >= 0) return known
      makeRoom()
      const number = places.length
      slots[slotOf(text, hash)] = number + 1
      hashes[number] = hash
      places.push(pool.add(text))
      return number
    },
    textOf: (number) => pool.textAt(places[number] ?? 0),
    size: () => places.length,
  }
}
