import * as E from 'fp-ts/lib/Either.js'
import type { Task } from 'fp-ts/lib/Task.js'
import pLimit from 'p-limit'
import type { Conflict, LicenseError } from '../model/license-error.ts'
import type { LicensedUser } from '../model/licensed-user.ts'

/** What became of looking for one user among many. */
export type UserLookup =
  | { readonly kind: 'found'; readonly user: LicensedUser }
  /** The vendor has been asked and knows nobody by that reference. */
  | { readonly kind: 'notFound' }
  | {
      readonly kind: 'ambiguous'
      /** All who could be meant, in whatever state; empty where the provider does not tell who they are. */
      readonly candidates: readonly LicensedUser[]
      /** What `getUser` said of it, where the candidates are not known. */
      readonly error?: Conflict
    }
  /** Whether there is such a user is not known. */
  | { readonly kind: 'failed'; readonly error: LicenseError }

/** What an answer of `getUser` means for somebody who looks for many. */
export const lookupOf = (answer: E.Either<LicenseError, LicensedUser>): UserLookup => {
  if (E.isRight(answer)) return { kind: 'found', user: answer.right }
  const error = answer.left
  if (error._tag === 'NotFound') return { kind: 'notFound' }
  return error._tag === 'Conflict' ? { kind: 'ambiguous', candidates: [], error } : { kind: 'failed', error }
}

const AT_ONCE = 8

/** Whether every other look-up would fail in the same way. */
const endsAll = ({ _tag }: LicenseError): boolean =>
  _tag === 'AuthenticationFailed' || _tag === 'RateLimited' || _tag === 'Aborted' || _tag === 'DeadlineExceeded'

/** Looks for each of them, eight at a time. After a failure that all would share, the rest have it unasked. */
export const lookUpEach =
  <A>(references: readonly A[], lookUp: (reference: A) => Task<UserLookup>): Task<readonly UserLookup[]> =>
  () => {
    let end: LicenseError | undefined
    return pLimit(AT_ONCE).map(references, async (reference): Promise<UserLookup> => {
      if (end !== undefined) return { kind: 'failed', error: end }
      const lookup = await lookUp(reference)()
      if (lookup.kind === 'failed' && endsAll(lookup.error)) end ??= lookup.error
      return lookup
    })
  }

/** Whether it is about the one who was looked for, so that it says nothing of the others. */
const isAboutOne = ({ _tag }: LicenseError): boolean =>
  _tag === 'RequestRejected' || _tag === 'InvalidResponse' || _tag === 'Incomplete'

/** The look-ups; or the failure of the first, where nothing could be read at all. */
export const unlessAllFailed = (lookups: readonly UserLookup[]): E.Either<LicenseError, readonly UserLookup[]> => {
  const [first] = lookups
  const nothingRead = lookups.every((lookup) => lookup.kind === 'failed' && !isAboutOne(lookup.error))
  return first?.kind === 'failed' && nothingRead ? E.left(first.error) : E.right(lookups)
}
