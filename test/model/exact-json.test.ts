import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseExactly, writeExactly } from '../../src/model/exact-json.ts'

describe('parseExactly', () => {
  test.each([
    ['72057594037927936', '72057594037927936'],
    ['72057594037927940', 72057594037927940],
    ['9007199254740993', '9007199254740993'],
    ['-9007199254740993', '-9007199254740993'],
    ['0.1234567890123456789', '0.1234567890123456789'],
    ['1e400', '1e400'],
    ['1e-400', '1e-400'],
    ['9007199254740991', 9007199254740991],
    ['18014398509481984', 18014398509481984],
    ['1.50', 1.5],
    ['0.1', 0.1],
    ['100e-2', 1],
    ['1e21', 1e21],
    ['-0', -0],
    ['0.000', 0],
  ])('reads %s as %j', (text, value) => {
    expect(parseExactly(text)).toBe(value)
    expect(parseExactly(`{"a":[ ${text} ,{"b":${text}}]}`)).toEqual({ a: [value, { b: value }] })
  })

  test('leaves digits in strings and in names alone', () => {
    const text = '{"576460752303423488":"576460752303423488","\\"576460752303423489":"\\\\\\"576460752303423489\\\\"}'
    expect(parseExactly(text)).toEqual(JSON.parse(text))
  })

  test.each(['{9007199254740993:1}', '[09007199254740993]', '[9007199254740993.]', '[--9007199254740993]', ''])(
    'refuses %j, as JSON does',
    (text) => {
      expect(() => parseExactly(text)).toThrow(SyntaxError)
    },
  )

  test('reads all other JSON as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseExactly(text)).toEqual(JSON.parse(text))
      }),
    )
  })
})

describe('writeExactly', () => {
  test('writes a bigint as its digits', () => {
    expect(writeExactly({ option: 576460752303423488n, list: [-72057594037927936n, 1] })).toBe(
      '{"option":576460752303423488,"list":[-72057594037927936,1]}',
    )
  })

  test('writes everything else as JSON.stringify does', () => {
    const value = { a: undefined, b: [undefined, () => 1, Number.NaN], c: new Date(0), d: () => 1, e: null, f: 'ü"\n' }
    expect(writeExactly(value)).toBe(JSON.stringify(value))
    expect(writeExactly({ g: 1n, value })).toBe(`{"g":1,"value":${JSON.stringify(value)}}`)
    fc.assert(
      fc.property(fc.jsonValue(), (any) => {
        expect(writeExactly(any)).toBe(JSON.stringify(any))
        expect(writeExactly([1n, any])).toBe(`[1,${JSON.stringify(any)}]`)
      }),
    )
  })

  test('gives back the digits that parseExactly has read', () => {
    fc.assert(
      fc.property(fc.bigInt(), (digits) => {
        const read = parseExactly(writeExactly({ digits }))
        expect(read).toEqual({ digits: Number.isSafeInteger(Number(digits)) ? Number(digits) : expect.anything() })
        expect(BigInt((read as { digits: string | number }).digits)).toBe(digits)
      }),
    )
  })
})
