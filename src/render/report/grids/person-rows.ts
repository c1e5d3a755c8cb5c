import { quantity } from '../../../model/quantity.ts'
import { sumOfCosts, unknownCost } from '../../../report/cost/cost-tally.ts'
import type { Cost, UserRow } from '../../../report/license-report.ts'

/** The rows of the users, of one or several providers, who are one person. */
export type PersonRows = readonly [UserRow, ...UserRow[]]

/** In the order in which the providers list them. */
export function* peopleOf(users: readonly UserRow[]): Generator<PersonRows> {
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

/** The same text may be in very many rows, so that it must stay short. */
const MAX_GAPS = 10

/** The gaps of the providers that do not list a person. */
const gapsElsewhere = (person: PersonRows, gaps: ReadonlyMap<string, string>): readonly string[] => {
  const own = new Set(person.map(({ provider }) => provider))
  const named: string[] = []
  for (const [provider, gap] of gaps) {
    if (named.length === MAX_GAPS) break
    if (!own.has(provider)) named.push(`${provider}: ${gap}`)
  }
  const others = gaps.size - [...own].filter((provider) => gaps.has(provider)).length - named.length
  return others > 0 ? [...named, `${quantity(others, 'more provider is', 'more providers are')} not complete`] : named
}

/**
 * What all seats of a person cost; absent where the report has no costs. `gaps` are those of seats, by provider: a person
 * may hold more in a provider that does not list them. The gaps of one that does are part of their cost there.
 */
export const costOfPerson = (person: PersonRows, gaps: ReadonlyMap<string, string>): Cost | undefined => {
  const costs = person.flatMap(({ cost }) => cost ?? [])
  if (costs.length === 0) return undefined
  const all = [...costs, ...gapsElsewhere(person, gaps).map((gap) => unknownCost(gap))]
  return all.length > 1 ? sumOfCosts(all) : all[0]
}

/** The first that is there. */
export const firstPresent = (texts: readonly (string | null | undefined)[]): string =>
  texts.find((text) => text !== undefined && text !== null && text.trim() !== '') ?? ''

/** What all providers agree on, or else what each of them has. */
export const agreedUpon = (person: PersonRows, textOf: (user: UserRow) => string): string => {
  const [first, ...others] = person
  const agreed = textOf(first)
  return others.every((user) => textOf(user) === agreed)
    ? agreed
    : person.map((user) => `${user.provider}: ${textOf(user)}`).join(', ')
}

/** The latest activity of a person in any provider; empty where no provider has one. */
export const lastActive = (person: PersonRows): string =>
  person.reduce((latest, { lastActiveAt = '' }) => (lastActiveAt > latest ? lastActiveAt : latest), '')
