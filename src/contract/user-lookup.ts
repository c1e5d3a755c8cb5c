import * as E from 'fp-ts/lib/Either.js'
import type { Task } from 'fp-ts/lib/Task.js'
import pLimit from 'p-limit'
import { foldedText } from '../model/folded-text.ts'
import type { Conflict, LicenseError } from '../model/license-error.ts'
import type { LicensedUser } from '../model/licensed-user.ts'
import { meantByAddress } from '../model/meant-by-address.ts'
import type { ListName } from '../paging/paged.ts'
import type { UserReference } from './license-provider.ts'

/** The result of looking up one of many users. */
export type UserLookup =
  | { readonly kind: 'found'; readonly user: LicensedUser }
  /** The vendor knows no such user. */
  | { readonly kind: 'notFound' }
  | {
      readonly kind: 'ambiguous'
      /** All users who could be meant, with any status; empty where the provider does not say who they are. */
      readonly candidates: readonly LicensedUser[]
      /** The failure of `getUser`, where the candidates are unknown. */
      readonly error?: Conflict | undefined
    }
  /** Whether there is such a user is unknown. */
  | { readonly kind: 'failed'; readonly error: LicenseError }

/** The look-up that a result of `getUser` comes to. */
export const lookupOf = (answer: E.Either<LicenseError, LicensedUser>): UserLookup => {
  if (E.isRight(answer)) return { kind: 'found', user: answer.right }
  const error = answer.left
  if (error._tag === 'NotFound') return { kind: 'notFound' }
  return error._tag === 'Conflict' ? { kind: 'ambiguous', candidates: [], error } : { kind: 'failed', error }
}

/** The result of `getUser` that a look-up comes to. */
export const answerOf = (
  { provider, operation }: ListName,
  lookup: UserLookup,
): E.Either<LicenseError, LicensedUser> => {
  switch (lookup.kind) {
    case 'found':
      return E.right(lookup.user)
    case 'notFound':
      return E.left({ _tag: 'NotFound', provider, operation, message: 'the vendor knows no such user' })
    case 'ambiguous': {
      const [meant, another] = meantByAddress(lookup.candidates)
      if (meant !== undefined && another === undefined) return E.right(meant)
      const ids = lookup.candidates.map(({ id }) => id).join(', ')
      const message = `several users have this e-mail address: ${ids}`
      return E.left(lookup.error ?? { _tag: 'Conflict', provider, operation, message })
    }
    case 'failed':
      return E.left(lookup.error)
  }
}

const AT_ONCE = 8

/** Whether every other request of the same call, with the same credentials, would fail in the same way. */
export const endsTheCall = ({ _tag }: LicenseError): boolean =>
  _tag === 'AuthenticationFailed' || _tag === 'RateLimited' || _tag === 'Aborted' || _tag === 'DeadlineExceeded'

const keyOf = (reference: UserReference): string =>
  'id' in reference ? `id ${reference.id}` : `email ${foldedText(reference.email)}`

/**
 * Looks up each user, eight at a time. A reference that comes several times is looked up once. After a failure that all
 * requests would share, no further user is looked up, and the rest have that failure too.
 */
export const lookUpEach =
  (
    references: readonly UserReference[],
    lookUp: (reference: UserReference) => Task<UserLookup>,
  ): Task<readonly UserLookup[]> =>
  () => {
    let end: LicenseError | undefined
    const limit = pLimit(AT_ONCE)
    const underWay = new Map<string, Promise<UserLookup>>()
    const ask = async (reference: UserReference): Promise<UserLookup> => {
      if (end !== undefined) return { kind: 'failed', error: end }
      const lookup = await lookUp(reference)()
      if (lookup.kind === 'failed' && endsTheCall(lookup.error)) end ??= lookup.error
      return lookup
    }
    const lookups = references.map((reference) => {
      const key = keyOf(reference)
      const asked = underWay.get(key) ?? limit(ask, reference)
      underWay.set(key, asked)
      return asked
    })
    return Promise.all(lookups)
  }

/** Whether a failure is about this one user, and says nothing about the others. */
const isAboutOne = ({ _tag }: LicenseError): boolean =>
  _tag === 'RequestRejected' || _tag === 'InvalidResponse' || _tag === 'Incomplete'

/** The look-ups; or the failure of the first one, where nothing could be read at all. */
export const unlessAllFailed = (lookups: readonly UserLookup[]): E.Either<LicenseError, readonly UserLookup[]> => {
  const [first] = lookups
  const nothingRead = lookups.every((lookup) => lookup.kind === 'failed' && !isAboutOne(lookup.error))
  return first?.kind === 'failed' && nothingRead ? E.left(first.error) : E.right(lookups)
}
