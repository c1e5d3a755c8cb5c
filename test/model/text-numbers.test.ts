import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createTextNumbers } from '../../src/model/text-numbers.ts'
import { createTextPool } from '../../src/model/text-pool.ts'
import { writtenText } from '../../src/model/written-text.ts'

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('', '\ud800', 'é', '日本語', 'x'.repeat(3_000), '日'.repeat(3_000)),
)

describe('a pool of texts', () => {
  test('gives back every text as it was, and tells it from all others', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 30 }), (texts) => {
        const pool = createTextPool()
        const places = texts.map((text) => pool.add(writtenText(text)))
        expect(places.map(pool.textAt)).toEqual(texts)
        for (const [index, place] of places.entries()) {
          expect(texts.map((text) => pool.isAt(place, writtenText(text)))).toEqual(
            texts.map((text) => text === texts[index]),
          )
        }
      }),
    )
  })

  test('takes texts that are longer than what it asks for at once, between others', () => {
    const pool = createTextPool()
    const texts = ['before', 'x'.repeat(3_000_000), 'between', '日'.repeat(1_000_000), 'after']
    const places = texts.map((text) => pool.add(writtenText(text)))
    expect(places.map(pool.textAt)).toEqual(texts)
  })
})

describe('the numbers of texts', () => {
  // A megabyte for each of them was 13 seconds of a trend over 300 small organizations and 8 snapshots.
  test('take little memory where they are few', () => {
    const before = process.memoryUsage().arrayBuffers
    const many = Array.from({ length: 500 }, (_, index) => {
      const numbers = createTextNumbers()
      numbers.enter(`user ${index}`)
      return numbers
    })
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(500 * 32_768)
    expect(many.map((numbers) => numbers.textOf(0)).at(-1)).toBe('user 499')
  })

  test('are those of a Map, whatever the texts', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 60 }), fc.array(anyText), (texts, others) => {
        const map = new Map<string, number>()
        const numbers = createTextNumbers()
        for (const text of texts) {
          if (!map.has(text)) map.set(text, map.size)
          expect(numbers.enter(text)).toBe(map.get(text))
        }
        expect(numbers.size()).toBe(map.size)
        for (const [text, number] of map) expect(numbers.textOf(number)).toBe(text)
        for (const text of [...texts, ...others]) expect(numbers.numberOf(text)).toBe(map.get(text))
      }),
    )
  })

  test('stay right while the table grows', () => {
    const numbers = createTextNumbers()
    const ids = Array.from({ length: 50_000 }, (_, index) => `user-${index}`)
    expect(ids.every((id, index) => numbers.enter(id) === index)).toBe(true)
    expect(ids.every((id, index) => numbers.numberOf(id) === index && numbers.textOf(index) === id)).toBe(true)
    expect(numbers.numberOf('user-50000')).toBeUndefined()
  })
})
