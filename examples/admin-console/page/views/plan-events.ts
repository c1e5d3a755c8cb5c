import type { PlanEvents } from '../../shared/api.ts'
import { Refused } from '../api.ts'

export interface FollowedEvents {
  readonly path: string
  /** Ends it. */
  readonly signal: AbortSignal
  /** Asks for the plan: it throws where the user may not see it any more. */
  readonly check: () => Promise<unknown>
  /** What is done with each event. */
  readonly on: { readonly [Name in keyof PlanEvents]: (content: PlanEvents[Name]) => void }
  readonly onLost: (isLost: boolean) => void
  readonly onError: (error: unknown) => void
}

const AGAIN_AFTER_MS = 2_000

/** Follows a plan live. `EventSource` connects again by itself and goes on where it was; where it gives up, this does. */
export const followEvents = (events: FollowedEvents): void => {
  const { path, signal, check, on, onLost, onError } = events
  if (signal.aborted) return
  const source = new EventSource(path)
  const close = () => source.close()
  signal.addEventListener('abort', close, { once: true })
  const listen = <Name extends keyof PlanEvents>(name: Name): void =>
    source.addEventListener(name, ({ data }: MessageEvent<string>) => {
      const content: PlanEvents[Name] = JSON.parse(data)
      on[name](content)
    })
  for (const name of ['outcome', 'progress', 'state'] as const) listen(name)
  source.addEventListener('open', () => onLost(false))
  source.addEventListener('error', async () => {
    if (signal.aborted) return
    onLost(true)
    if (source.readyState !== EventSource.CLOSED) return
    // The answer was no stream: the session has ended, or something between here and the server is broken.
    signal.removeEventListener('abort', close)
    await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS))
    try {
      await check()
    } catch (error) {
      if (error instanceof Refused && error.status < 500) return onError(error)
    }
    followEvents(events)
  })
}
