import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { momentOf } from '../model/moment.ts'
import { decode } from '../provider-kit/decode.ts'
import { contentHash } from './content-hash.ts'
import { Plan } from './plan.ts'
import { keyOfSeat } from './seat.ts'

/** What no plan of ours has, whatever its hash says. */
const oddities = ({ changes, users }: Plan): string | undefined => {
  const known = new Set(users.map(({ id }) => id))
  if (changes.some(({ userId }) => !known.has(userId))) return 'a change of somebody who is not among its users'
  if (new Set(changes.map(keyOfSeat)).size < changes.length) return 'two changes of one license of one user'
  return undefined
}

/** What is nested deeper than any plan is not what was hashed. */
const isHashOf = async (hash: string, content: unknown): Promise<boolean> => {
  try {
    return hash === (await contentHash(content))
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/** Reads a plan out of JSON that was parsed. A `Left` is one line that says what is wrong with it. */
export const readPlan =
  (value: unknown): TaskEither<string, Plan> =>
  async () => {
    const decoded = decode(Plan, value)
    // The first thing says enough of what is no plan at all.
    if (E.isLeft(decoded)) return E.left(`not a plan: ${decoded.left[0]}`)
    const odd = oddities(decoded.right)
    if (odd !== undefined) return E.left(`not a plan: ${odd}`)
    const { hash, ...content } = decoded.right
    return (await isHashOf(hash, content))
      ? decoded
      : E.left('the plan was changed after it was made: its content does not have the hash that it names')
  }

export const hasExpired = ({ expiresAt }: Plan, now: number): boolean => !((momentOf(expiresAt) ?? 0) > now)
