import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { CallerFault } from '../../src/model/caller-fault.ts'
import { lastingClock } from '../../src/paging/lasting-clock.ts'

const SYSTEM_START = 50_000

/** The system's clocks, which go on only when told. */
const systemThatStandsStill = () => {
  vi.useFakeTimers({ now: SYSTEM_START })
  onTestFinished(() => void vi.useRealTimers())
  return (ms: number) => vi.advanceTimersByTimeAsync(ms)
}

/** A clock of a caller that gives what it is told to. */
const callersClock = (first: unknown) => {
  let give = (): unknown => first
  // A caller who writes JavaScript may give anything.
  const read = () => give() as number
  return {
    clock: { now: read, elapsed: read, sleep: async () => {} },
    gives: (next: () => unknown) => {
      give = next
    },
  }
}

const broken = () => {
  throw new Error('no battery')
}

describe('a clock of the caller', () => {
  test('tells its own time', () => {
    const { clock, gives } = callersClock(1_000)
    const lasting = lastingClock(clock)
    gives(() => 7_000)
    expect([lasting.now(), lasting.elapsed?.()]).toEqual([7_000, 7_000])
  })

  for (const [what, first] of [
    ['a text', '1000'],
    ['nothing', undefined],
    ['no number', Number.NaN],
    ['a number without end', Number.POSITIVE_INFINITY],
    ['a date that is too far away', 1e20],
    ['a Date', new Date(0)],
  ] as const) {
    test(`fails at once where it gives ${what}`, () => {
      expect(() => lastingClock(callersClock(first).clock)).toThrow(new CallerFault('clock', 'it gave no time'))
    })
  }

  test('fails at once where the time for deadlines is a text', () => {
    const elapsed = () => '1000' as unknown as number
    expect(() => lastingClock({ ...callersClock(1_000).clock, elapsed })).toThrow('`clock` failed: it gave no time')
  })

  test('may count deadlines from any moment, also from one that is no date', () => {
    expect(lastingClock({ ...callersClock(1_000).clock, elapsed: () => 1e20 }).elapsed?.()).toBe(1e20)
  })

  test('fails at once with what it throws', () => {
    const { clock } = callersClock(1_000)
    const fault = { name: 'CallerFault', function: 'clock', message: '`clock` failed: no battery' }
    expect(() => lastingClock({ ...clock, now: broken })).toThrow(expect.objectContaining(fault))
  })

  test('fails at once where it gives a promise, and the process goes on where that is rejected', async () => {
    const unhandled: unknown[] = []
    const note = (reason: unknown) => unhandled.push(reason)
    process.on('unhandledRejection', note)
    onTestFinished(() => void process.off('unhandledRejection', note))
    const { clock } = callersClock(Promise.reject(new Error('no time')))
    expect(() => lastingClock(clock)).toThrow('`clock` failed: it gave no time')
    await new Promise((resolve) => setImmediate(resolve))
    expect(unhandled).toEqual([])
  })
})

describe('a clock of the caller that fails later', () => {
  for (const [what, later] of [
    ['throws', broken],
    ['gives a text', () => 'noon'],
    ['gives nothing', () => undefined],
  ] as const) {
    test(`goes on from its last time as the system does, where it ${what}`, async () => {
      const pass = systemThatStandsStill()
      const { clock, gives } = callersClock(1_000)
      const lasting = lastingClock(clock)
      await pass(300)
      gives(later)
      expect([lasting.now(), lasting.elapsed?.()]).toEqual([1_300, 1_300])
    })
  }

  test('goes on from what it told last, and not from its beginning', async () => {
    const pass = systemThatStandsStill()
    const { clock, gives } = callersClock(1_000)
    const lasting = lastingClock(clock)
    gives(() => 20_000)
    lasting.now()
    lasting.elapsed?.()
    gives(broken)
    await pass(5)
    expect([lasting.now(), lasting.elapsed?.()]).toEqual([20_005, 20_005])
  })
})

describe('the sleep of a clock of the caller', () => {
  test('is its own', async () => {
    const slept: unknown[] = []
    const { signal } = new AbortController()
    const sleep = async (...given: unknown[]) => void slept.push(given)
    await lastingClock({ ...callersClock(1_000).clock, sleep }).sleep(700, signal)
    expect(slept).toEqual([[700, signal]])
  })

  test('is that of the system where it fails, and ends with the signal', async () => {
    const pass = systemThatStandsStill()
    const lasting = lastingClock({ ...callersClock(1_000).clock, sleep: async () => broken() })
    const controller = new AbortController()
    let awake = 0
    const wake = () => void awake++
    void lasting.sleep(700).then(wake)
    void lasting.sleep(1e6, controller.signal).then(wake)
    await pass(699)
    expect(awake).toBe(0)
    await pass(1)
    expect(awake).toBe(1)
    controller.abort()
    await pass(0)
    expect(awake).toBe(2)
  })
})
