import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import type { LicenseError } from '../../model/license-error.ts'
import type { BoundedSignal } from '../../paging/bounded-signal.ts'
import type { Clock } from '../../paging/clock.ts'
import type { ListName } from '../../paging/paged.ts'
import type { RequestScope } from '../../paging/request-scope.ts'
import { deadlinePassed, endOfScope, stoppedByCaller } from '../../paging/scope-end.ts'
import type { TransportEvent } from './events.ts'
import type { HttpRequest } from './http-message.ts'
import type { Hold } from './request-budget.ts'

/** The waits of the requests of one provider. None lasts longer than its scope. */
export const createWaits = (provider: string, clock: Clock, emit: (event: TransportEvent) => void) => {
  const nameOf = ({ operation }: HttpRequest): ListName => ({ provider, operation })

  /** The failure where the scope has ended, or ends before a wait does. */
  const endOf = (request: HttpRequest, scope: RequestScope, waitMs = 0): LicenseError | undefined =>
    endOfScope(scope, clock, nameOf(request), waitMs)

  const wait = async (request: HttpRequest, scope: RequestScope, hold: Hold | { ms: number; reason: 'retry' }) => {
    const end = endOf(request, scope, hold.ms)
    if (end !== undefined) return end
    // Behind another one that has waited, it is a wait of no time.
    if (hold.ms > 0) emit({ type: 'wait', provider, operation: request.operation, reason: hold.reason, ms: hold.ms })
    await clock.sleep(hold.ms, scope.signal)
    return endOf(request, scope)
  }

  /**
   * Waits for a shared outcome until the request must end, when its signal fires. Others may still wait for it. `what`: it, for
   * people.
   */
  const unlessEnded = async <A>(
    request: HttpRequest,
    bounded: BoundedSignal,
    outcomeOf: () => Promise<Either<LicenseError, A>>,
    what?: string,
  ): Promise<Either<LicenseError, A>> => {
    try {
      return await bounded.unlessEnded(outcomeOf())
    } catch (thrown) {
      const cause = bounded.cause()
      if (cause === undefined) throw thrown
      return E.left(cause === 'aborted' ? stoppedByCaller(nameOf(request)) : deadlinePassed(nameOf(request), what))
    }
  }

  return { endOf, wait, unlessEnded }
}
