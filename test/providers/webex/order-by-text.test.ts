import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { orderByText } from '../../../providers/webex/order-by-text.ts'

const inOrder = (texts: readonly string[]): readonly string[] => {
  const textOf = (number: number) => texts[number] ?? ''
  return Array.from(orderByText(Uint32Array.from(texts.keys()), textOf), textOf)
}
const sorted = (texts: readonly string[]) => [...texts].sort()

describe('numbers in the order of their texts', () => {
  test('come as the texts do', () => {
    const part = fc.constantFrom('', 'a', 'b', '1234567', '1234568', 'é', 'ß', '\u007f', '\0', '𝄞')
    const text = fc.oneof(
      fc.string(),
      fc.array(part, { maxLength: 6 }).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(fc.uniqueArray(text), (texts) => {
        expect(inOrder(texts)).toEqual(sorted(texts))
      }),
      { numRuns: 1_000 },
    )
  })

  test('are told apart by what comes late, even where one of them begins otherwise', () => {
    const late = Array.from({ length: 300 }, (_, number) => `Y2lzY29zcGFyazovL3VzL1BFT1BMRS8${(number * 7919) % 300}`)
    const texts = [...late, 'Y2lzY29zcGFyazovL2V1', 'x', '']
    let asked = 0
    const textOf = (number: number) => {
      asked++
      return texts[number] ?? ''
    }
    const order = orderByText(Uint32Array.from(texts.keys()), textOf)
    // Twice for each of the few parts that they are compared in, and not once for each comparison.
    expect(asked).toBeLessThan(12 * texts.length)
    expect(Array.from(order, (number) => texts[number])).toEqual(sorted(texts))
  })

  test('come soon where ids are made to take long', () => {
    const prefixes = Array.from({ length: 2_000 }, (_, length) => 'a'.repeat(length))
    const late = Array.from({ length: 40 }, (_, number) => `${'x'.repeat(200_000)}${number}${'y'.repeat(200_000)}`)
    const start = performance.now()
    expect(inOrder(prefixes)).toEqual(sorted(prefixes))
    expect(inOrder(late)).toEqual(sorted(late))
    // Each took minutes, or seconds.
    expect(performance.now() - start).toBeLessThan(5_000)
  })
})
