import type { Clock } from '../../src/paging/clock.ts'
import { systemClock } from '../../src/paging/clock.ts'

/** A clock that stands still. */
export const atTime = (time: string): Clock => ({ ...systemClock, now: () => Date.parse(time) })
