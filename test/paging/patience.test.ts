import { describe, expect, test } from 'vitest'
import { NoAnswer, openPatience } from '../../src/paging/patience.ts'
import { timersThatStandStill } from '../timers-that-stand-still.ts'

const GRACE_MS = 200
const never = () => new Promise<never>(() => {})

/** A patience of which time passes when told; `deadlineMs`: from now. */
const patienceFor = (bounds: { readonly signal?: AbortSignal; readonly deadlineMs?: number }, graceMs = GRACE_MS) => {
  const pass = timersThatStandStill()
  const clock = { now: () => performance.now(), sleep: async () => {} }
  const { signal, deadlineMs } = bounds
  const scope = {
    ...(signal === undefined ? {} : { signal }),
    ...(deadlineMs === undefined ? {} : { deadlineAt: clock.now() + deadlineMs }),
  }
  const patience = openPatience(scope, clock, graceMs)
  return { patience, later: pass }
}

/** How a wait ended; `waiting` while it has not. */
const watched = (wait: Promise<unknown>) => {
  let state: unknown = 'waiting'
  wait.then(
    (value) => {
      state = { value }
    },
    (thrown: unknown) => {
      state = thrown
    },
  )
  return () => state
}

const noAnswer = (end: 'aborted' | 'deadline') =>
  expect.objectContaining({ name: 'NoAnswer', end, message: 'it did not answer before the run had to end' })

describe('patience', () => {
  test('has no end where there is neither signal nor deadline, and starts no timer', async () => {
    const { patience, later } = patienceFor({})
    const answer = never()
    expect(patience.wait(answer)).toBe(answer)
    await later(1e9)
    expect(patience.over()).toBeUndefined()
  })

  test('gives the answer, or what it failed with, as it came', async () => {
    const { patience } = patienceFor({ deadlineMs: 1_000 })
    expect(await patience.wait(Promise.resolve(7))).toBe(7)
    await expect(patience.wait(Promise.reject(new Error('the disk is full')))).rejects.toThrow('the disk is full')
  })

  test('ends so much after the deadline as its grace is, and no sooner', async () => {
    const { patience, later } = patienceFor({ deadlineMs: 1_000 })
    const state = watched(patience.wait(never()))
    await later(1_000 + GRACE_MS - 1)
    expect([state(), patience.over()]).toEqual(['waiting', undefined])
    await later(1)
    expect([state(), patience.over()]).toEqual([noAnswer('deadline'), 'deadline'])
    expect(state()).toBeInstanceOf(NoAnswer)
  })

  test('ends so much after the signal as its grace is, and says that it was the signal', async () => {
    const controller = new AbortController()
    const { patience, later } = patienceFor({ signal: controller.signal, deadlineMs: 1_000 })
    const state = watched(patience.wait(never()))
    await later(10)
    controller.abort()
    await later(GRACE_MS - 1)
    expect([state(), patience.over()]).toEqual(['waiting', undefined])
    await later(1)
    expect([state(), patience.over()]).toEqual([noAnswer('aborted'), 'aborted'])
  })

  test('takes an answer that comes within its grace', async () => {
    const { patience, later } = patienceFor({ deadlineMs: 0 })
    let answer = (_: number) => {}
    const state = watched(patience.wait(new Promise<number>((resolve) => (answer = resolve))))
    await later(GRACE_MS - 1)
    answer(7)
    await later(0)
    expect(state()).toEqual({ value: 7 })
  })

  test('gives its grace once, however many answers are waited for', async () => {
    const { patience, later } = patienceFor({ deadlineMs: 0 })
    const first = watched(patience.wait(never()))
    await later(GRACE_MS - 50)
    const second = watched(patience.wait(never()))
    await later(49)
    expect([first(), second()]).toEqual(['waiting', 'waiting'])
    await later(1)
    expect([first(), second()]).toEqual([noAnswer('deadline'), noAnswer('deadline')])
    const third = watched(patience.wait(never()))
    await later(5)
    expect(third()).toEqual(noAnswer('deadline'))
  })

  test('is over with the deadline where it has no grace, also where nothing was waited for', async () => {
    const { patience, later } = patienceFor({ deadlineMs: 1_000 }, 0)
    await later(999)
    expect(patience.over()).toBeUndefined()
    await later(1)
    expect(patience.over()).toBe('deadline')
  })

  test('is over with the signal where it has no grace, whatever the deadline is', () => {
    const controller = new AbortController()
    const { patience } = patienceFor({ signal: controller.signal }, 0)
    expect(patience.over()).toBeUndefined()
    controller.abort()
    expect(patience.over()).toBe('aborted')
    expect(patienceFor({ signal: controller.signal, deadlineMs: -5 }, 0).patience.over()).toBe('aborted')
  })

  test('counts its grace from where its end was noticed', async () => {
    const { patience, later } = patienceFor({ deadlineMs: 0 })
    expect(patience.over()).toBeUndefined()
    await later(GRACE_MS - 1)
    expect(patience.over()).toBeUndefined()
    await later(1)
    expect(patience.over()).toBe('deadline')
  })
})
