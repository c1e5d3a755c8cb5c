import * as E from 'fp-ts/lib/Either.js'
import { addressesOf, foldedText, type LicensedUser, type LicenseProvider } from '../../index.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import type { Invocation } from '../invocation.ts'
import type { Missing } from '../output/is-seen.ts'
import type { Progress } from '../output/progress.ts'
import { openListAccount } from './list-account.ts'
import { readLists } from './read-lists.ts'

/** So many users are shown; who looks for one person has more use for a longer text than for a longer list. */
const MOST_SHOWN = 20

export interface FoundPeople {
  /** The first of them, in the order of the providers. */
  readonly users: readonly LicensedUser[]
  /** All of them. */
  readonly count: number
  /** Whether they are accounts of one person, by their addresses, or one account. */
  readonly isOnePerson: boolean
  readonly outcomes: readonly ProviderOutcome[]
  /** What could not be read and why. */
  readonly gaps: readonly Missing[]
}

const textsOf = (user: LicensedUser): readonly string[] => [
  ...(user.displayName === undefined ? [] : [foldedText(user.displayName)]),
  ...addressesOf(user),
]

/**
 * Looks for users by a part of their names or addresses, in the lists of all providers: no vendor finds all users by a part of
 * a name.
 */
export const searchPeople = async (
  providers: readonly LicenseProvider[],
  wanted: string,
  bounds: Invocation['bounds'],
  progress: Progress,
): Promise<FoundPeople> => {
  const part = foldedText(wanted)
  const account = openListAccount('users')
  const users: LicensedUser[] = []
  const found = new Map(providers.map(({ id }) => [id, 0]))
  let addresses: ReadonlySet<string> | undefined
  let isOnePerson = true
  for await (const entry of readLists(providers, bounds, (provider, options) => provider.listUsers(options))) {
    account.enter(entry)
    if (E.isLeft(entry.page)) continue
    const { items, ledger } = entry.page.right
    const { id } = entry.provider
    progress.onProgress({ provider: id, list: 'users', ledger })
    for (const user of items) {
      if (!textsOf(user).some((text) => text.includes(part))) continue
      found.set(id, (found.get(id) ?? 0) + 1)
      if (users.length < MOST_SHOWN) users.push(user)
      const own = new Set(addressesOf(user))
      if (addresses !== undefined && ![...own].some((address) => addresses?.has(address))) isOnePerson = false
      addresses = addresses === undefined ? own : new Set([...addresses, ...own])
    }
  }
  const outcomes = account.outcomes().map((outcome, index) => {
    const isUnknown = outcome.status === 'complete' && found.get(providers[index]?.id ?? '') === 0
    return isUnknown ? { ...outcome, unknownUser: true } : outcome
  })
  const count = [...found.values()].reduce((sum, some) => sum + some, 0)
  return { users, count, isOnePerson, outcomes, gaps: [...(await account.gaps()).values()].flat() }
}
