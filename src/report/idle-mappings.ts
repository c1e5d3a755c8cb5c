import { isAddress } from '../model/folded-text.ts'
import type { LicensedUser } from '../model/licensed-user.ts'
import type { IdleMapping, PersonMappingRow } from './license-report.ts'
import { keyOfReference, keysOfUser, type PersonMapping } from './link-people.ts'

/** What is known of the users of a provider. */
export interface KnownUsers {
  /** All of them were read. */
  readonly areAll: boolean
  /** The provider names every address of each of them. */
  readonly withAllAddresses: boolean
}

/** Rows of a mapping that matched no user. */
export const idleMappings = (
  { rows, personOf }: PersonMapping,
  users: readonly LicensedUser[],
  providers: ReadonlyMap<string, KnownUsers>,
): readonly IdleMapping[] => {
  const people = new Map<string, string | undefined>(
    rows.map(({ provider, user }) => [keyOfReference(provider, user), undefined]),
  )
  for (const user of users) {
    for (const key of keysOfUser(user)) if (people.has(key)) people.set(key, personOf(user))
  }
  const idleFor = ({ person, provider, user }: PersonMappingRow): IdleMapping['why'] | undefined => {
    const known = providers.get(provider)
    if (known === undefined) return 'no such provider'
    const found = people.get(keyOfReference(provider, user))
    if (found !== undefined) return found === person ? undefined : 'another row says otherwise'
    if (!known.areAll) return undefined
    return isAddress(user) && !known.withAllAddresses ? 'no listed user has this address' : 'no such user'
  }
  return rows.flatMap((row) => {
    const why = idleFor(row)
    return why === undefined ? [] : [{ ...row, why }]
  })
}
