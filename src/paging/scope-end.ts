import type { Aborted, DeadlineExceeded, LicenseError } from '../model/license-error.ts'
import { type Clock, elapsedOn } from './clock.ts'
import type { ListName } from './paged.ts'
import type { RequestScope } from './request-scope.ts'

/** That the caller has stopped a call or an iteration. */
export const stoppedByCaller = ({ provider, operation }: ListName): Aborted => ({
  _tag: 'Aborted',
  provider,
  operation,
  message: 'stopped by the caller',
})

/** That a call or an iteration took longer than the caller allows. */
export const deadlinePassed = ({ provider, operation }: ListName): DeadlineExceeded => ({
  _tag: 'DeadlineExceeded',
  provider,
  operation,
  message: 'the deadline has passed',
})

/** Why a scope has ended, or would end before so many milliseconds have passed; undefined while it has not. */
export const endOfScope = (
  { signal, deadlineAt }: RequestScope,
  clock: Clock,
  name: ListName,
  waitMs = 0,
): LicenseError | undefined => {
  if (signal?.aborted) return stoppedByCaller(name)
  return deadlineAt !== undefined && elapsedOn(clock) + waitMs >= deadlineAt ? deadlinePassed(name) : undefined
}
