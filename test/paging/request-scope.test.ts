import { describe, expect, test } from 'vitest'
import { openScope, scopeOf, within } from '../../src/paging/index.ts'
import { stoppedClock } from './list-of.ts'

const clock = stoppedClock(10_000)

describe('the scope of a call', () => {
  test('has the signal of the caller and the deadline counted from now', () => {
    const { signal } = new AbortController()
    expect(scopeOf({ signal, deadlineMs: 500 }, clock)).toEqual({ signal, deadlineAt: 10_500 })
  })

  test('has no bounds where none were asked for', () => {
    expect(scopeOf({}, clock)).toEqual({})
  })
})

describe('the scope of an iteration', () => {
  test('has one listener on the signal of the caller, however many there are', () => {
    const added: string[] = []
    const { signal } = new AbortController()
    signal.addEventListener = (type: string) => added.push(type)
    for (let scope = 0; scope < 30; scope++) openScope({ signal }, clock)
    expect(added).toEqual(['abort'])
  })
})

describe('the options of a part of a call', () => {
  test('end with the call', () => {
    const { signal } = new AbortController()
    expect(within({ signal, deadlineAt: 10_300 }, clock)).toEqual({ signal, deadlineMs: 300 })
  })

  test('have no deadline where the call has none', () => {
    expect(within({}, clock)).not.toHaveProperty('deadlineMs')
  })

  test('have a deadline in the past where that of the call has passed', () => {
    expect(within({ deadlineAt: 9_000 }, clock).deadlineMs).toBe(-1_000)
  })
})
