import { groupedBy } from '../../model/grouped-by.ts'
import type { Cost, CostSummary, LicenseReport, LicenseRow, Overlap, UserRow } from '../license-report.ts'
import { createPairs, MAX_PROVIDERS_IN_PAIRS, pairsAmong } from '../provider-pairs.ts'
import type { ProviderReading } from '../provider-reading.ts'
import { LIST_NAMES } from '../report-problems.ts'
import { counted, gapOf } from '../uncertainty.ts'
import { type CostTally, createCostTally, sumOfCosts, unknownCost } from './cost-tally.ts'
import { type IsPaid, paidInSeveral } from './paid-licenses.ts'
import type { Pricing } from './pricing.ts'
import { costOfPurchased, type SeatCosts } from './seat-costs.ts'

/** The gaps of one provider that costs depend on; undefined if there is none. */
interface CostGaps {
  readonly provider: string
  /** Licenses may be missing. */
  readonly licenses: string | undefined
  /** Users, or what they hold, may be missing. */
  readonly users: string | undefined
  /** Departments may be missing. */
  readonly directory: string | undefined
}

export const costGapsOf = ({ provider, licenses, users }: ProviderReading): CostGaps => ({
  provider: provider.id,
  licenses: gapOf(licenses.ledger, LIST_NAMES.licenses),
  users: gapOf(users.ledger, LIST_NAMES.users),
  directory: users.directory && gapOf(users.directory, LIST_NAMES.directory),
})

type Costed = Pick<LicenseReport, 'providers' | 'licenses' | 'users' | 'overlaps'>

interface CostedReport extends Costed {
  readonly cost: CostSummary
}

/** A user, and what each of their seats costs. */
interface Holder {
  readonly user: UserRow
  readonly costs: readonly Cost[]
}

const costsOfSeats = ({ provider, id, licenseIds }: UserRow, { ofHolder }: SeatCosts): readonly Cost[] =>
  licenseIds.map((licenseId) => ofHolder(provider, licenseId, id))

const costOfUser = ({ doubt: gap }: UserRow, costs: readonly Cost[]): Cost =>
  sumOfCosts(gap === undefined ? costs : [...costs, unknownCost(gap)])

/** One reason for all providers with such a gap. */
const notAll = (
  what: string,
  gaps: readonly CostGaps[],
  of: (gaps: CostGaps) => string | undefined,
): readonly string[] => {
  const providers = gaps.filter((one) => of(one) !== undefined).map(({ provider }) => provider)
  return providers.length === 0 ? [] : [`not all ${what} of ${providers.join(', ')} are known`]
}

const departmentNamed = ({ department }: UserRow): string => (department ?? '').trim()

/** The departments of people, as one of their accounts may name it and another may not. */
const departmentsOfPeople = (holders: readonly Holder[]): ReadonlyMap<string, string> => {
  const departments = new Map<string, string>()
  for (const { user } of holders) {
    const department = departmentNamed(user)
    if (department !== '' && !departments.has(user.person)) departments.set(user.person, department)
  }
  return departments
}

const departmentsOf = (
  holders: readonly Holder[],
  gaps: readonly CostGaps[],
): NonNullable<CostSummary['departments']> => {
  const tallies = new Map<string, CostTally>()
  const ofPeople = departmentsOfPeople(holders)
  for (const { user, costs } of holders) {
    if (costs.length === 0) continue
    const department = departmentNamed(user) || (ofPeople.get(user.person) ?? '')
    const tally = tallies.get(department) ?? createCostTally('seats')
    tallies.set(department, tally)
    for (const cost of costs) tally.add(cost)
  }
  const unlisted = notAll('users', gaps, ({ users }) => users)
  const nameless = notAll('departments', gaps, ({ directory }) => directory)
  for (const [department, tally] of tallies) {
    for (const gap of unlisted) tally.addGap(gap)
    // Users without a known department are under no name. None of these can be missing.
    if (department !== '') for (const gap of nameless) tally.addGap(gap)
  }
  return [...tallies]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([department, tally]) => (department === '' ? { cost: tally.total() } : { department, cost: tally.total() }))
}

/** For each two providers: how many people are paid for in both, and what their seats cost. */
const costedOverlaps = (
  overlaps: readonly Overlap[],
  people: ReturnType<typeof paidInSeveral>,
  seats: SeatCosts,
  gaps: readonly CostGaps[],
): readonly Overlap[] => {
  const pairs = createPairs<{ people: number; readonly tally: CostTally }>()
  const none = () => ({ people: 0, tally: createCostTally('seats') })
  for (const accounts of people) {
    const byProvider = groupedBy(accounts, ({ provider }) => provider)
    // Of the pairs of these providers it is said that not all are counted.
    if (byProvider.size > MAX_PROVIDERS_IN_PAIRS) continue
    const costs = new Map(
      [...byProvider].map(([id, users]) => [id, users.flatMap((user) => costsOfSeats(user, seats))]),
    )
    for (const both of pairsAmong([...costs.keys()])) {
      const pair = pairs.take(...both, none)
      pair.people += 1
      for (const provider of both) for (const cost of costs.get(provider) ?? []) pair.tally.add(cost)
    }
  }
  const gapsById = new Map(gaps.map((gap) => [gap.provider, gap]))
  return overlaps.map((overlap) => {
    const { people: paid, tally } = pairs.at(...overlap.providers) ?? none()
    const ofPair = overlap.providers.flatMap((id) => gapsById.get(id) ?? [])
    const reasons = [
      ...(overlap.people.kind === 'unknown' ? [overlap.people.reason] : []),
      ...notAll('licenses', ofPair, ({ licenses }) => licenses),
    ]
    for (const reason of reasons) tally.addGap(reason)
    return { ...overlap, paid: counted(paid, reasons.join('; ') || undefined), cost: tally.total() }
  })
}

/** One cost for all that are equal: of hundreds of thousands of users, most hold what others hold. */
const createCostPool = (): ((cost: Cost) => Cost) => {
  const pool = new Map<string, Cost>()
  return (cost) => {
    const key = JSON.stringify(cost)
    const equal = pool.get(key)
    if (equal === undefined) pool.set(key, cost)
    return equal ?? cost
  }
}

/**
 * A report with what everything costs a month. Purchased seats are paid for, so that licenses, providers and the total
 * count purchased seats; people, departments and overlaps count the seats that are held.
 */
export const withCosts = (
  report: Costed,
  pricing: Pricing,
  seats: SeatCosts,
  isPaid: IsPaid,
  gaps: readonly CostGaps[],
): CostedReport => {
  const pooled = createCostPool()
  const { users, overlaps } = report
  const holders = users?.map((user): Holder => ({ user, costs: costsOfSeats(user, seats) }))
  const licenses = report.licenses.map((row) => ({ ...row, cost: costOfPurchased(row, pricing) }))
  const total = createCostTally('licenses')
  const tallies = new Map(report.providers.map(({ id }) => [id, createCostTally('licenses')]))
  for (const { provider, cost } of licenses) {
    total.add(cost)
    tallies.get(provider)?.add(cost)
  }
  for (const gap of notAll('licenses', gaps, ({ licenses: missing }) => missing)) total.addGap(gap)
  for (const { provider, licenses: missing } of gaps) if (missing !== undefined) tallies.get(provider)?.addGap(missing)
  const isUnpriced = ({ provider, id, purchased }: LicenseRow): boolean =>
    purchased.kind !== 'notApplicable' && pricing.priceOf(provider, id).kind === 'unpriced'
  return {
    providers: report.providers.map((provider) => ({
      ...provider,
      cost: tallies.get(provider.id)?.total() ?? { kind: 'notApplicable' },
    })),
    licenses,
    ...(holders === undefined
      ? {}
      : { users: holders.map(({ user, costs }) => ({ ...user, cost: pooled(costOfUser(user, costs)) })) }),
    ...(users === undefined || overlaps === undefined
      ? {}
      : { overlaps: costedOverlaps(overlaps, paidInSeveral(users, isPaid), seats, gaps) }),
    cost: {
      total: total.total(),
      ...(holders === undefined ? {} : { departments: departmentsOf(holders, gaps) }),
      currencies: pricing.currencies,
      unpriced: licenses.filter(isUnpriced).map(({ provider, id, name }) => ({ provider, id, name })),
    },
  }
}
