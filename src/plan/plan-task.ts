import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { CallerFault } from '../model/caller-fault.ts'
import { thrownText } from '../model/thrown-text.ts'
import { inOne, type PlanFailure, type PlanFailures } from './plan-failure.ts'

/** Providers and journals are called where their failures are caught: anything else is a mistake of ours. */
const failureOf = (thrown: unknown): PlanFailure =>
  thrown instanceof CallerFault
    ? { _tag: 'FunctionFailed', function: thrown.function, message: thrown.message }
    : { _tag: 'Defect', message: `Seatlens has a mistake, please report it: ${thrownText(thrown)}` }

/** A task for callers. It fails with one failure, which has all others in it, and never rejects. */
export const planTask =
  <A>(work: () => Promise<E.Either<PlanFailures, A>>): TaskEither<PlanFailure, A> =>
  async () => {
    try {
      return E.mapLeft(inOne)(await work())
    } catch (thrown) {
      return E.left(failureOf(thrown))
    }
  }
