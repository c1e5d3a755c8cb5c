import * as E from 'fp-ts/lib/Either.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { DecodingProblem } from '../model/codec.ts'
import { invalidInput } from '../model/invalid-input.ts'
import { momentOf } from '../model/moment.ts'
import type { Hashing } from '../model/sha256.ts'
import { problemsInHashing } from './caller-input.ts'
import { Plan } from './plan.ts'
import type { PlanFailure } from './plan-failure.ts'
import { planSeal } from './plan-seal.ts'
import { planTask } from './plan-task.ts'
import { keyOfSeat } from './seat.ts'
import { sharedPlan } from './shared-texts.ts'

/** What no plan of `createPlan` has, whatever its hash is. */
const oddity = ({ changes, users }: Plan): DecodingProblem | undefined => {
  const known = new Set(users.map(({ id }) => id))
  if (changes.some(({ userId }) => !known.has(userId)))
    return { path: 'changes', expected: 'only changes of its users' }
  if (new Set(changes.map(keyOfSeat)).size < changes.length)
    return { path: 'changes', expected: 'each license of each user once' }
  return undefined
}

const noPlan = ({ path, expected }: DecodingProblem): PlanFailure =>
  invalidInput(path, expected, `not a plan: ${path || 'the value'}: expected ${expected}`)

const tampered: PlanFailure = {
  _tag: 'Tampered',
  what: 'plan',
  message: 'the plan was changed after it was made: its content does not have the hash that it names',
}

/** Checks that a value is a plan with the hash that it names, and gives it as it was handed in. Never rejects. */
export const intactPlan = (value: unknown, hashing: Hashing = {}): TaskEither<PlanFailure, Plan> =>
  planTask(async () => {
    const wrong = problemsInHashing(hashing)
    if (RA.isNonEmpty(wrong)) return E.left(wrong)
    const decoded = Plan.decode(value)
    // For something that is not a plan, the first problem is enough.
    if (E.isLeft(decoded)) return E.left([noPlan(decoded.left[0] ?? { path: '', expected: Plan.name })])
    const odd = oddity(decoded.right)
    if (odd !== undefined) return E.left([noPlan(odd)])
    return (await planSeal.isAsSealed(decoded.right, hashing)) ? E.right(decoded.right) : E.left([tampered])
  })

/** Reads a plan out of parsed JSON. Never rejects. */
export const readPlan = (value: unknown, hashing?: Hashing): TaskEither<PlanFailure, Plan> =>
  TE.map(sharedPlan)(intactPlan(value, hashing))

/**
 * Whether a plan can no longer be applied. `now`: milliseconds since 1970. A plan whose `expiresAt` is not a date
 * has expired.
 */
export const hasExpired = ({ expiresAt }: Plan, now: number): boolean => !((momentOf(expiresAt) ?? 0) > now)
