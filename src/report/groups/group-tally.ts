import { type Count, notApplicable } from '../../model/count.ts'
import { createCostTally } from '../cost/cost-tally.ts'
import type { Cost, Finding, GroupRow, UserRow } from '../license-report.ts'
import { allOf, counted } from '../uncertainty.ts'
import type { GroupKey } from './group-key.ts'

/** One seat of a user. */
export interface HeldSeat {
  readonly user: UserRow
  /** False for a license of which no seat belongs to a user. */
  readonly isSeat: boolean
  readonly cost: Cost
  readonly findings: readonly Finding[]
}

/** Why numbers of one group may be too small; empty where they are exact. */
export interface GroupGaps {
  /** Users, or what they hold, may be missing. */
  readonly users: readonly string[]
  /** Users who are counted may be the same person. */
  readonly people: readonly string[]
  /** Findings may be missing. */
  readonly findings: readonly string[]
}

/** Which parts a report has. */
export interface GroupParts {
  readonly cost: boolean
  readonly findings: boolean
}

/** Adds up the seats of one group. */
export interface GroupTally {
  readonly key: GroupKey
  /** The seats of a user one after the other: a user is counted once. */
  readonly add: (seat: HeldSeat) => void
  /** How many users of each provider are in it. */
  readonly usersOf: ReadonlyMap<string, number>
  readonly row: (gaps: GroupGaps, parts: GroupParts) => Omit<GroupRow, 'reason'>
}

/** Seats of a license that is shared are no number at all where the group has no others. */
const countOfSeats = (seats: number, shared: number, gap: string | undefined): Count =>
  seats === 0 && shared > 0 ? notApplicable : counted(seats, gap)

const peopleIn = (byProvider: ReadonlyMap<string, ReadonlySet<string>>): number => {
  const [first = new Set<string>(), ...others] = byProvider.values()
  if (others.length === 0) return first.size
  const all = new Set(first)
  for (const people of others) for (const person of people) all.add(person)
  return all.size
}

/** Users of several providers may be one person. Within one provider, they are different people. */
const countOfPeople = (byProvider: ReadonlyMap<string, ReadonlySet<string>>, { users, people }: GroupGaps): Count => {
  const gap = allOf([...users, ...people])
  if (people.length === 0) return counted(peopleIn(byProvider), gap)
  return counted(Math.max(0, ...[...byProvider.values()].map(({ size }) => size)), gap)
}

/** What some of the seats come to. */
const createSeatSum = () => {
  let seats = 0
  let shared = 0
  const costs = createCostTally('seats')
  return {
    add: ({ isSeat, cost }: HeldSeat): void => {
      if (isSeat) seats++
      else shared++
      costs.add(cost)
    },
    total: (gaps: readonly string[]): { readonly seats: Count; readonly cost: Cost } => {
      for (const gap of gaps) costs.addGap(gap)
      return { seats: countOfSeats(seats, shared, allOf(gaps)), cost: costs.total() }
    },
  }
}

export const createGroupTally = (key: GroupKey): GroupTally => {
  const people = new Map<string, Set<string>>()
  const usersOf = new Map<string, number>()
  const held = createSeatSum()
  const atStake = createSeatSum()
  const findings = new Set<Finding>()
  const findingGroups = new Set<string>()
  let last: UserRow | undefined
  let users = 0
  return {
    key,
    usersOf,
    add: (seat) => {
      const { user } = seat
      if (user !== last) {
        last = user
        users++
        usersOf.set(user.provider, (usersOf.get(user.provider) ?? 0) + 1)
        const ofProvider = people.get(user.provider) ?? new Set<string>()
        people.set(user.provider, ofProvider.add(user.person))
      }
      held.add(seat)
      if (seat.findings.length === 0) return
      atStake.add(seat)
      for (const finding of seat.findings) {
        findings.add(finding)
        findingGroups.add(finding.group ?? finding.id)
      }
    },
    row: (gaps, parts) => {
      const { seats, cost } = held.total(gaps.users)
      const unfound = [...gaps.users, ...gaps.findings]
      return {
        ...key,
        people: countOfPeople(people, gaps),
        users: counted(users, allOf(gaps.users)),
        seats,
        ...(parts.cost ? { cost } : {}),
        ...(parts.findings
          ? {
              atStake: {
                findings: counted(findings.size, allOf(unfound)),
                findingGroups: counted(findingGroups.size, allOf(unfound)),
                ...atStake.total(unfound),
              },
            }
          : {}),
      }
    },
  }
}
