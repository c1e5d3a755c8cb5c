import type { Count } from '../../model/count.ts'
import { groupedBy } from '../../model/grouped-by.ts'
import { knownOf, sumOfCosts, unknownCost } from '../../report/cost/cost-tally.ts'
import { createSeatCosts, type SeatCosts } from '../../report/cost/seat-costs.ts'
import type { Cost, SeatsAndCost } from '../../report/license-report.ts'
import { counted } from '../../report/uncertainty.ts'
import type { LicenseAttribution, PlanCause, SeatsMoved } from './attribution.ts'
import { gapFinder } from './compare-holders.ts'
import type { Between, PlanChange } from './plan-changes.ts'
import type { ProviderSide } from './provider-side.ts'
import { type PassingChange, seatCauses } from './seat-causes.ts'
import type { CapacityDiff, DiffPerson, LicenseDiff, WorkspaceDiff } from './snapshot-diff.ts'

/** What seats of one license cost that changed for one cause. */
interface Moved {
  readonly given: Cost[]
  readonly givenBack: Cost[]
}

const nothing = (): Moved => ({ given: [], givenBack: [] })

const leastCost = (cost: Cost, gap: string | undefined): Cost =>
  gap === undefined ? cost : unknownCost(gap, knownOf(cost))

const seatsAndCost = (costs: readonly Cost[], gap: string | undefined): SeatsAndCost => ({
  seats: counted(costs.length, gap),
  cost: leastCost(sumOfCosts(costs), gap),
})

const movedOf = ({ given, givenBack }: Moved, gap: string | undefined): SeatsMoved => ({
  given: seatsAndCost(given, gap),
  givenBack: seatsAndCost(givenBack, gap),
})

const reasonIn = (...counts: readonly Count[]): string | undefined =>
  counts.flatMap((count) => (count.kind === 'unknown' ? [count.reason] : []))[0]

/** What is unknown in both snapshots is no difference between them, as in the comparison itself. */
const gapOfAssigned = ({ before, after, difference }: CapacityDiff): string | undefined =>
  before?.kind === 'unknown' && after?.kind === 'unknown' ? undefined : reasonIn(difference)

/** The same for a plan, and for its undo. */
export const causeKey = ({ plan, undo }: Pick<PlanChange, 'plan' | 'undo'>): string =>
  JSON.stringify([plan, undo === true])

const costsOn = ({ rows, holders, workspaces, pricing }: ProviderSide): SeatCosts =>
  createSeatCosts([...rows.values()], [...holders.users.values(), ...(workspaces?.workspaces.values() ?? [])], pricing)

/** A license comes free with the organization: its seats are no money. */
export const isFreeIn = (id: string, before: ProviderSide, after: ProviderSide): boolean =>
  (after.rows.get(id) ?? before.rows.get(id))?.purchased.kind === 'notApplicable'

/** One provider in two snapshots, and the plans that changed it. */
interface AttributedProvider {
  readonly provider: string
  readonly before: ProviderSide
  readonly after: ProviderSide
  readonly workspaces: readonly WorkspaceDiff[]
  readonly changes: readonly PlanChange[]
  readonly between: Between
  /** What people call a plan, by its hash. */
  readonly nameOf: (plan: string) => string
}

/** Says whose changes the changes of seats of one provider are. */
export interface SeatAttribution {
  /** `assigned`: the assigned seats, to whose difference everything adds up where it is known. */
  readonly ofLicense: (id: string, holders: LicenseDiff['holders'], assigned: CapacityDiff) => LicenseAttribution
  readonly passing: readonly PassingChange[]
}

/** Workspaces are changed by no plan. */
const workspaceMoves = (workspaces: readonly WorkspaceDiff[]) => {
  const moves = workspaces.flatMap(({ id, change, in: gained, out: lost }) =>
    change === 'unknown'
      ? []
      : [
          ...gained.map(({ licenseId }) => ({ id, licenseId, change, direction: 'given' as const })),
          ...lost.map(({ licenseId }) => ({ id, licenseId, change, direction: 'givenBack' as const })),
        ],
  )
  return groupedBy(moves, ({ licenseId }) => licenseId)
}

/** Whether a user is there on one side only, or is deleted on the other one. */
const isGone = (id: string, there: ProviderSide, gone: ProviderSide): boolean => {
  const user = gone.holders.users.get(id)
  return user === undefined || (user.status === 'deleted' && there.holders.users.get(id)?.status !== 'deleted')
}

const holdsIn = ({ holders }: ProviderSide, userId: string, licenseId: string): boolean =>
  holders.users.get(userId)?.licenseIds.includes(licenseId) === true

export const attributeSeats = (given: AttributedProvider): SeatAttribution => {
  const { provider, before, after, workspaces, changes, between, nameOf } = given
  const causes = seatCauses(changes, between)
  const [costsBefore, costsAfter] = [costsOn(before), costsOn(after)]
  const moves = workspaceMoves(workspaces)
  const gapAfter = gapFinder(after.holders, before.holders)

  const ofLicense: SeatAttribution['ofLicense'] = (id, holders, assigned) => {
    const [others, cameAndLeft, unclear] = [nothing(), nothing(), nothing()]
    const plans = new Map<string, { readonly cause: PlanCause; readonly moved: Moved }>()
    const ofPlan = (change: PlanChange): Moved => {
      const key = causeKey(change)
      const undo = change.undo === true ? { undo: true as const } : {}
      const found = plans.get(key) ?? {
        cause: { name: nameOf(change.plan), plan: change.plan, ...undo },
        moved: nothing(),
      }
      plans.set(key, found)
      return found.moved
    }
    const causeOf = (userId: string, direction: keyof Moved): Moved => {
      const action = direction === 'given' ? 'assign' : 'remove'
      const cause = causes.causeOf({ userId, licenseId: id }, action)
      if (cause?.kind === 'plan') return ofPlan(cause.change)
      if (cause?.kind === 'unclear') return unclear
      const [there, gone] = direction === 'given' ? [after, before] : [before, after]
      return isGone(userId, there, gone) ? cameAndLeft : others
    }
    const add = (people: readonly DiffPerson[], direction: keyof Moved, costs: SeatCosts) => {
      for (const person of people) {
        causeOf(person.id, direction)[direction].push(costs.ofHolder(provider, id, person.id))
      }
    }
    add(holders.in, 'given', costsAfter)
    add(holders.out, 'givenBack', costsBefore)
    for (const { id: workspace, change, direction } of moves.get(id) ?? []) {
      const costs = direction === 'given' ? costsAfter : costsBefore
      const cause = change === 'changed' ? others : cameAndLeft
      cause[direction].push(costs.ofHolder(provider, id, workspace))
    }
    const gapOfUsers = reasonIn(holders.came, holders.left)
    const gap = gapOfUsers ?? gapOfAssigned(assigned)
    return {
      plans: [...plans.values()].map(({ cause, moved }) => ({ ...cause, ...movedOf(moved, gapOfUsers) })),
      others: movedOf(others, gap),
      cameAndLeft: movedOf(cameAndLeft, gap),
      unclear: movedOf(unclear, gapOfUsers),
      ...(isFreeIn(id, before, after) ? { free: true } : {}),
    }
  }

  const passing = causes.passing(({ userId, licenseId }) => {
    if (holdsIn(after, userId, licenseId)) return true
    const isKnown = before.holders.users.has(userId) || after.holders.users.has(userId)
    return isKnown && gapAfter(licenseId) === undefined ? false : undefined
  })
  return { ofLicense, passing: passing.filter(({ change }) => !isFreeIn(change.licenseId, before, after)) }
}
