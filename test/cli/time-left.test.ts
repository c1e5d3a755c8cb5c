import { describe, expect, it } from 'vitest'
import { openTimeLeft } from '../../src/cli/output/time-left.ts'

/** What is said after pages that came at these seconds, of so many. */
const said = (expectedPages: number | undefined, ...came: readonly (readonly [seconds: number, pages: number])[]) => {
  let now = 0
  const timeLeft = openTimeLeft(() => now)
  let last: string | undefined
  for (const [seconds, pages] of came) {
    now = seconds * 1_000
    last = timeLeft({ list: '1', pages, expectedPages })
  }
  return last
}

describe('the time that is left', () => {
  it('is that of the pages that are expected, at the pace of those that came', () => {
    expect(said(1_000, [0, 1], [60, 101])).toBe('about 9 min left')
  })

  it.each([
    [200, 'less than a minute left'],
    [30_000, 'about 5 h left'],
  ])('is told without more digits than are known: %d pages', (expected, text) => {
    expect(said(expected, [0, 1], [60, 101])).toBe(text)
  })

  it.each<[string, string | undefined]>([
    ['nobody knows how many pages there are', said(undefined, [0, 1], [60, 101])],
    ['too little has come to tell the pace', said(1_000, [0, 1], [2, 9])],
    ['nothing more is to come', said(100, [0, 1], [60, 100])],
  ])('is not told where %s', (_, text) => {
    expect(text).toBeUndefined()
  })

  it('goes by the pace of the last minutes, whatever came at once before', () => {
    const slow = Array.from({ length: 30 }, (_, place) => [(place + 1) * 10, 500 + place] as const)
    expect(said(1_000, [0, 1], [1, 500], ...slow)).toBe('about 79 min left')
  })
})
