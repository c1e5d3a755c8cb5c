import type { PeopleSummary } from './license-report.ts'
import { ambiguityText } from './link-people.ts'
import type { ProviderReading } from './provider-reading.ts'
import { counted, doubtOf } from './uncertainty.ts'

const joined = (doubts: readonly (string | undefined)[]): string | undefined =>
  doubts.filter((doubt) => doubt !== undefined).join('; ') || undefined

/** Doubts about one aspect of all providers, with the provider's id before each. */
const doubts = (readings: readonly ProviderReading[], of: (reading: ProviderReading) => string | undefined) =>
  joined(
    readings.map((reading) => {
      const doubt = of(reading)
      return doubt === undefined ? undefined : `${reading.provider.id}: ${doubt}`
    }),
  )

/** The people of all providers, each once: whoever has the same e-mail address is the same person. */
export const summarizePeople = (readings: readonly ProviderReading[]): PeopleSummary => {
  const providersOf = new Map<string, { count: number; external: boolean; twins: boolean }>()
  let withoutEmail = 0
  let externalWithoutEmail = 0
  for (const { users } of readings) {
    withoutEmail += users.value.withoutEmail
    externalWithoutEmail += users.value.externalWithoutEmail
    for (const [email, { users: sharers, external }] of users.value.byEmail) {
      const person = providersOf.get(email)
      if (person === undefined) providersOf.set(email, { count: 1, external, twins: sharers > 1 })
      else {
        person.count++
        person.external ||= external
        person.twins ||= sharers > 1
      }
    }
  }
  let inSeveral = 0
  let ambiguous = 0
  let external = externalWithoutEmail
  for (const person of providersOf.values()) {
    if (person.count > 1 && person.twins) ambiguous++
    else if (person.count > 1) inSeveral++
    if (person.external) external++
  }

  const missing = doubts(readings, ({ users }) => doubtOf(users.ledger))
  const nameless = doubts(readings, ({ users }) => users.directory && doubtOf(users.directory))
  const kindless = doubts(readings, ({ users }) =>
    users.value.ofUnknownKind > 0
      ? `${users.value.ofUnknownKind} users of whom the vendor does not say whether they are external`
      : undefined,
  )
  const undecided = ambiguous === 0 ? undefined : ambiguityText(ambiguous)
  const unmatched = joined([missing, nameless])
  const unlinked = joined([unmatched, undecided])
  // Where addresses are missing, somebody without one here may be somebody there; within one provider, all are different.
  const atLeast = Math.max(
    providersOf.size,
    ...readings.map(({ users }) => users.value.byEmail.size + users.value.withoutEmail),
  )
  return {
    total: counted(unmatched === undefined ? providersOf.size + withoutEmail : atLeast, unlinked),
    inSeveralProviders: counted(inSeveral, unlinked),
    withoutEmail: nameless === undefined ? counted(withoutEmail, missing) : counted(0, unmatched),
    external: counted(external, joined([missing, kindless])),
  }
}
