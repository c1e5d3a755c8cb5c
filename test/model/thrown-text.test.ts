import { expect, test } from 'vitest'
import { thrownText } from '../../src/model/thrown-text.ts'

test.each<[unknown, string]>([
  [new Error('the disk is gone'), 'the disk is gone'],
  [new TypeError('x is not a function'), 'TypeError: x is not a function'],
  [new Error(''), 'Error'],
  ['a text', 'a text'],
  [undefined, 'undefined'],
  [new Error('two\n  lines'), 'two lines'],
  [new Error('of ada@example.com'), 'of ***@***'],
  [new Error('Bearer abc.def; password: hunter2'), 'Bearer ***; password: ***'],
  [new Error('key 0a1b2c3d4e5f60718293a4b5c6d7e8f9 refused'), 'key *** refused'],
  [Object.create(null), 'no reason was given'],
])('%s as one masked line', (thrown, text) => {
  expect(thrownText(thrown)).toBe(text)
})

test('what cannot be read at all has no text', () => {
  const hostile = new Error('x')
  Object.defineProperty(hostile, 'message', {
    get: () => {
      throw hostile
    },
  })
  expect(thrownText(hostile)).toBe('no reason was given')
})
