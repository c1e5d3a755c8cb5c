import type { Aborted, DeadlineExceeded, LicenseError } from '../model/license-error.ts'
import { type Clock, elapsedOn } from './clock.ts'
import type { ListName } from './paged.ts'
import type { RequestScope } from './request-scope.ts'

/** The caller stopped the call or the iteration. */
export const stoppedByCaller = ({ provider, operation }: ListName): Aborted => ({
  _tag: 'Aborted',
  provider,
  operation,
  message: 'stopped by the caller',
})

/** The call or the iteration takes longer than the caller allows. */
export const deadlinePassed = ({ provider, operation }: ListName): DeadlineExceeded => ({
  _tag: 'DeadlineExceeded',
  provider,
  operation,
  message: 'the deadline has passed',
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
