import * as TE from 'fp-ts/lib/TaskEither.js'
import { describe, expect, test } from 'vitest'
import { openScope, scopeOf, whenRun, within } from '../../src/paging/index.ts'
import { stoppedClock } from './list-of.ts'

const clock = stoppedClock(10_000)

describe('the scope of a call', () => {
  test('has the signal of the caller and the deadline counted from now', () => {
    const { signal } = new AbortController()
    expect(scopeOf({ signal, deadlineMs: 500 }, clock)).toEqual({ signal, deadlineAt: 10_500 })
  })

  test('has no bounds where none were asked for', () => {
    expect(scopeOf({}, clock)).toStrictEqual({})
  })
})

describe('the scope of an iteration', () => {
  test('has bounds of its own, which end when it is closed', () => {
    const controller = new AbortController()
    const scope = openScope({ signal: controller.signal, deadlineMs: 500 }, clock)
    expect(scope.deadlineAt).toBe(10_500)
    expect(scope.signal.aborted).toBe(false)
    scope.close()
    expect(scope.signal.aborted).toBe(true)
    expect(controller.signal.aborted).toBe(false)
  })

  test('has no deadline where none was asked for', () => {
    expect(openScope({}, clock)).not.toHaveProperty('deadlineAt')
  })

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

test('a call that is made early and run late has its whole time', async () => {
  let now = 10_000
  const call = whenRun({ deadlineMs: 500 }, { now: () => now, sleep: async () => {} }, TE.right)
  now = 20_000
  expect(await call()).toMatchObject({ right: { deadlineAt: 20_500 } })
})

test('a deadline goes by the time that never goes back, where the clock has one', () => {
  const jumping = { now: () => 5, elapsed: () => 10_000, sleep: async () => {} }
  expect(scopeOf({ deadlineMs: 500 }, jumping)).toEqual({ deadlineAt: 10_500 })
  expect(within({ deadlineAt: 10_300 }, jumping)).toEqual({ signal: undefined, deadlineMs: 300 })
})
