/** Whole numbers, each once. */
export interface NumberSet extends Iterable<number> {
  readonly add: (number: number) => void
}

const BITS = 32

/** A bit for each number up to the highest one: for some of the users of an organization, who are all numbered. */
export const createNumberSet = (): NumberSet => {
  let bits = new Uint32Array(BITS)
  return {
    add: (number) => {
      const word = Math.floor(number / BITS)
      if (word >= bits.length) {
        const larger = new Uint32Array(Math.max(2 * bits.length, word + 1))
        larger.set(bits)
        bits = larger
      }
      bits[word] = (bits[word] ?? 0) | (1 << (number % BITS))
    },
    *[Symbol.iterator]() {
      for (const [word, some] of bits.entries()) {
        for (let rest = some; rest !== 0; rest &= rest - 1) yield word * BITS + 31 - Math.clz32(rest & -rest)
      }
    },
  }
}
