import { supportOf } from '../contract/capabilities.ts'
import { gapLines } from '../model/ledger.ts'
import type { LicensedUser } from '../model/licensed-user.ts'
import { present } from '../model/with-defaults.ts'
import { idleMappings, type KnownUsers } from './idle-mappings.ts'
import type { AmbiguousLink, LicenseReport, Overlap, UserRow } from './license-report.ts'
import { type LinkedPeople, linkPeople, type PersonMapping } from './link-people.ts'
import { overlapsOf } from './overlaps.ts'
import type { ProviderReading } from './provider-reading.ts'
import { LIST_NAMES } from './report-problems.ts'
import { gapAboutPeople } from './uncertainty.ts'

/** What the report passes on where the provider gives it. */
const PASSED_ON = [
  'invitePending',
  'displayName',
  'email',
  'otherEmails',
  'department',
  'division',
  'manager',
  'location',
  'costCenter',
  'employeeNumber',
  'createdAt',
  'hiredAt',
  'lastActiveAt',
  'neverActive',
  'activity',
  'seats',
] as const

const userRow = (user: LicensedUser, { linkOf }: LinkedPeople, gap: string | undefined): UserRow => {
  const { person, rule } = linkOf(user)
  const { provider, id, kind, status, licenseIds, pendingLicenseIds } = user
  return {
    provider,
    id,
    person,
    link: rule,
    kind,
    status,
    ...present(user, PASSED_ON),
    licenseIds,
    pendingLicenseIds,
    ...(gap === undefined ? {} : { doubt: gap }),
  }
}

const knownUsers = (reading: ProviderReading): KnownUsers => ({
  areAll: gapAboutPeople(reading) === undefined,
  withAllAddresses: supportOf(reading.provider.capabilities, 'userFields', 'email').support === 'supported',
})

/** The users themselves, and which of them are one person. They are taken out of the readings, so that they are in memory once. */
export const peopleDetail = (
  readings: readonly ProviderReading[],
  mapping: PersonMapping | undefined,
): {
  readonly users: readonly UserRow[]
  readonly overlaps: readonly Overlap[]
  readonly ambiguousLinks: readonly AmbiguousLink[]
} & Pick<LicenseReport, 'idleMappings' | 'otherOverlaps'> => {
  const users = readings.flatMap(({ users }) => users.value.kept?.all ?? [])
  const linked = linkPeople(users, mapping)
  const unseen = new Map(
    readings.map(({ provider, users }) => [
      provider.id,
      gapLines(users.ledger, undefined, LIST_NAMES.users).join('; ') || undefined,
    ]),
  )
  const rows = users.map((user) => userRow(user, linked, unseen.get(user.provider)))
  const known = new Map(readings.map((reading) => [reading.provider.id, knownUsers(reading)]))
  const idle = mapping === undefined ? {} : { idleMappings: idleMappings(mapping, users, known) }
  for (const { users } of readings) {
    const { kept } = users.value
    if (kept !== undefined) kept.all.length = 0
  }
  return { users: rows, ...overlapsOf(readings, rows, linked.ambiguous), ambiguousLinks: linked.ambiguous, ...idle }
}
