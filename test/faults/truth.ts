/** What is really so about one user. */
export interface TrueUser {
  readonly id: string
  readonly licenseIds: readonly string[]
  readonly displayName?: string | undefined
  readonly email?: string | undefined
}

/** Who holds what at the vendor at one time, as far as the list names them. */
export type Truth = ReadonlyMap<string, TrueUser>

export const truthOf = (users: Iterable<TrueUser>): Truth => {
  const truth = new Map<string, TrueUser>()
  for (const user of users) truth.set(user.id, { ...user, licenseIds: [...new Set(user.licenseIds)] })
  return truth
}

/** Holders by license id. */
export const holdersIn = (truth: Truth): ReadonlyMap<string, number> => {
  const holders = new Map<string, number>()
  for (const { licenseIds } of truth.values()) for (const id of licenseIds) holders.set(id, (holders.get(id) ?? 0) + 1)
  return holders
}

export const licensedUsersIn = (truth: Truth): number =>
  [...truth.values()].filter(({ licenseIds }) => licenseIds.length > 0).length

const joinerId = '00000000-0000-4000-8000-00000000cafe'

/** Somebody who joins while the list is read. */
export const joiner = (licenseIds: readonly string[]): TrueUser => ({ id: joinerId, licenseIds })
