import { describe, expect, test } from 'vitest'
import { aClock, problemInRequest } from '../../src/paging/call-checks.ts'

const now = () => 0
const sleep = async () => {}

describe('a clock', () => {
  for (const clock of [
    { now, sleep },
    { now, sleep, elapsed: now },
    { now, sleep, elapsed: undefined },
  ]) {
    test(`is one with ${Object.keys(clock).join(', ')}`, () => {
      expect(aClock.is(clock)).toBe(true)
    })
  }

  for (const [what, value] of [
    ['nothing', undefined],
    ['null', null],
    ['a function', now],
    ['what cannot sleep', { now }],
    ['what tells no time', { sleep }],
    ['what has a number for its time', { now: 0, sleep }],
    ['what has a number for the time of deadlines', { now, sleep, elapsed: 0 }],
  ] as const) {
    test(`is not ${what}`, () => {
      expect(aClock.is(value)).toBe(false)
    })
  }
})

describe('the request of a list', () => {
  test('is good with all that it may have', () => {
    const { signal } = new AbortController()
    expect(problemInRequest({ signal, deadlineMs: 500, pageSize: 10, continuation: 'more' })).toBeUndefined()
  })

  for (const [setting, expected, values] of [
    ['signal', 'an AbortSignal', [null, 'now', { aborted: false }, { addEventListener: now }]],
    ['deadlineMs', 'a number of milliseconds', ['500', Number.NaN]],
    ['pageSize', 'a number of items', ['10', Number.NaN]],
    ['continuation', 'the continuation of a page', [2, { page: 2 }]],
  ] as const) {
    for (const value of values) {
      test(`is told what is wrong where its ${setting} is ${JSON.stringify(value)}`, () => {
        const problem = problemInRequest({ [setting]: value })
        expect(problem).toContain(setting)
        expect(problem).toContain(expected)
      })
    }
  }
})
