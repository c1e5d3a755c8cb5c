import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createTextNumbers } from '../../src/model/text-numbers.ts'
import { orderByText } from '../../src/model/text-order.ts'
import { createTextPool } from '../../src/model/text-pool.ts'

const inOrder = (texts: readonly string[]): readonly string[] => {
  const numbers = createTextNumbers()
  return Array.from(numbers.order(Uint32Array.from(texts, numbers.enter)), numbers.textOf)
}
const sorted = (texts: readonly string[]) => [...texts].sort()

describe('numbers in the order of their texts', () => {
  const part = fc.constantFrom('', 'a', 'b', '1234567', '1234568', 'é', 'ß', '\u007f', '\0', '𝄞', '\ud800')
  const text = fc.oneof(
    fc.string(),
    fc.array(part, { maxLength: 6 }).map((parts) => parts.join('')),
  )

  test('come as the texts do', () => {
    fc.assert(
      fc.property(fc.uniqueArray(text), (texts) => {
        expect(inOrder(texts)).toEqual(sorted(texts))
      }),
      { numRuns: 1_000 },
    )
  })

  test('come so where most of them begin alike, and what they begin with is kept once', () => {
    const beginning = fc.constantFrom('', 'user-', 'Y2lzY29zcGFyazovL3VzL1BFT1BMRS8', 'aaaaaaaa', 'é-aaaa')
    fc.assert(
      fc.property(beginning, fc.array(text, { maxLength: 60 }), (start, ends) => {
        const first = Array.from({ length: 40 }, (_, number) => `${start}${(number * 7919) % 300}`)
        const texts = [...new Set([...first, ...ends.flatMap((end) => [end, start + end])])]
        expect(inOrder(texts)).toEqual(sorted(texts))
      }),
      { numRuns: 500 },
    )
  })

  test('come so where all of them are told apart late, or by their length alone', () => {
    for (const between of ['', 'x'.repeat(97), 'x'.repeat(300)]) {
      const texts = Array.from({ length: 300 }, (_, number) => `${number % 3}${between}${(number * 7919) % 300}`)
      expect(inOrder(texts)).toEqual(sorted(texts))
    }
    const zeros = Array.from({ length: 40 }, (_, length) => `a${'\0'.repeat((length * 7) % 40)}`)
    expect(inOrder(zeros)).toEqual(sorted(zeros))
  })

  test.each([
    ['at once', undefined],
    ['some bits at a time, as of more than two million', 8],
  ])(
    'come without making the texts, also where the first ones have more in common than the others: %s',
    (_, placeBits) => {
      const texts = Array.from(
        { length: 5_000 },
        (_, number) => `user-${String((number * 7919) % 5_000).padStart(9, '0')}`,
      )
      // What the first 32 begin with is what a table keeps once.
      const pool = createTextPool('user-00000000')
      const places = texts.map((text) => pool.add(pool.written(text)))
      const placeOf = (number: number) => places[number] ?? 0
      let made = 0
      const order = orderByText(
        Uint32Array.from(texts.keys()),
        {
          textOf: (number) => {
            made++
            return pool.textAt(placeOf(number))
          },
          beginning: pool.beginning,
          kindOf: (number) => pool.kindAt(placeOf(number)),
          wordAt: (number, index) => pool.wordAt(placeOf(number), index),
          lengthOf: (number) => pool.lengthAt(placeOf(number)),
        },
        placeBits,
      )
      expect(Array.from(order, (number) => texts[number])).toEqual(sorted(texts))
      expect(made).toBeLessThan(20)
    },
  )

  test('come soon where ids are made to take long', () => {
    const prefixes = Array.from({ length: 2_000 }, (_, length) => 'a'.repeat(length))
    const late = Array.from({ length: 40 }, (_, number) => `${'x'.repeat(200_000)}${number}${'y'.repeat(200_000)}`)
    const others = Array.from({ length: 2_000 }, (_, number) => (number % 2 === 0 ? `é${number}` : `${number}`))
    const start = performance.now()
    expect(inOrder(prefixes)).toEqual(sorted(prefixes))
    expect(inOrder(late)).toEqual(sorted(late))
    expect(inOrder(others)).toEqual(sorted(others))
    // Each of the first two took minutes, or seconds.
    expect(performance.now() - start).toBeLessThan(5_000)
  })
})
