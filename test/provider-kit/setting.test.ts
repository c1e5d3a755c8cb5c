import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { Fields } from '../../src/provider-kit/index.ts'
import { flawOf } from '../../src/provider-kit/setting.ts'

const described = { description: 'for people' }

const table: readonly {
  readonly name: string
  readonly setting: Fields.Setting
  readonly takes: readonly unknown[]
  readonly refuses: readonly unknown[]
}[] = [
  {
    name: 'a text',
    setting: Fields.text(described),
    takes: ['a', 'a b', 'Webex "EMEA"'],
    refuses: ['', '  ', ' a', 1, null, undefined, {}],
  },
  {
    name: 'an id',
    setting: Fields.plainText(described),
    takes: ['a', 'A-z_0.9+/='],
    refuses: ['', ' ', 'a b', 'a\u00a0b', '\u00e9', 1],
  },
  {
    name: 'a secret',
    setting: Fields.secretText(described),
    takes: ['a', '!~', 'A-z_0.9+/='],
    refuses: ['', ' ', 'a b', 'a\n', '\u00e9', 'a\u007f', 1],
  },
  {
    name: 'a text of a form',
    setting: Fields.textMatching(/^[a-z]+$/, 'lower-case letters', described),
    takes: ['abc'],
    refuses: ['', 'ABC', 'a b', 5],
  },
  {
    name: 'a web address',
    setting: Fields.webAddress(described),
    takes: [
      'https://api.example',
      'https://api.example:8443/v1',
      'http://127.0.0.1:4010',
      'http://localhost',
      'http://[::1]:1',
    ],
    refuses: [
      'http://api.example',
      'api.example',
      'ftp://api.example',
      'https://user:password@api.example',
      'https://user@api.example',
      'http://127.0.0.1.evil.example',
      'http://localhost.evil.example',
      'file:///etc/passwd',
      '',
      7,
    ],
  },
  {
    name: 'a positive whole number',
    setting: Fields.positiveInteger(described),
    takes: [1, 300, Number.MAX_SAFE_INTEGER],
    refuses: [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '1', 2 ** 60],
  },
  {
    name: 'one of several',
    setting: Fields.oneOf(['licenses', 'people'], described),
    takes: ['licenses', 'people'],
    refuses: ['Licenses', '', 'toString', 0],
  },
  {
    name: 'a setting with a codec of its own',
    setting: Fields.structured(t.type({ a: t.number }, 'A'), 'an a', { type: 'object' }, described),
    takes: [{ a: 1 }],
    refuses: [{ a: '1' }, null],
  },
]

const flawed = [
  'x\r',
  'x\n',
  '\ufeffx',
  '\u200bx',
  'x\u200b',
  'x\u00adx',
  ' x',
  'x\u00a0',
  '"x"',
  "'x'",
  '“x”',
  'x\ud800',
]

describe('a setting', () => {
  const texts: readonly (readonly [string, Fields.Setting, string])[] = [
    ['a text', Fields.text(described), 'client-1'],
    ['an id', Fields.plainText(described), 'client-1'],
    ['a secret', Fields.secretText(described), 's3cr3t'],
    ['a text of any form', Fields.textMatching(/x/, 'an x', described), 'x'],
    ['a web address', Fields.webAddress(described), 'https://api.example'],
    ['one of several', Fields.oneOf(['people'], described), 'people'],
  ]
  for (const [name, setting, right] of texts) {
    test.each(flawed)(`that is ${name} refuses what people do not see or mean: %j`, (around) => {
      expect(setting.codec.is(right)).toBe(true)
      expect(setting.codec.is(around.replace('x', right))).toBe(false)
    })
  }

  test.each([
    ['client-1\r', 'the invisible character U+000D at its end'],
    ['\u200bada@example.com', 'the invisible character U+200B at its beginning'],
    ['ab\u00adc', 'the invisible character U+00AD as its character 3'],
    ['client-1 ', 'spaces around it'],
    ['"client-1"', 'the quotes around it'],
    ["'", undefined],
    ['می\u200cخواهم', undefined],
    ['', undefined],
  ])('says what is wrong with %j: %s', (value, flaw) => {
    expect(flawOf(value)).toBe(flaw)
  })

  for (const { name, setting, takes, refuses } of table) {
    for (const value of takes) {
      test(`that is ${name} takes ${JSON.stringify(value)}`, () => {
        expect(setting.codec.is(value)).toBe(true)
      })
    }
    for (const value of refuses) {
      test(`that is ${name} refuses ${typeof value === 'number' ? value : JSON.stringify(value)}`, () => {
        expect(setting.codec.is(value)).toBe(false)
      })
    }
    test(`that is ${name} says what it expects and what it is for`, () => {
      expect(setting.expected).not.toBe('')
      expect(setting.schema.description).toBe('for people')
    })
  }

  test('is secret only where it says so', () => {
    expect([Fields.text(described).secret, Fields.secretText(described).secret]).toEqual([false, true])
  })

  test('names its environment variable where it has one', () => {
    expect(Fields.text({ ...described, variable: 'VENDOR_REGION' }).variable).toBe('VENDOR_REGION')
    expect(Fields.text(described)).not.toHaveProperty('variable')
  })

  test('tells the JSON schema what it tells people', () => {
    expect(Fields.oneOf(['licenses', 'people'], described)).toMatchObject({
      expected: 'one of "licenses", "people"',
      schema: { enum: ['licenses', 'people'] },
    })
    expect(Fields.textMatching(/^a+$/, 'some a', described)).toMatchObject({
      expected: 'some a',
      schema: { pattern: '^a+$' },
    })
    expect(Fields.positiveInteger(described).schema).toEqual({ type: 'integer', minimum: 1, description: 'for people' })
  })
})
