import { type IndexSet, joinedSet, listedSet, setWithout } from './index-set.ts'
import { createLateWork } from './late-work.ts'

/** The licenses of users. Users are numbers. */
export interface Holdings {
  readonly licensesOf: (user: number) => readonly string[]
  readonly holdersOf: (licenseId: string) => IndexSet
}

/** Holdings that can be changed. Everything that a simulator says of assignments is read from one of these. */
export interface LicenseBook extends Holdings {
  /** From now on the user holds these and nothing else. */
  readonly assign: (user: number, licenseIds: readonly string[]) => void
  /** The users whose licenses were changed, in the order of their first change. */
  readonly changed: () => readonly number[]
  /** Has something done after a time, in milliseconds: a change that was accepted, and that no reading shows before. */
  readonly later: (afterMs: number, act: () => void) => void
  /** Does what is due by now. Everything that is read here does so by itself. */
  readonly catchUp: () => void
}

/**
 * Keeps changes beside holdings that are computed, so that an organization of a million people can still change. `now` is
 * the clock that late changes go by. Default: the system's.
 */
export const createLicenseBook = (base: Holdings, now: () => number = Date.now): LicenseBook => {
  const { later, catchUp } = createLateWork(now)
  const changes = new Map<number, readonly string[]>()
  const holders = new Map<string, IndexSet>()

  const withChanges = (licenseId: string): IndexSet => {
    const before = base.holdersOf(licenseId)
    const lost: number[] = []
    const gained: number[] = []
    for (const [user, licenseIds] of changes) {
      const position = before.positionOf(user)
      const holds = licenseIds.includes(licenseId)
      if (position !== undefined && !holds) lost.push(position)
      if (position === undefined && holds) gained.push(user)
    }
    if (lost.length + gained.length === 0) return before
    lost.sort((one, other) => one - other)
    return joinedSet(setWithout(before, lost), listedSet(gained))
  }

  return {
    licensesOf: (user) => {
      catchUp()
      return changes.get(user) ?? base.licensesOf(user)
    },
    holdersOf: (licenseId) => {
      catchUp()
      const known = holders.get(licenseId) ?? withChanges(licenseId)
      holders.set(licenseId, known)
      return known
    },
    assign: (user, licenseIds) => {
      changes.set(user, [...new Set(licenseIds)])
      holders.clear()
    },
    changed: () => {
      catchUp()
      return [...changes.keys()]
    },
    later,
    catchUp,
  }
}

/** The holdings of users that are listed one by one; the users' numbers are their places in the list. */
export const listedHoldings = (licensesOfUsers: readonly (readonly string[])[]): Holdings => {
  const holders = new Map<string, number[]>()
  for (const [user, licenseIds] of licensesOfUsers.entries()) {
    for (const licenseId of new Set(licenseIds)) {
      const known = holders.get(licenseId) ?? []
      known.push(user)
      holders.set(licenseId, known)
    }
  }
  return {
    licensesOf: (user) => licensesOfUsers[user] ?? [],
    holdersOf: (licenseId) => listedSet(holders.get(licenseId) ?? []),
  }
}
