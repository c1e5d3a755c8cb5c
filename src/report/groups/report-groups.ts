import { notApplicable } from '../../model/count.ts'
import { amountIn, commonCurrency } from '../cost/compare-costs.ts'
import type { SeatCosts } from '../cost/seat-costs.ts'
import type {
  Abstention,
  AmbiguousLink,
  FindingRule,
  Grouping,
  GroupRow,
  LicenseReport,
  LicenseRow,
  ReportGroups,
  UserRow,
} from '../license-report.ts'
import { ambiguityText } from '../link-people.ts'
import { fieldOfPeople, type PersonField } from '../person-field.ts'
import type { ProviderReading } from '../provider-reading.ts'
import { notAll, type ReadingGaps } from '../reading-gaps.ts'
import { holderIsSeat } from '../seats.ts'
import { gapOfHolders } from '../uncertainty.ts'
import { fieldNames, type GroupKey, NONE, reasonOfUnknown, textOfKey, UNKNOWN } from './group-key.ts'
import { createGroupTally, type GroupTally } from './group-tally.ts'
import { stakesIn } from './stakes.ts'

/** What groups are made of. */
export interface GroupMaterial {
  readonly readings: readonly ProviderReading[]
  readonly gaps: readonly ReadingGaps[]
  readonly licenses: readonly LicenseRow[]
  readonly people: { readonly users: readonly UserRow[]; readonly ambiguousLinks: readonly AmbiguousLink[] }
  readonly costs: SeatCosts
  /** Whether the report has costs. */
  readonly hasCosts: boolean
  readonly found: Pick<LicenseReport, 'findings' | 'abstentions'>
}

/** How seats are put into groups. */
interface Grouper {
  /** Groups that are there even if no user is in them. */
  readonly known: readonly GroupKey[]
  readonly keyOf: (user: UserRow, licenseId: string) => GroupKey
  /** Why users, or their seats, may be missing from a group. */
  readonly missing: (key: GroupKey) => readonly string[]
  /** Why the members of the group without a name are not known. Default: it has no members. */
  readonly reason: (tally: GroupTally) => string | undefined
}

const usersMissing = (gaps: readonly ReadingGaps[]): readonly string[] => notAll('users', gaps, ({ users }) => users)

const byField = (field: PersonField, { readings, gaps, people }: GroupMaterial): Grouper => {
  const textOf = fieldOfPeople(people.users, field)
  const unlisted = usersMissing(gaps)
  const telling = new Set(people.users.flatMap((user) => (user[field] === undefined ? [] : [user.provider])))
  const unread = notAll(fieldNames[field], gaps, ({ directory }) => directory)
  return {
    // A user who may be missing may be of any group.
    known: unlisted.length === 0 ? [] : [UNKNOWN],
    keyOf: (user) => {
      const name = textOf(user)
      if (name !== '') return { kind: 'named', name }
      return user[field] === undefined ? UNKNOWN : NONE
    },
    missing: ({ kind }) => (kind === 'unknown' ? unlisted : [...unlisted, ...unread]),
    reason: ({ usersOf }) =>
      [
        ...unlisted,
        ...readings.flatMap(({ provider }, place) => {
          const users = usersOf.get(provider.id)
          if (users === undefined) return []
          const why = { directoryGap: gaps[place]?.directory, isToldOfOthers: telling.has(provider.id) }
          return [reasonOfUnknown(provider, field, users, why)]
        }),
      ].join('; '),
  }
}

const byProvider = ({ readings, gaps }: GroupMaterial): Grouper => {
  const keys = new Map(
    readings.map(({ provider: { id, displayName } }): [string, GroupKey] => [
      id,
      { kind: 'named', name: displayName, provider: id },
    ]),
  )
  const gapsById = new Map(gaps.map((gap) => [gap.provider, usersMissing([gap])]))
  return {
    known: [...keys.values()],
    keyOf: ({ provider }) => keys.get(provider) ?? UNKNOWN,
    missing: ({ provider = '' }) => gapsById.get(provider) ?? [],
    reason: () => undefined,
  }
}

const byLicense = ({ readings, gaps, licenses }: GroupMaterial): Grouper => {
  const keys = new Map(readings.map(({ provider }) => [provider.id, new Map<string, GroupKey>()]))
  for (const { provider, id: licenseId, name, declaredOnly } of licenses) {
    if (!declaredOnly) keys.get(provider)?.set(licenseId, { kind: 'named', name, provider, licenseId })
  }
  const gapFinders = new Map(readings.map((reading) => [reading.provider.id, gapOfHolders(reading)]))
  const gapsById = new Map(gaps.map((gap) => [gap.provider, gap]))
  // Nothing at all is known of what its users hold.
  const dark = [...keys].flatMap(([provider, ofProvider]): readonly GroupKey[] =>
    ofProvider.size === 0 && gapsById.get(provider)?.users !== undefined ? [{ kind: 'unknown', provider }] : [],
  )
  return {
    known: [...[...keys.values()].flatMap((ofProvider) => [...ofProvider.values()]), ...dark],
    keyOf: ({ provider }, licenseId) => keys.get(provider)?.get(licenseId) ?? UNKNOWN,
    missing: ({ provider = '', licenseId }) => {
      const gap = gapFinders.get(provider)?.(licenseId)
      return gap === undefined ? [] : [gap]
    },
    reason: ({ key: { provider = '' } }) => gapsById.get(provider)?.users,
  }
}

const grouperOf = (by: Grouping, material: GroupMaterial): Grouper => {
  if (by === 'provider') return byProvider(material)
  return by === 'license' ? byLicense(material) : byField(by, material)
}

/** The rules that look at seats of users. */
const ABOUT_SEATS: ReadonlySet<FindingRule> = new Set([
  'inactive-holder',
  'dormant-holder',
  'included-license',
  'several-providers',
  'never-active',
])

/** Why there may be more findings about the seats of users of these providers. */
const lackingRules = (abstentions: readonly Abstention[]) => {
  const rules = new Map<string, Set<string>>()
  for (const { rule, provider = '' } of abstentions) {
    if (ABOUT_SEATS.has(rule)) rules.set(provider, (rules.get(provider) ?? new Set()).add(rule))
  }
  return (providers: Iterable<string>): readonly string[] => {
    const lacking = new Set([...providers, ''].flatMap((provider) => [...(rules.get(provider) ?? [])]))
    return lacking.size === 0 ? [] : [`rules lack data: ${[...lacking].sort().join(', ')}`]
  }
}

/** Which addresses several accounts share, of each user who has one of them. */
const ambiguityFinder = (links: readonly AmbiguousLink[]) => {
  const byUser = new Map<string, string[]>()
  for (const { email, users } of links) {
    for (const { provider, id } of users) {
      const key = JSON.stringify([provider, id])
      const emails = byUser.get(key)
      if (emails === undefined) byUser.set(key, [email])
      else emails.push(email)
    }
  }
  return ({ provider, id }: UserRow): readonly string[] =>
    byUser.size === 0 ? [] : (byUser.get(JSON.stringify([provider, id])) ?? [])
}

const KINDS: Readonly<Record<GroupRow['kind'], number>> = { named: 0, none: 1, unknown: 2 }

const compareTexts = (one = '', other = ''): number => (one === other ? 0 : one < other ? -1 : 1)

/** First those that cost most, as far as that can be compared; then by name. */
const inOrder = (rows: readonly GroupRow[]): readonly GroupRow[] => {
  const costOf = ({ cost = notApplicable }: GroupRow) => cost
  const currency = commonCurrency(rows.map(costOf))
  const amounts = new Map(rows.map((row) => [row, amountIn(currency, costOf(row))]))
  return [...rows].sort(
    (one, other) =>
      (amounts.get(other) ?? 0) - (amounts.get(one) ?? 0) ||
      KINDS[one.kind] - KINDS[other.kind] ||
      compareTexts(one.name, other.name) ||
      compareTexts(one.provider, other.provider) ||
      compareTexts(one.licenseId, other.licenseId),
  )
}

/** The seats of all users in groups. Each seat is in one of them, so that nothing is lost or counted twice. */
export const reportGroups = (by: Grouping, material: GroupMaterial): ReportGroups => {
  const { gaps, licenses, people, costs, hasCosts, found } = material
  const { known, keyOf, missing, reason } = grouperOf(by, material)
  const tallies = new Map<string, GroupTally>()
  const addresses = new Map<GroupTally, Set<string>>()
  const tallyOf = (key: GroupKey): GroupTally => {
    const text = textOfKey(key)
    const tally = tallies.get(text) ?? createGroupTally(key)
    tallies.set(text, tally)
    return tally
  }
  for (const key of known) tallyOf(key)
  const shared = new Map<string, Set<string>>()
  for (const { provider, id, metric } of licenses) {
    if (!holderIsSeat(metric)) shared.set(provider, (shared.get(provider) ?? new Set()).add(id))
  }
  const stakes = stakesIn(found)
  const ambiguityOf = ambiguityFinder(people.ambiguousLinks)
  for (const user of people.users) {
    const { provider, id, licenseIds } = user
    for (const licenseId of licenseIds) {
      const tally = tallyOf(keyOf(user, licenseId))
      const isSeat = !shared.get(provider)?.has(licenseId)
      const cost = costs.ofHolder(provider, licenseId, id)
      tally.add({ user, isSeat, cost, findings: stakes.ofSeat(user, licenseId) })
      for (const email of ambiguityOf(user)) addresses.set(tally, (addresses.get(tally) ?? new Set()).add(email))
    }
  }
  const nameless = new Map(gaps.map((gap) => [gap.provider, notAll('names', [gap], ({ directory }) => directory)]))
  const lackingIn = lackingRules(found.abstentions ?? [])
  const parts = { cost: hasCosts, findings: found.findings !== undefined }
  const rows = [...tallies.values()].map((tally): GroupRow => {
    const { key, usersOf } = tally
    const ambiguous = addresses.get(tally)?.size ?? 0
    const row = tally.row(
      {
        users: missing(key),
        people: [
          ...[...usersOf.keys()].flatMap((provider) => nameless.get(provider) ?? []),
          ...(ambiguous > 0 ? [ambiguityText(ambiguous)] : []),
        ],
        findings: lackingIn(usersOf.keys()),
      },
      parts,
    )
    const why = key.kind === 'unknown' ? reason(tally) : undefined
    return why === undefined ? row : { ...row, reason: why }
  })
  return {
    by,
    rows: inOrder(rows),
    ...(found.findings === undefined ? {} : { otherFindings: stakes.others }),
  }
}
