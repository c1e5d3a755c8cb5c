import { type Clock, elapsedOn, type RequestScope } from '../paging/index.ts'

/** What the end of the time of {@link spareTime} means, as a clause for people. */
export const NO_SPARE_TIME = 'it took more than half of the time before the deadline; give a longer deadline'

/**
 * The bounds of a reading that a call can do without: half of the time that the call has left. However long that reading
 * takes, there is time for what the call cannot do without. Without a deadline, they are those of the call.
 */
export const spareTime = (scope: RequestScope, clock: Clock): RequestScope => {
  const { deadlineAt } = scope
  if (deadlineAt === undefined) return scope
  const now = elapsedOn(clock)
  return { ...scope, deadlineAt: now + (deadlineAt - now) / 2 }
}
