import * as fc from 'fast-check'
import { type ScheduledFault, scheduledFaults } from './schedule.ts'

/** What happens to a write that is carried out, and of which the answer is lost or says nothing. */
export const lostAnswers = [
  'lostByReset',
  'lostBy500',
  'lostBy504',
  'lostByHang',
  'answeredWithoutBody',
  'answeredByAFilter',
] as const
export type LostAnswer = (typeof lostAnswers)[number]

/** What happens to requests that change something, beside what happens to any. */
export interface ScheduledLoss {
  readonly kind: LostAnswer
  readonly skip: number
  readonly times: number
}

/** One license of one user with which something is wrong. */
export interface ScheduledMisbehaviour {
  readonly effect: 'refuse' | 'ignore'
  /** Chooses among the changes. */
  readonly pick: number
  readonly times: number
}

/** One organisation, one plan for it, and all that goes wrong while it is carried out. */
export interface WriteSchedule {
  readonly users: number
  readonly seed: number
  /** Each chooses a user and what becomes of them. */
  readonly picks: readonly number[]
  readonly faults: readonly ScheduledFault[]
  readonly losses: readonly ScheduledLoss[]
  readonly misbehaviours: readonly ScheduledMisbehaviour[]
  /** Whether the vendor says that an ignored change is in force. */
  readonly claims: boolean
}

const few = fc.integer({ min: 1, max: 4 })

export const writeSchedules: fc.Arbitrary<WriteSchedule> = fc.record({
  users: fc.integer({ min: 12, max: 40 }),
  seed: fc.integer({ min: 1, max: 10_000 }),
  picks: fc.array(fc.nat(10_000), { minLength: 1, maxLength: 12 }),
  faults: fc.array(scheduledFaults, { maxLength: 2 }),
  losses: fc.array(fc.record({ kind: fc.constantFrom(...lostAnswers), skip: fc.nat(4), times: few }), { maxLength: 2 }),
  misbehaviours: fc.array(
    fc.record({ effect: fc.constantFrom('refuse', 'ignore'), pick: fc.nat(100), times: fc.constantFrom(1, 2, 1_000) }),
    { maxLength: 2 },
  ),
  claims: fc.boolean(),
})
