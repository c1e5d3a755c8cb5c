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

/** What is counted of one person. */
interface PersonTally {
  users: number
  providers: number
  external: boolean
  /** The last provider that was counted. */
  seenIn: ProviderReading
}

/** The people of all providers, each once. Users with the same e-mail address are one person. */
export const summarizePeople = (readings: readonly ProviderReading[]): PeopleSummary => {
  const addresses = joinAddresses()
  for (const { users } of readings) for (const together of users.value.together) addresses.join(together)
  const people = new Map<string, PersonTally>()
  let withoutEmail = 0
  let externalWithoutEmail = 0
  let mostInOne = 0
  for (const reading of readings) {
    const { value } = reading.users
    withoutEmail += value.withoutEmail
    externalWithoutEmail += value.externalWithoutEmail
    let inOne = value.withoutEmail
    for (const [key, { users, external }] of value.byEmail) {
      const root = addresses.rootOf(key)
      const person = people.get(root)
      if (person?.seenIn !== reading) inOne++
      if (person === undefined) people.set(root, { users, providers: 1, external, seenIn: reading })
      else {
        person.users += users
        if (person.seenIn !== reading) person.providers++
        person.external ||= external
        person.seenIn = reading
      }
    }
    mostInOne = Math.max(mostInOne, inOne)
  }
  let inSeveral = 0
  let ambiguous = 0
  /** Those of one provider only: they do not change how many people are in several. */
  let ambiguousInOne = 0
  let external = externalWithoutEmail
  for (const [root, person] of people) {
    if (isAmbiguous(person.users, person.providers, addresses.isJoined(root))) {
      if (person.providers > 1) ambiguous++
      else ambiguousInOne++
    } else if (person.providers > 1) inSeveral++
    if (person.external) external++
  }

  const missing = gaps(readings, gapOfUsers)
  const nameless = gaps(readings, ({ users }) => gapOfNames(users.directory))
  const kindless = gaps(readings, ({ users }) =>
    users.value.ofUnknownKind > 0
      ? `${users.value.ofUnknownKind} users may be external or not: the vendor does not say`
      : undefined,
  )
  const ambiguityGap = (addresses: number) => (addresses === 0 ? undefined : ambiguityText(addresses))
  const unmatched = allOf([missing, nameless])
  // A user without an address may be a user of another provider. Within one provider, all are different people.
  const atLeast = Math.max(people.size, mostInOne)
  return {
    total: counted(
      unmatched === undefined ? people.size + withoutEmail : atLeast,
      allOf([unmatched, ambiguityGap(ambiguous + ambiguousInOne)]),
    ),
    inSeveralProviders: counted(inSeveral, allOf([unmatched, ambiguityGap(ambiguous)])),
    withoutEmail: nameless === undefined ? counted(withoutEmail, missing) : counted(0, unmatched),
    external: counted(external, allOf([missing, kindless])),
  }
}
