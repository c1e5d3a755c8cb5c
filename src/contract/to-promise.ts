import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { demand } from '../model/invalid-input.ts'
import { isRecord } from '../model/is-record.ts'
import type { LicenseError } from '../model/license-error.ts'
import { LicenseException } from '../model/license-exception.ts'
import type { TaggedFailure } from '../model/tagged-failure.ts'

const TASK = 'a task: what a call of this library gives'

/**
 * Runs a task for callers who prefer promises. Resolves to the value, or rejects with a `LicenseException`, whose `error` is
 * the failure: a `LicenseError`, a `PlanFailure` or a `SnapshotFailure`.
 */
export const toPromise = async <A, F extends TaggedFailure = LicenseError>(result: TaskEither<F, A>): Promise<A> => {
  demand(typeof result === 'function', 'result', TASK)
  const either = await result()
  // Of a function that was handed in instead of what a call of it gives.
  demand(isRecord(either) && ['Left', 'Right'].includes(either._tag), 'result', TASK)
  if (E.isLeft(either)) throw new LicenseException(either.left)
  return either.right
}
