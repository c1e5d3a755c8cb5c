import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createTextNumbers } from '../../src/model/text-numbers.ts'
import { createTextPool } from '../../src/model/text-pool.ts'

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('', '\ud800', 'é', '日本語', 'x'.repeat(3_000), '日'.repeat(3_000)),
)

describe('a pool of texts', () => {
  test('gives back every text as it was, and tells it from all others', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 30 }), fc.constantFrom('', 'x', '\ud800', ' '), (texts, beginning) => {
        const pool = createTextPool(beginning)
        const places = texts.map((text) => pool.add(pool.written(text)))
        expect(places.map(pool.textAt)).toEqual(texts)
        for (const [index, place] of places.entries()) {
          expect(texts.map((text) => pool.isAt(place, pool.written(text)))).toEqual(
            texts.map((text) => text === texts[index]),
          )
        }
      }),
    )
  })

  test('takes texts that are longer than what it asks for at once, between others', () => {
    const pool = createTextPool()
    const texts = ['before', 'x'.repeat(3_000_000), 'between', '日'.repeat(1_000_000), 'after']
    const places = texts.map((text) => pool.add(pool.written(text)))
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

  test('are those of a Map where the first ones all begin alike, and others do not', () => {
    const beginnings = fc.constantFrom('', 'user-', 'user', '\ud83d', 'é')
    fc.assert(
      fc.property(beginnings, fc.array(anyText, { maxLength: 40 }), (beginning, ends) => {
        const numbers = createTextNumbers()
        const first = Array.from({ length: 40 }, (_, index) => `${beginning}${index}`)
        const texts = [...new Set([...first, ...ends.flatMap((end) => [end, beginning + end])])]
        expect(texts.map(numbers.enter)).toEqual([...texts.keys()])
        expect(texts.map((_, number) => numbers.textOf(number))).toEqual(texts)
        expect(texts.map(numbers.numberOf)).toEqual([...texts.keys()])
      }),
    )
  })

  test('keep once what the first ones begin with', () => {
    const before = process.memoryUsage().arrayBuffers
    const numbers = createTextNumbers()
    for (let index = 0; index < 100_000; index++) numbers.enter(`${'x'.repeat(1_000)}${index}`)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000)
    expect(numbers.textOf(99_999)).toBe(`${'x'.repeat(1_000)}99999`)
  })

  test('are as quick for texts that are made to have one place in its table', () => {
    // With the hash of before, a flip of the highest bit of a word was undone by one in the next word, whatever the seed was.
    const pairOf = (bits: number, pair: number): string => {
      const flip = ((bits >>> pair) & 1) === 1
      const [first, second] = [flip ? 0x8000_4141 : 0x4141, flip ? 0x8001_4141 : 0x4141]
      return String.fromCharCode(first & 0xffff, first >>> 16, second & 0xffff, second >>> 16)
    }
    const COUNT = 16_384
    const hostile = Array.from(
      { length: COUNT },
      (_, bits) => `\ud800A${Array.from({ length: 14 }, (__, pair) => pairOf(bits, pair)).join('')}`,
    )
    const plain = hostile.map((text, index) => `\ud800${index}${text.slice(8)}`)
    const timeOf = (texts: readonly string[]): number => {
      const numbers = createTextNumbers()
      const start = performance.now()
      for (const text of texts) numbers.enter(text)
      expect(numbers.size()).toBe(new Set(texts).size)
      return performance.now() - start
    }
    timeOf(plain)
    expect(timeOf(hostile)).toBeLessThan(20 * timeOf(plain))
  })

  test('stay right while the table grows', () => {
    const numbers = createTextNumbers()
    const ids = Array.from({ length: 50_000 }, (_, index) => `user-${index}`)
    expect(ids.every((id, index) => numbers.enter(id) === index)).toBe(true)
    expect(ids.every((id, index) => numbers.numberOf(id) === index && numbers.textOf(index) === id)).toBe(true)
    expect(numbers.numberOf('user-50000')).toBeUndefined()
  })
})
