import { afterEach, describe, expect, test, vi } from 'vitest'
import { systemClock } from '../../src/paging/index.ts'

describe('the clock of the system', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  test('sleeps as long as it is told', async () => {
    vi.useFakeTimers()
    let awake = false
    const sleep = systemClock.sleep(1_000).then(() => {
      awake = true
    })
    await vi.advanceTimersByTimeAsync(999)
    expect(awake).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    await sleep
    expect(awake).toBe(true)
  })

  test('wakes at once when the signal fires, without an error and without a timer left behind', async () => {
    vi.useFakeTimers()
    const controller = new AbortController()
    const sleep = systemClock.sleep(1_000, controller.signal)
    controller.abort()
    await sleep
    expect(vi.getTimerCount()).toBe(0)
  })

  test('does not sleep where the signal has fired before, and starts no timer', async () => {
    vi.useFakeTimers()
    await systemClock.sleep(1_000_000, AbortSignal.abort())
    expect(vi.getTimerCount()).toBe(0)
  })

  test('sleeps as long as a timer can, and not shorter, where it is told to sleep for longer', async () => {
    vi.useFakeTimers()
    let awake = false
    const sleep = systemClock.sleep(2 ** 40).then(() => {
      awake = true
    })
    await vi.advanceTimersByTimeAsync(2 ** 31 - 2)
    expect(awake).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    await sleep
  })

  test('lets go of a signal that outlives its sleep', async () => {
    vi.useFakeTimers()
    const controller = new AbortController()
    const sleep = systemClock.sleep(1_000, controller.signal)
    await vi.advanceTimersByTimeAsync(1_000)
    await sleep
    const again = systemClock.sleep(1_000, controller.signal)
    controller.abort()
    await again
    expect(vi.getTimerCount()).toBe(0)
  })

  test('has one listener on a signal, however often it sleeps on it', async () => {
    const added: string[] = []
    const { signal } = new AbortController()
    signal.addEventListener = (type: string) => added.push(type)
    await Promise.all(Array.from({ length: 30 }, () => systemClock.sleep(1, signal)))
    expect(added).toEqual(['abort'])
  })

  test('tells the time', () => {
    expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1_000)
  })
})
