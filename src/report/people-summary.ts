import { createNumberTable } from '../model/number-table.ts'
import { createTextNumbers } from '../model/text-numbers.ts'
import { joinAddresses } from './joined-addresses.ts'
import type { PeopleSummary } from './license-report.ts'
import { ambiguityText, isAmbiguous } from './link-people.ts'
import type { ProviderReading } from './provider-reading.ts'
import { allOf, counted, gapOfNames, gapOfUsers } from './uncertainty.ts'

/** The gaps of all providers in one aspect, with the provider's id before each. */
const gaps = (readings: readonly ProviderReading[], of: (reading: ProviderReading) => string | undefined) =>
  allOf(
    readings.map((reading) => {
      const gap = of(reading)
      return gap === undefined ? undefined : `${reading.provider.id}: ${gap}`
    }),
  )

/** The people of all providers, each once. Users with the same e-mail address are one person. */
export const summarizePeople = (readings: readonly ProviderReading[]): PeopleSummary => {
  const addresses = joinAddresses()
  for (const { users } of readings) for (const together of users.value.people.together) addresses.join(together)
  /** By the number of the person: numbers alone, as there is a person for nearly every user. */
  const people = createTextNumbers()
  const usersOf = createNumberTable()
  const providersOf = createNumberTable()
  /** 1 for those who are known to be external. */
  const externals = createNumberTable()
  /** The place of the last provider in which the person was counted. */
  const seenIn = createNumberTable()
  let withoutEmail = 0
  let externalWithoutEmail = 0
  let mostInOne = 0
  for (const [place, reading] of readings.entries()) {
    const tally = reading.users.value.people
    withoutEmail += tally.withoutEmail
    externalWithoutEmail += tally.externalWithoutEmail
    let inOne = tally.withoutEmail
    for (const { key, users, external } of tally.byAddress) {
      const person = people.enter(addresses.rootOf(key))
      if (seenIn.get(person) !== place) {
        inOne++
        providersOf.set(person, (providersOf.get(person) ?? 0) + 1)
        seenIn.set(person, place)
      }
      usersOf.set(person, (usersOf.get(person) ?? 0) + users)
      if (external) externals.set(person, 1)
    }
    mostInOne = Math.max(mostInOne, inOne)
  }
  let inSeveral = 0
  let ambiguous = 0
  /** Those of one provider only: they do not change how many people are in several. */
  let ambiguousInOne = 0
  let external = externalWithoutEmail
  for (let person = 0; person < people.size(); person++) {
    const providers = providersOf.get(person) ?? 0
    const users = usersOf.get(person) ?? 0
    if (isAmbiguous(users, providers, addresses.isJoined(people.textOf(person)))) {
      if (providers > 1) ambiguous++
      else ambiguousInOne++
    } else if (providers > 1) inSeveral++
    if (externals.get(person) === 1) external++
  }

  const missing = gaps(readings, gapOfUsers)
  const nameless = gaps(readings, ({ users }) => gapOfNames(users.directory))
  const kindless = gaps(readings, ({ users }) =>
    users.value.people.ofUnknownKind > 0
      ? `${users.value.people.ofUnknownKind} users may be external or not: the vendor does not say`
      : undefined,
  )
  const ambiguityGap = (addresses: number) => (addresses === 0 ? undefined : ambiguityText(addresses))
  const unmatched = allOf([missing, nameless])
  // A user without an address may be a user of another provider. Within one provider, all are different people.
  const atLeast = Math.max(people.size(), mostInOne)
  return {
    total: counted(
      unmatched === undefined ? people.size() + withoutEmail : atLeast,
      allOf([unmatched, ambiguityGap(ambiguous + ambiguousInOne)]),
    ),
    inSeveralProviders: counted(inSeveral, allOf([unmatched, ambiguityGap(ambiguous)])),
    withoutEmail: nameless === undefined ? counted(withoutEmail, missing) : counted(0, unmatched),
    external: counted(external, allOf([missing, kindless])),
  }
}
