import { AsyncLocalStorage } from 'node:async_hooks'
import type { ProgressEvent, TransportEvent } from 'seatlens/provider-kit'

/**
 * Tells each request how far the lists are that it reads, and no other request: events of a provider come in the asynchronous
 * context of the call that reads the list.
 */
export const createListProgress = () => {
  const readers = new AsyncLocalStorage<(progress: ProgressEvent) => void>()
  return {
    /** For `onEvent` of all providers. */
    onEvent: (event: TransportEvent): void => {
      if (event.type === 'progress') readers.getStore()?.(event)
    },
    /** Does some work, and hears of the lists that it reads. */
    hearing: <A>(onProgress: (progress: ProgressEvent) => void, work: () => Promise<A>): Promise<A> =>
      readers.run(onProgress, work),
  }
}

export type ListProgress = ReturnType<typeof createListProgress>
