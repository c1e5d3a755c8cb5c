import { type Clock, timerOn } from '../../paging/clock.ts'
import type { Fetch } from '../transport/fetch.ts'

/**
 * A `fetch` that tells where it waits for an answer, or for a piece of one, as long as `patienceMs`. Waits for a rate limit do not
 * count: nothing is asked of the vendor meanwhile. `onSilence` is called with when the waiting began, in milliseconds since the
 * epoch.
 */
export const patientFetch = (
  fetch: Fetch,
  { clock, patienceMs, onSilence }: { clock: Clock; patienceMs: number; onSilence: (since: number) => void },
): Fetch => {
  const watched = async <A>(answer: Promise<A>): Promise<A> => {
    const since = clock.now()
    const stop = timerOn(clock, patienceMs, () => onSilence(since))
    try {
      return await answer
    } finally {
      stop()
    }
  }
  return async (url, init) => {
    const { status, type, headers, body } = await watched(fetch(url, init))
    if (body === null) return { status, type, headers, body }
    return {
      status,
      type,
      headers,
      body: {
        getReader: () => {
          const reader = body.getReader()
          return { read: () => watched(reader.read()), cancel: () => reader.cancel() }
        },
      },
    }
  }
}
