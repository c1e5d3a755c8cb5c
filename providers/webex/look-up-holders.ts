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
import { joinedUser, type PersonEntry } from './mapping.ts'

/** One call, with what the records tell of people whose licenses they do not show, by the keys of their ids. */
export interface LookupCall extends RequestScope {
  readonly withoutLicenses: Map<string, PersonEntry>
}

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

/** What a reference finds holders by: itself, and the ids of the people with its address who were found without licenses. */
const keysFor = (reference: UserReference, { withoutLicenses }: LookupCall): readonly string[] => {
  if ('id' in reference) return [keyOf(reference)]
  const people = [...withoutLicenses].filter(([, entry]) => Values.hasAddress(entry, reference.email))
  return [keyOf(reference), ...people.map(([key]) => `id ${key}`)]
}

const keysOf = (user: LicensedUser): readonly string[] => [
  `id ${idKey(user.id)}`,
  ...Values.addressesOf(user).map((address) => `email ${address}`),
]

/** Several users have the address. `areWhole`: their licenses are all known. */
export const severalWith = (
  { provider, operation }: Pick<LicenseError, 'provider' | 'operation'>,
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
  scope: LookupCall,
): Promise<E.Either<LicenseError, HolderLookup>> => {
  const { value, ledger, error } = await Lists.collectOnce<LicensedUser, Map<string, LicensedUser[]>>(
    () => new Map(references.flatMap((reference) => keysFor(reference, scope).map((key) => [key, []]))),
    (found, user) => {
      for (const key of keysOf(user)) found.get(key)?.push(user)
      return found
    },
  )(holders(scope))()
  if (error !== undefined) return E.left(error)
  const name = { provider, operation: 'getUser' }
  return E.right((reference, unfound) => {
    const named = new Set(keysFor(reference, scope).flatMap((key) => value.get(key) ?? []))
    const users = [...named].map((user) => joinedUser(user, scope.withoutLicenses.get(idKey(user.id))))
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
