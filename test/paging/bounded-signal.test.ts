import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { boundedSignal } from '../../src/paging/bounded-signal.ts'

const now = 1_000_000
const clock = { now: () => now, sleep: async () => {} }

describe('a bounded signal', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  for (const { what, deadlineMs, timeoutMs, firesAfterMs, cause } of [
    { what: 'its timeout', deadlineMs: undefined, timeoutMs: 300, firesAfterMs: 300, cause: 'timeout' },
    { what: 'its timeout, which comes first', deadlineMs: 301, timeoutMs: 300, firesAfterMs: 300, cause: 'timeout' },
    { what: 'its deadline', deadlineMs: 200, timeoutMs: undefined, firesAfterMs: 200, cause: 'deadline' },
    { what: 'its deadline, which comes first', deadlineMs: 200, timeoutMs: 201, firesAfterMs: 200, cause: 'deadline' },
    {
      what: 'its deadline, which comes with the timeout',
      deadlineMs: 200,
      timeoutMs: 200,
      firesAfterMs: 200,
      cause: 'deadline',
    },
  ]) {
    test(`fires at ${what}`, () => {
      const scope = deadlineMs === undefined ? {} : { deadlineAt: now + deadlineMs }
      const bounded = boundedSignal(scope, clock, timeoutMs)
      vi.advanceTimersByTime(firesAfterMs - 1)
      expect([bounded.signal.aborted, bounded.cause()]).toEqual([false, undefined])
      vi.advanceTimersByTime(1)
      expect([bounded.signal.aborted, bounded.cause()]).toEqual([true, cause])
    })
  }

  test('is timed by the clock, where that has timers', () => {
    const timers: { readonly ms: number; readonly act: () => void }[] = []
    let stopped = 0
    const after = (ms: number, act: () => void) => {
      timers.push({ ms, act })
      return () => {
        stopped++
      }
    }
    const bounded = boundedSignal({ deadlineAt: now + 200 }, { ...clock, after })
    vi.advanceTimersByTime(1_000)
    expect(timers.map(({ ms }) => ms)).toEqual([200])
    expect(bounded.signal.aborted).toBe(false)
    timers[0]?.act()
    expect(bounded.cause()).toBe('deadline')
    bounded.release()
    expect(stopped).toBe(1)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('fires with the signal of its scope', () => {
    const controller = new AbortController()
    const bounded = boundedSignal({ signal: controller.signal }, clock, 300)
    controller.abort()
    expect([bounded.signal.aborted, bounded.cause()]).toEqual([true, 'aborted'])
  })

  test('keeps the first cause', () => {
    const controller = new AbortController()
    const bounded = boundedSignal({ signal: controller.signal }, clock, 300)
    controller.abort()
    vi.advanceTimersByTime(300)
    expect(bounded.cause()).toBe('aborted')
  })

  test('has no timer where nothing bounds it', () => {
    boundedSignal({}, clock)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('has no timer for what is longer than a timer can be', () => {
    boundedSignal({ deadlineAt: now + 2 ** 31 }, clock, 2 ** 31)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('has a timer for the longest that a timer can be', () => {
    const bounded = boundedSignal({}, clock, 2 ** 31 - 1)
    vi.advanceTimersByTime(2 ** 31 - 2)
    expect(bounded.signal.aborted).toBe(false)
    vi.advanceTimersByTime(1)
    expect(bounded.signal.aborted).toBe(true)
  })

  test('fires no more once it is released, and keeps no timer', () => {
    const controller = new AbortController()
    const bounded = boundedSignal({ signal: controller.signal }, clock, 300)
    bounded.release()
    controller.abort()
    expect(vi.getTimerCount()).toBe(0)
    expect([bounded.signal.aborted, bounded.cause()]).toEqual([false, undefined])
  })

  test('has fired where it is first asked for after the end', () => {
    const controller = new AbortController()
    const bounded = boundedSignal({ signal: controller.signal }, clock)
    controller.abort()
    expect(bounded.signal.aborted).toBe(true)
    expect(bounded.signal).toBe(bounded.signal)
  })

  test('lets all act that wait for the end, once, and no more who let go', () => {
    const bounded = boundedSignal({}, clock, 300)
    const acted: string[] = []
    const act = () => acted.push('a')
    const letGo = bounded.whenEnded(act)
    bounded.whenEnded(act)
    const letGoOfB = bounded.whenEnded(() => {
      acted.push('b')
      letGoOfB()
    })
    bounded.whenEnded(() => acted.push('c'))
    letGo()
    vi.advanceTimersByTime(300)
    expect(acted).toEqual(['a', 'b', 'c'])
    bounded.whenEnded(() => acted.push('d'))()
    expect(acted).toEqual(['a', 'b', 'c', 'd'])
  })

  test('waits for a promise as long as it has not ended', async () => {
    const bounded = boundedSignal({}, clock, 300)
    await expect(bounded.unlessEnded(Promise.resolve(1))).resolves.toBe(1)
    await expect(bounded.unlessEnded(Promise.reject(new Error('why')))).rejects.toThrow('why')
    const waiting = bounded.unlessEnded(new Promise(() => {}))
    vi.advanceTimersByTime(300)
    await expect(waiting).rejects.toThrow('the end came first')
    await expect(bounded.unlessEnded(new Promise(() => {}))).rejects.toThrow('the end came first')
  })
})
