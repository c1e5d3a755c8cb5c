import { quantity } from '../../../model/quantity.ts'
import { sumOfCosts, unknownCost } from '../../../report/cost/cost-tally.ts'
import type { Cost, UserRow } from '../../../report/license-report.ts'

/** The users of several providers, or several users of one, who are one person. */
export type Person = readonly [UserRow, ...UserRow[]]

/** In the order in which the providers list them. */
export function* peopleOf(users: readonly UserRow[]): Generator<Person> {
  // Most people are one user, and need no list.
  const people = new Map<string, UserRow | [UserRow, ...UserRow[]]>()
  for (const user of users) {
    const person = people.get(user.person)
    if (person === undefined) people.set(user.person, user)
    else if (Array.isArray(person)) person.push(user)
    else people.set(user.person, [person, user])
  }
  for (const person of people.values()) yield Array.isArray(person) ? person : [person]
}

/** More of them are not named, as this is said of very many people. */
const MAX_DOUBTS = 10

/** What is in doubt of the providers that do not list a person. */
const doubtsElsewhere = (person: Person, doubts: ReadonlyMap<string, string>): readonly string[] => {
  const own = new Set(person.map(({ provider }) => provider))
  const named: string[] = []
  for (const [provider, doubt] of doubts) {
    if (named.length === MAX_DOUBTS) break
    if (!own.has(provider)) named.push(`${provider}: ${doubt}`)
  }
  const others = doubts.size - [...own].filter((provider) => doubts.has(provider)).length - named.length
  return others > 0 ? [...named, `${quantity(others, 'more provider is', 'more providers are')} not complete`] : named
}

/**
 * What all seats of a person cost; absent where nothing is said of it. `doubts` are those of seats, by provider: somebody
 * may hold more in a provider that does not list them. What is in doubt of one that does is said with their cost there.
 */
export const costOfPerson = (person: Person, doubts: ReadonlyMap<string, string>): Cost | undefined => {
  const costs = person.flatMap(({ cost }) => cost ?? [])
  if (costs.length === 0) return undefined
  const all = [...costs, ...doubtsElsewhere(person, doubts).map((doubt) => unknownCost(doubt))]
  return all.length > 1 ? sumOfCosts(all) : all[0]
}

/** The first that is told. */
export const firstTold = (texts: readonly (string | undefined)[]): string =>
  texts.find((text) => text !== undefined && text.trim() !== '') ?? ''

/** What all agree upon, or else what each provider says. */
export const agreedUpon = (person: Person, tell: (user: UserRow) => string): string => {
  const [first, ...others] = person
  const told = tell(first)
  return others.every((user) => tell(user) === told)
    ? told
    : person.map((user) => `${user.provider}: ${tell(user)}`).join(', ')
}

/** When a person was last active anywhere, as far as anybody tells. */
export const lastActive = (person: Person): string =>
  person.reduce((latest, { lastActiveAt = '' }) => (lastActiveAt > latest ? lastActiveAt : latest), '')
