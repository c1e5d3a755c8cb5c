/** Whole numbers by their places, which may be entered in any order. */
export interface NumberTable {
  /** Undefined where none was set. */
  readonly get: (place: number) => number | undefined
  readonly set: (place: number, value: number) => void
}

const FIRST_PLACES = 1_024

/**
 * Keeps numbers from 0 to 4,294,967,294, a few for each user of an organization, outside of the heap: one more than each of
 * them, as 0 stands for none.
 */
export const createNumberTable = (): NumberTable => {
  let numbers = new Uint32Array(FIRST_PLACES)
  return {
    get: (place) => {
      const kept = numbers[place]
      return kept === undefined || kept === 0 ? undefined : kept - 1
    },
    set: (place, value) => {
      if (place >= numbers.length) {
        const larger = new Uint32Array(Math.max(2 * numbers.length, place + 1))
        larger.set(numbers)
        numbers = larger
      }
      numbers[place] = value + 1
    },
  }
}
