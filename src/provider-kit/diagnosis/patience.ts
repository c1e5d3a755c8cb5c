import * as E from 'fp-ts/lib/Either.js'
import type { Task } from 'fp-ts/lib/Task.js'
import type { LicenseError } from '../../model/license-error.ts'
import { thrownText } from '../../model/thrown-text.ts'
import { boundedSignal } from '../../paging/bounded-signal.ts'
import { type Clock, elapsedOn } from '../../paging/clock.ts'
import { openScope, type RequestScope } from '../../paging/request-scope.ts'
import type { Fetch } from '../transport/fetch.ts'
import { patientFetch } from './patient-fetch.ts'
import type { Seen } from './watch-host.ts'

export type Answer<A = unknown> = E.Either<LicenseError, A>

/** What bounds the requests about one provider. */
export interface Bounds {
  readonly scope: RequestScope
  /** Code of others may not keep to bounds, and may throw. */
  readonly run: <A>(task: Task<Answer<A>> | undefined) => Promise<Answer<A> | undefined>
  /** Says of a deadline that it is ours: the vendor does not answer. */
  readonly impatient: (error: LicenseError) => LicenseError
  /** What the requests are sent by. Default: that of the host. */
  readonly fetch?: Fetch | undefined
  /** Must be called. */
  readonly release: () => void
}

/** How long a vendor is waited for. */
export interface Patience {
  /** The vendor has `patienceMs` for everything. */
  readonly ofAll: (provider: string) => Bounds
  /** The vendor has `patienceMs` for each answer: there may be many organizations, and a rate limit to wait for. */
  readonly ofRequests: (provider: string, fetch: Fetch | undefined) => Bounds
  /** Why this provider need not be asked for: the vendor has not answered one before. Undefined: it has. */
  readonly silence: (provider: string) => LicenseError | undefined
}

interface PatienceOptions {
  readonly clock: Clock
  readonly patienceMs: number
  readonly seen: () => Seen
  /** The bounds of the whole diagnosis. */
  readonly whole: RequestScope
}

export const openPatience = ({ clock, patienceMs, seen, whole }: PatienceOptions): Patience => {
  const seconds = patienceMs / 1_000
  /** When the request began that had no answer for so long. */
  let silentSince = Number.NEGATIVE_INFINITY

  const late = (provider: string, message: string): LicenseError => {
    return { _tag: 'Unavailable', provider, operation: 'diagnose', message, attempts: 1, timedOut: true }
  }
  const unanswered = (provider: string): LicenseError => {
    const { hosts, failure } = seen()
    const silence = hosts.size === 0 ? `no answer within ${seconds} s` : `no whole answer within ${seconds} s`
    return late(provider, failure ?? silence)
  }

  const boundsOf = (provider: string, scope: RequestScope, isLate: () => boolean): Bounds => {
    const bounded = boundedSignal(scope, clock)
    const name = { provider, operation: 'diagnose' }
    const impatient = (error: LicenseError): LicenseError =>
      isLate() && (error._tag === 'DeadlineExceeded' || error._tag === 'Aborted') ? unanswered(provider) : error
    return {
      scope,
      impatient,
      release: bounded.release,
      run: async (task) => {
        if (task === undefined) return undefined
        try {
          return E.mapLeft(impatient)(await bounded.unlessEnded(task()))
        } catch (thrown) {
          const cause = bounded.cause()
          if (cause === 'aborted') return E.left(impatient({ _tag: 'Aborted', ...name, message: 'interrupted' }))
          if (cause !== undefined)
            return E.left(impatient({ _tag: 'DeadlineExceeded', ...name, message: 'the deadline has passed' }))
          return E.left({ _tag: 'InvalidResponse', ...name, message: thrownText(thrown), issues: [] })
        }
      },
    }
  }

  return {
    ofAll: (provider) => {
      const ownAt = elapsedOn(clock) + patienceMs
      const { deadlineAt = Number.POSITIVE_INFINITY } = whole
      const isOurs = ownAt <= deadlineAt
      const isLate = () => isOurs && whole.signal?.aborted !== true
      return boundsOf(provider, { ...whole, deadlineAt: Math.min(ownAt, deadlineAt) }, isLate)
    },
    ofRequests: (provider, fetch = globalThis.fetch) => {
      const { signal, ...call } = whole
      const scope = openScope({ signal }, clock, call)
      let isSilent = false
      const onSilence = (since: number) => {
        isSilent = true
        silentSince = Math.max(silentSince, since)
        scope.close()
      }
      const bounds = boundsOf(provider, scope, () => isSilent)
      return {
        ...bounds,
        fetch: patientFetch(fetch, { clock, patienceMs, onSilence }),
        release: () => {
          bounds.release()
          scope.close()
        },
      }
    },
    silence: (provider) =>
      seen().answeredAt < silentSince ? late(provider, 'not asked, as the vendor does not answer') : undefined,
  }
}
