import * as E from 'fp-ts/lib/Either.js'
import {
  isWhole,
  type LicensedUser,
  type LicenseError,
  Lists,
  type Paged,
  type RequestScope,
  type UserLookup,
  type UserReference,
  Values,
} from '../../src/provider-kit/index.ts'
import { idKey } from './hydra-id.ts'

export interface HolderSources {
  readonly provider: string
  /** The holders of all licenses. */
  readonly holders: (scope: RequestScope) => Paged<LicensedUser>
}

/** The answer for a user of the walk. `unfound`: the answer of the look-up among the people. */
type HolderLookup = (reference: UserReference, unfound: LicenseError) => UserLookup

/** Users are named by id or by address; two references that mean the same have one key. */
const keyOf = (reference: UserReference): string =>
  'id' in reference ? `id ${idKey(reference.id)}` : `email ${Values.foldedText(reference.email)}`
const keysOf = (user: LicensedUser): readonly string[] => [
  `id ${idKey(user.id)}`,
  ...Values.addressesOf(user).map((address) => `email ${address}`),
]

/** Several users have the address. `areWhole`: their licenses are all known. */
export const severalWith = (
  { provider, operation }: Lists.ListName,
  candidates: readonly LicensedUser[],
  areWhole: boolean,
): UserLookup => {
  if (areWhole) return { kind: 'ambiguous', candidates }
  const message = `several users have this e-mail address: ${candidates.map(({ id }) => id).join(', ')}`
  return { kind: 'ambiguous', candidates: [], error: { _tag: 'Conflict', provider, operation, message } }
}

/** Walks the holders once, for all users that are looked up. A `Left` where the walk fails. */
export const lookUpHolders = async (
  { provider, holders }: HolderSources,
  references: readonly UserReference[],
  scope: RequestScope,
): Promise<E.Either<LicenseError, HolderLookup>> => {
  const { value, ledger, error } = await Lists.collectOnce<LicensedUser, Map<string, LicensedUser[]>>(
    () => new Map(references.map((reference) => [keyOf(reference), []])),
    (found, user) => {
      for (const key of keysOf(user)) found.get(key)?.push(user)
      return found
    },
  )(holders(scope))()
  if (error !== undefined) return E.left(error)
  const name = { provider, operation: 'getUser' }
  return E.right((reference, unfound) => {
    const users = value.get(keyOf(reference)) ?? []
    const [user, another] = users
    if (another !== undefined) return severalWith(name, users, isWhole(ledger))
    if (!isWhole(ledger)) {
      const message = 'the holders of some licenses could not be read'
      return { kind: 'failed', error: { _tag: 'Incomplete', ...name, message, ledger } }
    }
    if (user !== undefined) return { kind: 'found', user }
    // A user who is not among the holders may be one of the people whom these credentials are not shown.
    return unfound._tag === 'PermissionDenied' ? { kind: 'failed', error: unfound } : { kind: 'notFound' }
  })
}
