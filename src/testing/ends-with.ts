import { Calls, type Clock, type LicenseError, type Lists, type RequestScope } from '../provider-kit/index.ts'

/** The end of a scope, as something that can be asked for and waited for. */
export interface ScopeEnd {
  /** Why the scope has ended, or undefined while it has not. */
  readonly ended: () => LicenseError | undefined
  /** Resolves when the scope ends. */
  readonly end: Promise<LicenseError>
  /** Stops waiting; must be called. */
  readonly release: () => void
}

/** Timers take no more, and a test does not take 24 days. */
const MAX_TIMER_MS = 2 ** 31 - 1

/** Watches for the signal and the deadline of a scope. */
export const endsWith = (scope: RequestScope, clock: Clock, name: Lists.ListName): ScopeEnd => {
  const { signal, deadlineAt } = scope
  const watched = new AbortController()
  const end = new Promise<LicenseError>((resolve) => {
    const abort = () => resolve(Calls.stoppedByCaller(name))
    signal?.addEventListener('abort', abort, { once: true, signal: watched.signal })
    const remaining = deadlineAt === undefined ? Number.POSITIVE_INFINITY : deadlineAt - Calls.elapsedOn(clock)
    if (remaining > MAX_TIMER_MS) return
    clock.sleep(remaining, watched.signal).then(() => {
      if (!watched.signal.aborted) resolve(Calls.deadlinePassed(name))
    })
  })
  return { ended: () => Calls.endOfScope(scope, clock, name), end, release: () => watched.abort() }
}
