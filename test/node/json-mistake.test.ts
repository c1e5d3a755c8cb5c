import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonMistake } from '../../src/node/json-mistake.ts'

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const mistakeAt = (line: number, column: number, problem: string) => ({
  _tag: 'JsonMistake',
  line,
  column,
  problem,
  message: `line ${line}, column ${column}: ${problem}`,
})

describe('where a text stops being JSON', () => {
  it.each([
    ['', 1, 1, 'a value'],
    ['{', 1, 2, '"}"'],
    ['{"a":1,}', 1, 8, 'a field name in double quotes'],
    ["{'a':1}", 1, 2, 'a value, or a field name in double quotes'],
    ['{a:1}', 1, 2, 'a value, or a field name in double quotes'],
    ['[1,]', 1, 4, 'a value'],
    ['{"a" 1}', 1, 6, '":"'],
    ['[1\n,2\n 3]', 3, 2, '","'],
    ['[1', 1, 3, '"]"'],
    ['{"a":1}}', 1, 8, 'nothing more'],
    ['// no\n{}', 1, 1, 'no comment'],
    ['["a\nb"]', 1, 2, 'a text that ends with a double quote on its line'],
    ['["a\u0001"]', 1, 2, 'no control character'],
    ['["\\x"]', 1, 2, 'one of "\\/bfnrtu after a backslash'],
    ['["\\u12"]', 1, 2, 'four hexadecimal digits after \\u'],
  ])('%j is line %i, column %i: %s', (text, line, column, expected) => {
    expect(jsonMistake(text)).toEqual(mistakeAt(line, column, `not valid JSON: expected ${expected}`))
  })

  it.each([
    ['{"a":1,"a":2}', 1, 8, '"a"'],
    ['{"providers":[],\n "providers":[]}', 2, 2, '"providers"'],
    ['{"a":{"b":1,"c":{},"b":2}}', 1, 20, '"b"'],
    ['[{"a":1},{"a":1,\n"\\u0061":2}]', 2, 1, '"a"'],
    ['{"__proto__":1,"__proto__":2}', 1, 16, '"__proto__"'],
  ])('%j has a name twice, at line %i, column %i', (text, line, column, name) => {
    const problem = `expected each name once in an object, found ${name} again; keep one of them`
    expect(jsonMistake(text)).toEqual(mistakeAt(line, column, problem))
  })

  it.each(['[{"a":1},{"a":1}]', '{"a":{"a":{"a":1}},"b":{"a":1}}', '{"a":[{"a":1}],"A":1}'])(
    '%s has each name once in an object',
    (text) => {
      expect(jsonMistake(text)).toBeUndefined()
    },
  )

  it('is told of what is nested without an end, and does not end the run', () => {
    const problem = 'expected at most 200 levels of objects and lists'
    for (const begin of ['[', '{"a":', '[{"a":']) {
      expect(jsonMistake(begin.repeat(100_000))).toMatchObject({ line: 1, problem })
    }
    expect(jsonMistake(`${'['.repeat(200)}${']'.repeat(200)}`)).toBeUndefined()
    expect(jsonMistake(`${'['.repeat(201)}${']'.repeat(201)}`)).toEqual(mistakeAt(1, 201, problem))
  })

  it('is told without what is there, which may be a secret', () => {
    for (const text of ['{"token": sesame}', '{"token": "sesame}', '["sesame" "sesame"]', '{sesame: 1}', 'sesame']) {
      expect(JSON.stringify(jsonMistake(text))).not.toContain('sesame')
    }
  })

  it('is nowhere in what JSON.stringify writes', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => jsonMistake(JSON.stringify(value, null, 2)) === undefined))
  })

  it('is somewhere exactly where JSON.parse finds a mistake', () => {
    const damaged = fc
      .tuple(fc.jsonValue(), fc.nat(), fc.constantFrom('', ',', '"', '}', ']', '0', '\\', '\u0001', '\u007f', 'e'))
      .map(([value, at, piece]) => {
        const text = JSON.stringify(value)
        const index = at % text.length
        return text.slice(0, index) + piece + text.slice(index + 1)
      })
    fc.assert(
      fc.property(damaged, (text) => {
        const { problem = '' } = jsonMistake(text) ?? {}
        // A name that stands twice is JSON, and a mistake all the same; where it comes first, it is the one that is told.
        return isJson(text) ? problem === '' || problem.startsWith('expected each name once') : problem !== ''
      }),
      { numRuns: 1_000, examples: [['{"":1,"":2,"" ":3}']] },
    )
  })
})
