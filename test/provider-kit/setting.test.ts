import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import {
  addressProblem,
  oneOf,
  positiveInteger,
  type Setting,
  secretText,
  structured,
  text,
  textMatching,
  webAddress,
} from '../../src/provider-kit/index.ts'

const described = { description: 'for people' }

const table: readonly {
  readonly name: string
  readonly setting: Setting
  readonly takes: readonly unknown[]
  readonly refuses: readonly unknown[]
}[] = [
  { name: 'a text', setting: text(described), takes: ['a', ' a '], refuses: ['', '  ', 1, null, undefined, {}] },
  {
    name: 'a secret',
    setting: secretText(described),
    takes: ['a', '!~', 'A-z_0.9+/='],
    refuses: ['', ' ', 'a b', 'a\n', '\u00e9', 'a\u007f', 1],
  },
  {
    name: 'a text of a form',
    setting: textMatching(/^[a-z]+$/, 'lower-case letters', described),
    takes: ['abc'],
    refuses: ['', 'ABC', 'a b', 5],
  },
  {
    name: 'a web address',
    setting: webAddress(addressProblem, described),
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
    setting: positiveInteger(described),
    takes: [1, 300, Number.MAX_SAFE_INTEGER],
    refuses: [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '1', 2 ** 60],
  },
  {
    name: 'one of several',
    setting: oneOf(['licenses', 'people'], described),
    takes: ['licenses', 'people'],
    refuses: ['Licenses', '', 'toString', 0],
  },
  {
    name: 'a setting with a codec of its own',
    setting: structured(t.type({ a: t.number }, 'A'), 'an a', { type: 'object' }, described),
    takes: [{ a: 1 }],
    refuses: [{ a: '1' }, null],
  },
]

describe('a setting', () => {
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
    expect([text(described).secret, secretText(described).secret]).toEqual([false, true])
  })

  test('names its environment variable where it has one', () => {
    expect(text({ ...described, variable: 'VENDOR_REGION' }).variable).toBe('VENDOR_REGION')
    expect(text(described)).not.toHaveProperty('variable')
  })

  test('tells the JSON schema what it tells people', () => {
    expect(oneOf(['licenses', 'people'], described)).toMatchObject({
      expected: 'one of "licenses", "people"',
      schema: { enum: ['licenses', 'people'] },
    })
    expect(textMatching(/^a+$/, 'some a', described)).toMatchObject({ expected: 'some a', schema: { pattern: '^a+$' } })
    expect(positiveInteger(described).schema).toEqual({ type: 'integer', minimum: 1, description: 'for people' })
  })
})
