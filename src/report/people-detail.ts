import { shortfallsOf } from '../model/ledger.ts'
import type { LicensedUser } from '../model/licensed-user.ts'
import type { LicenseReport, Overlap, UserRow } from './license-report.ts'
import { ambiguityText, idleMappings, type LinkedPeople, linkPeople, type PersonMapping } from './link-people.ts'
import type { ProviderReading } from './provider-reading.ts'
import { counted, doubtOf } from './uncertainty.ts'

const userRow = (user: LicensedUser, { linkOf }: LinkedPeople, doubt: string | undefined): UserRow => {
  const { person, rule } = linkOf(user)
  const { provider, id, kind, status, displayName, email, department, lastActiveAt } = user
  return {
    provider,
    id,
    person,
    link: rule,
    kind,
    status,
    ...(displayName === undefined ? {} : { displayName }),
    ...(email === undefined ? {} : { email }),
    ...(department === undefined ? {} : { department }),
    ...(lastActiveAt === undefined ? {} : { lastActiveAt }),
    licenseIds: user.licenseIds,
    pendingLicenseIds: user.pendingLicenseIds,
    ...(doubt === undefined ? {} : { doubt }),
  }
}

/** Why it is not known of all users of a provider who they are. */
const doubtAbout = ({ provider, users }: ProviderReading): string | undefined => {
  const doubts = [doubtOf(users.ledger), users.directory && doubtOf(users.directory)].filter((doubt) => doubt)
  return doubts.length === 0 ? undefined : `${provider.id}: ${doubts.join('; ')}`
}

const overlapsOf = (
  readings: readonly ProviderReading[],
  rows: readonly UserRow[],
  { ambiguous }: LinkedPeople,
): readonly Overlap[] => {
  const licensed = new Map<string, Set<string>>()
  for (const { provider, person, licenseIds } of rows) {
    if (licenseIds.length > 0) licensed.set(provider, (licensed.get(provider) ?? new Set()).add(person))
  }
  return readings.flatMap((one, index) =>
    readings.slice(index + 1).map((other): Overlap => {
      const [some, others] = [licensed.get(one.provider.id), licensed.get(other.provider.id)]
      const shared = [...(some ?? [])].filter((person) => others?.has(person)).length
      const pair = [one.provider.id, other.provider.id] as const
      const undecided = ambiguous.filter(({ users }) =>
        pair.every((id) => users.some(({ provider }) => provider === id)),
      )
      const doubts = [
        doubtAbout(one),
        doubtAbout(other),
        ...(undecided.length === 0 ? [] : [ambiguityText(undecided.length)]),
      ].filter((doubt) => doubt !== undefined)
      return { providers: pair, people: counted(shared, doubts.join('; ') || undefined) }
    }),
  )
}

/** The users themselves, and who of them are one person. They leave the readings: twice, there would be very many. */
export const peopleDetail = (
  readings: readonly ProviderReading[],
  mapping: PersonMapping | undefined,
): Required<Pick<LicenseReport, 'users' | 'overlaps' | 'ambiguousLinks'>> & Pick<LicenseReport, 'idleMappings'> => {
  const everybody = readings.flatMap(({ users }) => users.value.everybody)
  const linked = linkPeople(everybody, mapping)
  const unseen = new Map(
    readings.map(({ provider, users }) => [provider.id, shortfallsOf(users.ledger).join('; ') || undefined]),
  )
  const rows = everybody.map((user) => userRow(user, linked, unseen.get(user.provider)))
  const known = new Map(readings.map((reading) => [reading.provider.id, doubtAbout(reading) === undefined]))
  const idle = mapping === undefined ? {} : { idleMappings: idleMappings(mapping, everybody, known) }
  for (const reading of readings) reading.users.value.everybody.length = 0
  return { users: rows, overlaps: overlapsOf(readings, rows, linked), ambiguousLinks: linked.ambiguous, ...idle }
}
