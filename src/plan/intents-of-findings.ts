import { foldedText } from '../model/folded-text.ts'
import { groupedBy } from '../model/grouped-by.ts'
import { demand, demandNone, invalidInput } from '../model/invalid-input.ts'
import { isRecord } from '../model/is-record.ts'
import { seatOf } from '../model/licensed-user.ts'
import { momentOf } from '../model/moment.ts'
import { amountIn, mainCurrency } from '../report/cost/compare-costs.ts'
import { keyOfRemoval, type Removal, removalsOf, withoutLostContainers } from '../report/findings/removals.ts'
import type {
  Finding,
  FindingRule,
  LicenseReport,
  LimitEntry,
  RemovableSeat,
  UserRow,
} from '../report/license-report.ts'
import type { Intent } from './intent.ts'
import type { OmittedSeats } from './plan.ts'
import { lastActivityOf } from './supported.ts'

/** Which findings are to be acted on, and which of their seats. */
export interface FindingSelection {
  /** Findings of these rules, besides those of `ids`. Default: none. */
  readonly rules?: readonly FindingRule[] | undefined
  /** Findings with these ids, or of groups with these ids, besides those of `rules`. Default: none. */
  readonly ids?: readonly string[] | undefined
  /** Only seats of this provider: a plan is for one. Default: that of the first seat, in the order in which they are given up. */
  readonly provider?: string | undefined
  /** Only seats of licenses with these ids. Default: of all. */
  readonly licenseIds?: readonly string[] | undefined
  /** Only seats of users of these departments, in any case. Default: of all, and of users of none. */
  readonly departments?: readonly string[] | undefined
  /** Only seats of which this is true, of the finding that says so. Default: of all. */
  readonly isMeant?: ((seat: RemovableSeat, finding: Finding) => boolean) | undefined
  /** The seats of users who have been idle longest come first, and those of whom no activity is known last. Default: the most valuable. */
  readonly mostIdleFirst?: boolean | undefined
}

/** What findings come to as a plan, and what of them it cannot have. */
export interface IntentsOfFindings {
  /** The provider of the intents. Absent: there are none, and none was asked for. */
  readonly provider?: string | undefined
  /** One for each seat, in the order in which seats are given up: for `createPlan`. */
  readonly intents: readonly Intent[]
  /** Seats of this provider that are left out, and why: for `omitted` of `createPlan`. */
  readonly omitted: readonly OmittedSeats[]
  /** The limits of the report, and of what is accepted: for `limits` of `createPlan`, so that both say that the same is saved. */
  readonly limits: readonly LimitEntry[]
  /** Findings that the selection names. */
  readonly found: number
  /** Seats that an accepted finding is about, whichever its rule: they may stay. */
  readonly accepted: number
  /** Findings that are not accepted and name no seat that a user can give up for certain. */
  readonly withoutFix: number
  /** Seats of other providers, by provider. */
  readonly elsewhere: readonly { readonly provider: string; readonly seats: number }[]
  /** Ids of the selection that no finding and no group has. */
  readonly unknownIds: readonly string[]
}

/** A seat that can be given up, and why. */
interface Candidate extends Removal {
  readonly user: UserRow
}

const keyOfUser = (provider: string, id: string): string => JSON.stringify([provider, id])

/** In the order of their groups, which is the one that people see. */
const inOrderOfGroups = ({ findings = [], findingGroups = [] }: LicenseReport): readonly Finding[] => {
  const places = new Map(findingGroups.flatMap((group) => group.findings).map((id, place) => [id, place]))
  const placeOf = ({ id }: Finding) => places.get(id) ?? Number.POSITIVE_INFINITY
  return places.size === 0
    ? findings
    : [...findings].sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : Number(placeOf(one) > placeOf(other))))
}

/** The most valuable first. Seats of one value stay in their order. */
const byValue = (candidates: readonly Candidate[]): readonly Candidate[] => {
  const currency = mainCurrency(candidates.map(({ finding }) => finding.cost))
  return [...candidates].sort(
    (one, other) => amountIn(currency, other.finding.cost) - amountIn(currency, one.finding.cost),
  )
}

/** Those who have been idle longest first. */
const byIdleness = (candidates: readonly Candidate[]): readonly Candidate[] => {
  const lastOf = ({ user }: Candidate): number => momentOf(lastActivityOf(user) ?? '') ?? Number.MAX_SAFE_INTEGER
  return [...candidates].sort((one, other) => lastOf(one) - lastOf(other))
}

/** Seats that stay, as something accepts a finding about them, whichever its rule. */
const acceptedSeats = (findings: readonly Finding[]): ReadonlyMap<string, RemovableSeat> =>
  new Map(
    findings
      .flatMap(({ accepted, removals = [], kept = [] }) => (accepted === undefined ? kept : removals))
      .map((seat) => [keyOfRemoval(seat), seat] as const),
  )

/** The limits of the report, and that purchased seats which are not in use stay where the finding about them is accepted. */
const limitsOf = ({ limits = [], findings = [] }: LicenseReport, provider: string): readonly LimitEntry[] => [
  ...findings.flatMap(({ rule, accepted, provider: of, licenseId, evidence: { purchased, inUse } }) =>
    rule === 'unassigned-seats' &&
    accepted !== undefined &&
    of === provider &&
    licenseId !== undefined &&
    typeof purchased === 'number' &&
    typeof inUse === 'number'
      ? [{ license: licenseId, provider, keepFree: purchased - inUse }]
      : [],
  ),
  ...limits.filter((entry) => entry.provider === undefined || entry.provider === provider),
]

const intentOf = ({ seat, finding, user }: Candidate): Intent => {
  const { id, rule, message } = finding
  const lastActiveAt = lastActivityOf(user)
  const { assignedAt } = seatOf(user, seat.licenseId) ?? {}
  return {
    source: `finding ${id}`,
    action: 'remove',
    license: seat.licenseId,
    user: seat.userId,
    basis: {
      id,
      rule,
      message,
      user: {
        status: user.status,
        licenseIds: user.licenseIds,
        ...(lastActiveAt === undefined ? {} : { lastActiveAt }),
        ...(user.neverActive === true ? { neverActive: true } : {}),
        ...(assignedAt === undefined ? {} : { assignedAt }),
      },
    },
  }
}

const ACCEPTED = 'accepted by a suppression'

const demandWhole = ({ findings, users }: LicenseReport): void =>
  demandNone(
    findings === undefined || users === undefined
      ? [invalidInput('report', 'a report with its users and findings', 'make the report with detail: true')]
      : [],
  )

const demandObjects = (report: unknown, selection: unknown): void => {
  demand(isRecord(report), 'report', 'a license report')
  demand(isRecord(selection), 'selection', 'an object with rules or ids')
}

/**
 * The seats that findings of a report say can be given up, as intents for `createPlan`: open findings alone, and of them only
 * what is certain (`removals`). A seat of an accepted finding stays, whatever the others say of it. `createPlan`
 * leaves out what is protected, and users who have changed since the report. Throws a `LicenseException` with
 * `InvalidInput` for a report without its users (`detail: true`).
 */
export const intentsOfFindings = (report: LicenseReport, selection: FindingSelection): IntentsOfFindings => {
  demandObjects(report, selection)
  demandWhole(report)
  const { rules = [], ids = [], licenseIds, departments, isMeant = () => true, mostIdleFirst = false } = selection
  const wantedIds = new Set(ids)
  const all = inOrderOfGroups(report)
  const isSelected = ({ rule, id, group }: Finding): boolean =>
    rules.includes(rule) || wantedIds.has(id) || (group !== undefined && wantedIds.has(group))
  const selected = all.filter(isSelected)
  const known = new Set(selected.flatMap(({ id, group }) => [id, ...(group === undefined ? [] : [group])]))

  const users = new Map((report.users ?? []).map((user) => [keyOfUser(user.provider, user.id), user]))
  const wantedDepartments = departments && new Set(departments.map(foldedText))
  const askedUser = ({ provider, userId, licenseId }: RemovableSeat): UserRow | undefined => {
    const user = users.get(keyOfUser(provider, userId))
    if (user === undefined || licenseIds?.includes(licenseId) === false) return undefined
    if (wantedDepartments === undefined) return user
    return typeof user.department === 'string' && wantedDepartments.has(foldedText(user.department)) ? user : undefined
  }
  const stays = acceptedSeats(all)
  const candidates = removalsOf(selected).flatMap((removal): readonly Candidate[] => {
    const user = askedUser(removal.seat)
    return user === undefined || !isMeant(removal.seat, removal.finding) ? [] : [{ ...removal, user }]
  })
  const named = selected.flatMap(({ removals = [], kept = [] }) => [...removals, ...kept])
  const accepted = new Map(
    named.flatMap((seat) =>
      stays.has(keyOfRemoval(seat)) && askedUser(seat) !== undefined ? [[keyOfRemoval(seat), seat] as const] : [],
    ),
  )
  const notAccepted = candidates.filter(({ seat }) => !accepted.has(keyOfRemoval(seat)))
  const open = withoutLostContainers(notAccepted)
  const sorted = mostIdleFirst ? byIdleness(open) : byValue(open)
  // Of several findings about a seat, the first one says why.
  const seats = [...groupedBy(sorted, ({ seat }) => keyOfRemoval(seat)).values()].map(([first]) => first)
  const provider = selection.provider ?? seats[0]?.seat.provider
  const elsewhere = new Map<string, number>()
  for (const { seat } of seats) {
    if (seat.provider !== provider) elsewhere.set(seat.provider, (elsewhere.get(seat.provider) ?? 0) + 1)
  }
  const ofAccepted = [...accepted.values()].filter((seat) => seat.provider === provider).length
  return {
    ...(provider === undefined ? {} : { provider }),
    intents: seats.filter(({ seat }) => seat.provider === provider).map(intentOf),
    omitted: ofAccepted === 0 ? [] : [{ seats: ofAccepted, reason: ACCEPTED }],
    limits: provider === undefined ? [] : limitsOf(report, provider),
    found: selected.length,
    accepted: accepted.size,
    withoutFix:
      selected.filter(
        ({ accepted: isAccepted, removals = [], kept = [] }) =>
          isAccepted === undefined && removals.length === 0 && kept.length === 0,
      ).length +
      (notAccepted.length - open.length),
    elsewhere: [...elsewhere].map(([id, count]) => ({ provider: id, seats: count })),
    unknownIds: ids.filter((id) => !known.has(id)),
  }
}
