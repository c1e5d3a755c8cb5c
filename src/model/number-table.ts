/** Whole numbers by their places, which may be entered in any order. */
export interface NumberTable {
  /** Undefined where none was set. */
  readonly get: (place: number) => number | undefined
  readonly set: (place: number, value: number) => void
}

/** A part of so many places is never copied when there are more. */
const BITS = 10
const PART = 1 << BITS
const LAST = PART - 1

type Numbers = Uint8Array | Uint16Array | Uint32Array
const WIDTHS = [Uint8Array, Uint16Array, Uint32Array] as const

/** The width that takes this number: in most tables, all numbers are low. */
const widthFor = (number: number): number => (number < 2 ** 8 ? 0 : number < 2 ** 16 ? 1 : 2)

/**
 * Keeps numbers from 0 to 4,294,967,294, a few for each user of an organization, outside of the heap: one more than each of
 * them, as 0 stands for none. A part of the table takes one byte, two or four for each, whichever its numbers need.
 */
export const createNumberTable = (): NumberTable => {
  const parts: (Numbers | undefined)[] = []
  /** Of the part that was made last: others mostly have numbers of that size, too. */
  let width = 0

  const roomFor = (number: number, part: Numbers | undefined): Numbers => {
    width = Math.max(widthFor(number), part === undefined ? width : 0)
    const room = new (WIDTHS[width] ?? Uint32Array)(PART)
    if (part !== undefined) room.set(part)
    return room
  }

  return {
    get: (place) => {
      const kept = parts[place >>> BITS]?.[place & LAST]
      return kept === undefined || kept === 0 ? undefined : kept - 1
    },
    set: (place, value) => {
      const index = place >>> BITS
      let part = parts[index]
      if (part === undefined || value + 1 >= 2 ** (8 * part.BYTES_PER_ELEMENT)) {
        part = roomFor(value + 1, part)
        parts[index] = part
      }
      part[place & LAST] = value + 1
    },
  }
}
