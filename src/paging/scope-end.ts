import type { Aborted, DeadlineExceeded, LicenseError } from '../model/license-error.ts'
import { type Clock, elapsedOn } from './clock.ts'
import type { ListName } from './paged.ts'
import type { RequestScope } from './request-scope.ts'

const message = (what: string, detail: string | undefined): string =>
  detail === undefined ? what : `${what}; ${detail}`

/** The caller stopped the call or the iteration. `detail`: what the message also says. */
export const stoppedByCaller = ({ provider, operation }: ListName, detail?: string): Aborted => ({
  _tag: 'Aborted',
  provider,
  operation,
  message: message('interrupted', detail),
})

/** The call or the iteration takes longer than the caller allows. `detail`: what the message also says. */
export const deadlinePassed = ({ provider, operation }: ListName, detail?: string): DeadlineExceeded => ({
  _tag: 'DeadlineExceeded',
  provider,
  operation,
  message: message('the deadline has passed', detail),
})

/** Why a scope has ended, or ends within the next `waitMs` milliseconds; undefined where it does not. */
export const endOfScope = (
  { signal, deadlineAt }: RequestScope,
  clock: Clock,
  name: ListName,
  waitMs = 0,
): LicenseError | undefined => {
  if (signal?.aborted) return stoppedByCaller(name)
  return deadlineAt !== undefined && elapsedOn(clock) + waitMs >= deadlineAt ? deadlinePassed(name) : undefined
}
