import * as t from 'io-ts'
import type { Codec } from '../model/codec.ts'
import { codecOf } from '../model/decoder.ts'
import { momentOf } from '../model/moment.ts'
import { optionalMembers } from '../model/optional-members.ts'

/** One seat that a plan has changed, or may have changed, as its journal tells. */
export interface SeatChange {
  readonly userId: string
  readonly licenseId: string
  readonly action: 'assign' | 'remove'
  /**
   * `made`: a reading showed it. `pending`: the vendor accepted it, and it was not in force yet. `unknown`: it was sent, and
   * the journal has no outcome of it.
   */
  readonly state: 'made' | 'pending' | 'unknown'
  /** When it was sent. ISO 8601 in UTC. */
  readonly from: string
  /** When it was seen to be made: it was made at this time, or since `from`. Absent: it was not. */
  readonly to?: string | undefined
  /** It takes back a change of the plan. */
  readonly undo?: true | undefined
  /** No change asked for it: the vendor made it because of another one. */
  readonly implicit?: true | undefined
}

/** What a plan has changed and when, as `readPlanHistory` finds it in a journal. */
export interface PlanHistory {
  /** What people call the plan: the file of its journal, without `.journal`. */
  readonly name: string
  /** The hash of the plan. Copies of a plan, and of its journal, have the same. */
  readonly hash: string
  /** When the plan was made. ISO 8601 in UTC. */
  readonly createdAt: string
  readonly provider: { readonly id: string; readonly vendor: string; readonly displayName: string }
  /** In the order of the journal. What was already so, was refused or was never sent is not among them. */
  readonly changes: readonly SeatChange[]
  /** Why more may have been changed than is told, in one line. Absent: every run has ended, and every change has an outcome. */
  readonly unfinished?: string | undefined
  /** Whether every entry of the journal has a checksum: see `JournalState`. */
  readonly chained: boolean
}

const Moment = t.refinement(t.string, (text) => momentOf(text) !== undefined, 'a date and time with its zone')

const SeatChangeShape: t.Type<SeatChange> = t.intersection(
  [
    t.type({
      userId: t.string,
      licenseId: t.string,
      action: t.keyof({ assign: null, remove: null }),
      state: t.keyof({ made: null, pending: null, unknown: null }),
      from: Moment,
    }),
    optionalMembers({ to: Moment, undo: t.literal(true), implicit: t.literal(true) }),
  ],
  'SeatChange',
)

const PlanHistoryShape: t.Type<PlanHistory> = t.intersection(
  [
    t.type({
      name: t.string,
      hash: t.string,
      createdAt: t.string,
      provider: t.type({ id: t.string, vendor: t.string, displayName: t.string }),
      changes: t.readonlyArray(SeatChangeShape),
      chained: t.boolean,
    }),
    optionalMembers({ unfinished: t.string }),
  ],
  'PlanHistory',
)

/** Whether a value has the shape of what a journal tells of a plan. */
export const PlanHistory: Codec<PlanHistory> = codecOf(PlanHistoryShape)
