import { type Activity, activityOf, lastActiveOf } from '../model/activity.ts'
import { addressesOf } from '../model/addresses.ts'
import { foldedReference } from '../model/folded-text.ts'
import { groupedBy } from '../model/grouped-by.ts'
import type { LicensedUser } from '../model/licensed-user.ts'
import { toldMomentOf } from '../model/moment.ts'
import { quantity } from '../model/quantity.ts'
import { someOf } from '../model/some-of.ts'
import type { ActivityFact } from './facts.ts'

/** A remark names so many lines. */
const MAX_NAMED = 3

/** Facts about the activity of users, by what they name the user by. */
export type ActivityFacts = ReadonlyMap<string, readonly ActivityFact[]>

export const activityFacts = (facts: readonly ActivityFact[]): ActivityFacts =>
  groupedBy(facts, ({ user }) => foldedReference(user))

const namesOf = (user: LicensedUser): readonly string[] => [
  ...new Set([foldedReference(user.id), ...addressesOf(user)]),
]

/** The newest time of each source. */
const newestOf = (facts: readonly ActivityFact[]): readonly Activity[] => {
  const newest = new Map<string, Activity>()
  for (const { at, source, covers } of facts) {
    const told = toldMomentOf(at)
    if (told === undefined || told <= (newest.get(source)?.at ?? '')) continue
    newest.set(source, { at: told, source, ...(covers === undefined ? {} : { covers }) })
  }
  return [...newest.values()]
}

const lines = (facts: readonly ActivityFact[]): string =>
  someOf(
    facts.map(({ where, source }) => where ?? source),
    MAX_NAMED,
  ).join(', ')

/** Adds the facts to the users of one list, and knows which of them were about a user. */
export const openActivityFacts = (facts: ActivityFacts) => {
  const users = new Map<string, string>()
  const shared = new Set<string>()
  return {
    /** The user with what facts say of the user's activity beside what the vendor says. */
    apply: (user: LicensedUser): LicensedUser => {
      const names = namesOf(user).filter((name) => facts.has(name))
      if (names.length === 0) return user
      for (const name of names) {
        if ((users.get(name) ?? user.id) !== user.id) shared.add(name)
        users.set(name, user.id)
      }
      const told = newestOf(names.flatMap((name) => facts.get(name) ?? []))
      if (told.length === 0) return user
      const activity = [...activityOf(user), ...told]
      const lastActiveAt = lastActiveOf(activity)
      return { ...user, ...(lastActiveAt === undefined ? {} : { lastActiveAt }), activity }
    },
    /** Once all users were seen: facts that are about none of them, or about several. */
    remarks: (): readonly string[] => {
      const idle = [...facts].flatMap(([name, some]) => (users.has(name) ? [] : some))
      const several = [...shared].flatMap((name) => facts.get(name) ?? [])
      return [
        ...(idle.length === 0
          ? []
          : [
              `${quantity(idle.length, 'row')} about activity: no user in the list has that id or address (${lines(idle)})`,
            ]),
        ...(several.length === 0
          ? []
          : [
              `${quantity(several.length, 'row')} about activity: several users share the address, and it counts for each of them (${lines(several)})`,
            ]),
      ]
    },
  }
}
