import { describe, expect, test } from 'vitest'
import { createContentKeys } from '../../src/paging/content-keys.ts'

describe('the key of a content', () => {
  test('is the same for the same words in any order', () => {
    const keyOf = createContentKeys()
    const key = keyOf(['cx1', 'cx2', 'cx3'])
    expect([keyOf(['cx3', 'cx1', 'cx2']), keyOf(['cx2', 'cx3', 'cx1'])]).toEqual([key, key])
  })

  test('is another one for other words, for fewer, and for none', () => {
    const keyOf = createContentKeys()
    const keys = [['cx1', 'cx2'], ['cx1', 'cx3'], ['cx1'], []].map(keyOf)
    expect(new Set(keys).size).toBe(4)
  })
})
