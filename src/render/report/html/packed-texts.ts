import type { Packed, PackedParts, PackedText } from './page-data.ts'

/** Of a value that repeats, the first one is written, and its number in place of all others. */
export const createMemory = (): (<A>(key: string, make: () => A) => Packed<A>) => {
  const numbers = new Map<string, number>()
  return (key, make) => {
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, numbers.size)
    return make()
  }
}

/** Between parts that other texts have too: facts of a line, days, numbers, the domain of an address. */
const JOINTS = /(?= · )|(?=@)|(\d{4}-\d\d-\d\d|(?<= )\d+(?= |$))/

/** Packs texts by parts of them that repeat. */
export const createPartsPacker = (): ((text: string) => PackedParts) => {
  const once = createMemory()
  return (text) => {
    const [first, ...others] = text
      .split(JOINTS)
      .filter((part) => part !== undefined && part !== '')
      .map((part) => once(part, () => part))
    if (first === undefined) return ''
    return typeof first === 'string' && others.length === 0 ? first : [first, ...others]
  }
}

/** Packs texts that repeat, and the others by parts of them that do. */
export const createTextPacker = (): ((text: string) => PackedText) => {
  const once = createMemory()
  const pack = createPartsPacker()
  return (text) => once(text, () => pack(text))
}

/** How many letters a text has in common with the one before it. */
export const sharedLength = (text: string, before: string): number => {
  let length = 0
  while (length < text.length && text[length] === before[length]) length += 1
  return length
}
