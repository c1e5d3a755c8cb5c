import type { SeatsAndCost } from '../../report/license-report.ts'

/**
 * Seats of licenses that changed for one cause, and what they cost a month: seats given by the prices of the later snapshot,
 * seats given back by those of the earlier one. A number is a lower bound where a gap may hide more.
 */
export interface SeatsMoved {
  /** Seats that are held in the later snapshot alone. */
  readonly given: SeatsAndCost
  /** Seats that are held in the earlier snapshot alone. */
  readonly givenBack: SeatsAndCost
}

/** What changed seats: a plan, or the undo of one. */
export interface PlanCause {
  /** What people call the plan. */
  readonly name: string
  /** The hash of the plan. */
  readonly plan: string
  /** Its changes were taken back: what is given, the plan had removed, and the other way round. Absent: they were made. */
  readonly undo?: true | undefined
}

/**
 * Whose changes the changes of seats are. Each seat counts once: seats given, less seats given back, of all parts together
 * are exactly the difference of assigned seats, where that is known. What neither snapshot lists, such as workspaces that could
 * not be read, is in no part.
 */
export interface Attributed {
  /** By plans whose journals say so. Of several plans that changed one seat, the last one counts. */
  readonly plans: readonly (PlanCause & SeatsMoved)[]
  /** By other hands: no journal explains them. */
  readonly others: SeatsMoved
  /**
   * Given: users who are not in the earlier snapshot, or are deleted there. Given back: users who are not in the later one, or
   * are deleted there. The same for workspaces.
   */
  readonly cameAndLeft: SeatsMoved
  /** A plan was sent for them, and its journal has no outcome: it may have been the plan, or another hand. */
  readonly unclear: SeatsMoved
}

/** The same for one license. */
export interface LicenseAttribution extends Attributed {
  /** It comes free with the organization: its seats are not in the sums of {@link DiffAttribution}. */
  readonly free?: true | undefined
}

/** What a plan, or the undo of one, changed between the snapshots. Plans that changed nothing in this time have none. */
export interface PlanAttribution extends PlanCause, SeatsMoved {
  readonly provider: string
  /** When the plan was made. ISO 8601 in UTC. */
  readonly createdAt: string
  /** Changes that were made in this time and that the later snapshot does not show: given back and taken again, or the other way round. */
  readonly didNotLast: MovedSeats
  /** Changes that were made and taken back by undo in this time. */
  readonly undone: MovedSeats
  /** Changes that were made in this time, and that a later plan reversed. */
  readonly replaced: MovedSeats
}

/** Seats: those that holders were `given`, and those that they have `givenBack`. */
export interface MovedSeats {
  readonly given: number
  readonly givenBack: number
}

/** Something to know of a journal, in one line that names it. */
export interface JournalRemark {
  readonly name: string
  /**
   * `damaged`: it cannot be used. `otherProvider`: it is of a provider that the snapshots do not have, or only one of them.
   * `unfinished`: a run has not ended, or changes have no outcome. `unchained`: written by version 0.1, without checksums.
   */
  readonly kind: 'damaged' | 'otherProvider' | 'unfinished' | 'unchained'
  readonly message: string
}

/** Whose changes the changes of seats between two snapshots are: of all licenses that do not come free with the organization. */
export interface DiffAttribution extends Omit<Attributed, 'plans'> {
  /** Why nothing can be attributed. Absent: it can. */
  readonly impossible?: string | undefined
  /** Every change of a seat is attributed, and no journal is damaged. */
  readonly complete: boolean
  /** In the order of their changes. */
  readonly plans: readonly PlanAttribution[]
  /** Plans without a change between the two snapshots. */
  readonly plansOutside: number
  readonly journals: readonly JournalRemark[]
}
