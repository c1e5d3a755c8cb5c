import { CallerFault } from '../model/caller-fault.ts'
import { type Clock, elapsedOn, systemClock, timerOn } from './clock.ts'

const isTime = (ms: unknown): ms is number => typeof ms === 'number' && Number.isFinite(ms)
const isDate = (ms: unknown): ms is number => isTime(ms) && !Number.isNaN(new Date(ms).getTime())

const timeBy = (read: () => unknown, isSound: (ms: unknown) => ms is number): number => {
  let ms: unknown
  try {
    ms = read()
  } catch (thrown) {
    throw new CallerFault('clock', thrown)
  }
  if (isSound(ms)) return ms
  // What comes of it later is no time either, and must not end the process.
  if (ms instanceof Promise) ms.catch(() => {})
  throw new CallerFault('clock', 'it gave no time')
}

const lasting = (read: () => unknown, isSound: (ms: unknown) => ms is number, system: () => number): (() => number) => {
  let ahead = timeBy(read, isSound) - system()
  return () => {
    try {
      const ms = timeBy(read, isSound)
      ahead = ms - system()
      return ms
    } catch {
      return system() + ahead
    }
  }
}

/**
 * A clock of the caller that does not fail later than here: a `CallerFault` where it gives no time now. Where it gives none
 * later, it goes on from its last time as the system's clock does, so that no result is lost for it.
 */
export const lastingClock = (clock: Clock): Clock => ({
  now: lasting(() => clock.now(), isDate, Date.now),
  elapsed: lasting(
    () => elapsedOn(clock),
    isTime,
    () => elapsedOn(systemClock),
  ),
  after: (ms, act) => {
    try {
      return timerOn(clock, ms, act)
    } catch {
      return timerOn(systemClock, ms, act)
    }
  },
  sleep: async (ms, signal) => {
    try {
      await clock.sleep(ms, signal)
    } catch {
      await systemClock.sleep(ms, signal)
    }
  },
})
