import type { Cost, CostSummary, LicenseReport, LicenseRow, Overlap, UserRow } from '../license-report.ts'
import type { ProviderReading } from '../provider-reading.ts'
import { doubtOf } from '../uncertainty.ts'
import { type CostTally, createCostTally, sumOfCosts } from './cost-tally.ts'
import type { Pricing } from './pricing.ts'
import { costOfPurchased, type SeatCosts } from './seat-costs.ts'

/** Why what is known of one provider is not all that there is; absent where it is. */
interface CostDoubts {
  readonly provider: string
  /** Licenses may be missing. */
  readonly licenses: string | undefined
  /** Users, or what they hold, may be missing. */
  readonly users: string | undefined
  /** Departments may be missing. */
  readonly directory: string | undefined
}

export const doubtsOf = ({ provider, licenses, users }: ProviderReading): CostDoubts => ({
  provider: provider.id,
  licenses: doubtOf(licenses.ledger),
  users: doubtOf(users.ledger),
  directory: users.directory && doubtOf(users.directory),
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

const holderOf = (user: UserRow, { ofHolder }: SeatCosts): Holder => ({
  user,
  costs: user.licenseIds.map((licenseId) => ofHolder(user.provider, licenseId, user.id)),
})

const departmentsOf = (holders: readonly Holder[], doubts: readonly CostDoubts[]): CostSummary['departments'] => {
  const tallies = new Map<string, CostTally>()
  for (const { user, costs } of holders) {
    if (costs.length === 0) continue
    const department = user.department?.trim() ?? ''
    const tally = tallies.get(department) ?? createCostTally('seats')
    tallies.set(department, tally)
    for (const cost of costs) tally.add(cost)
  }
  for (const [department, tally] of tallies) {
    for (const { provider, users: unlisted, directory } of doubts) {
      if (unlisted !== undefined) tally.doubt(`${provider}: ${unlisted}`)
      // Those of whom it is not known where they belong are under no name, and are all there.
      if (directory !== undefined && department !== '') tally.doubt(`${provider}: ${directory}`)
    }
  }
  return [...tallies]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([department, tally]) => (department === '' ? { cost: tally.total() } : { department, cost: tally.total() }))
}

/** For each two providers, the seats of the people who hold some in both. */
const overlapCosts = (overlaps: readonly Overlap[], holders: readonly Holder[]): readonly Overlap[] => {
  const byPerson = new Map<string, Holder[]>()
  for (const holder of holders) {
    if (holder.user.link === 'none' || holder.costs.length === 0) continue
    const accounts = byPerson.get(holder.user.person)
    if (accounts === undefined) byPerson.set(holder.user.person, [holder])
    else accounts.push(holder)
  }
  const tallies = new Map<string, CostTally>()
  const tallyOf = (one: string, other: string): CostTally => {
    const key = one < other ? `${one} ${other}` : `${other} ${one}`
    const tally = tallies.get(key) ?? createCostTally('seats')
    tallies.set(key, tally)
    return tally
  }
  for (const accounts of byPerson.values()) {
    const providers = [...new Set(accounts.map(({ user }) => user.provider))]
    providers.forEach((one, index) => {
      for (const other of providers.slice(index + 1)) {
        const tally = tallyOf(one, other)
        for (const { user, costs } of accounts) {
          if (user.provider !== one && user.provider !== other) continue
          for (const cost of costs) tally.add(cost)
        }
      }
    })
  }
  return overlaps.map((overlap) => {
    const tally = tallyOf(...overlap.providers)
    if (overlap.people.kind === 'unknown') tally.doubt(overlap.people.reason)
    return { ...overlap, cost: tally.total() }
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
 * A report with what everything costs a month. What was bought is paid for, so that licenses, providers and the total
 * count what was bought; people, departments and overlaps count the seats that are held.
 */
export const withCosts = (
  report: Costed,
  pricing: Pricing,
  seats: SeatCosts,
  doubts: readonly CostDoubts[],
): CostedReport => {
  const pooled = createCostPool()
  const { users, overlaps } = report
  const holders = users?.map((user) => holderOf(user, seats))
  const licenses = report.licenses.map((row) => ({ ...row, cost: costOfPurchased(row, pricing) }))
  const total = createCostTally('licenses')
  const tallies = new Map(report.providers.map(({ id }) => [id, createCostTally('licenses')]))
  for (const { provider, cost } of licenses) {
    total.add(cost)
    tallies.get(provider)?.add(cost)
  }
  for (const { provider, licenses: missing } of doubts) {
    if (missing === undefined) continue
    tallies.get(provider)?.doubt(missing)
    total.doubt(`${provider}: ${missing}`)
  }
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
      : { users: holders.map(({ user, costs }) => ({ ...user, cost: pooled(sumOfCosts(costs, 'seats')) })) }),
    ...(holders === undefined || overlaps === undefined ? {} : { overlaps: overlapCosts(overlaps, holders) }),
    cost: {
      total: total.total(),
      departments: holders === undefined ? [] : departmentsOf(holders, doubts),
      unpriced: licenses.filter(isUnpriced).map(({ provider, id, name }) => ({ provider, id, name })),
    },
  }
}
