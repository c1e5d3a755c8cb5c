/** Whole numbers by their places, which may be entered in any order. */
export interface NumberTable {
  /** Undefined where none was set. */
  readonly get: (place: number) => number | undefined
  readonly set: (place: number, value: number) => void
}

/** The places of one part. A table grows by parts, so that what it has is never copied. */
const PART = 1_024

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
  /** Of the part that was made last. Others mostly have numbers of that size, too, and need not be made twice. */
  let lastWidth = 0

  const partFor = (number: number, narrow: Numbers | undefined): Numbers => {
    lastWidth = narrow === undefined ? Math.max(widthFor(number), lastWidth) : widthFor(number)
    const part = new (WIDTHS[lastWidth] ?? Uint32Array)(PART)
    if (narrow !== undefined) part.set(narrow)
    return part
  }

  return {
    get: (place) => {
      const kept = parts[Math.floor(place / PART)]?.[place % PART]
      return kept === undefined || kept === 0 ? undefined : kept - 1
    },
    set: (place, value) => {
      const index = Math.floor(place / PART)
      let part = parts[index]
      if (part === undefined || value + 1 >= 2 ** (8 * part.BYTES_PER_ELEMENT)) {
        part = partFor(value + 1, part)
        parts[index] = part
      }
      part[place % PART] = value + 1
    },
  }
}
