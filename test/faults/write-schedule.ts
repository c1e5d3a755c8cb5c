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

/** What becomes of a change, or of the request that it is in. */
export const changeDisturbances = [
  /** Made some time after it was accepted. */
  'late',
  /** Another license goes or comes with it. */
  'implicit',
  /** Its request is done in part. */
  'half',
  /** Accepted, and never made. */
  'ignored',
  /** Refused, among others of its request that are not. */
  'refused',
  /** Its user cannot be changed, and a request that names them is refused as a whole. */
  'refusedForOne',
  /** Its request comes when there were too many. */
  'throttled',
  /** Its license has no seat left, from some assignment on. */
  'seatsOut',
] as const
export type ChangeDisturbance = (typeof changeDisturbances)[number]

/** One change with which something is wrong. */
export interface ScheduledDisturbance {
  readonly kind: ChangeDisturbance
  /** Chooses among the changes. */
  readonly pick: number
  readonly times: number
  /** How late it is, or for how long it is throttled. */
  readonly seconds: number
  /** Chooses between two ways of it, and what goes or comes with it. */
  readonly way: number
}

/** One organization, one plan for it, and all that goes wrong while it is carried out. */
export interface WriteSchedule {
  readonly users: number
  readonly seed: number
  /** Each chooses a user and what becomes of them. */
  readonly picks: readonly number[]
  readonly faults: readonly ScheduledFault[]
  readonly losses: readonly ScheduledLoss[]
  readonly disturbances: readonly ScheduledDisturbance[]
  /** Whether the vendor says that an ignored change is in force. */
  readonly claims: boolean
  /** Whether all that is late has arrived before the plan is applied again. */
  readonly waits: boolean
}

const few = fc.integer({ min: 1, max: 4 })

export const writeSchedules: fc.Arbitrary<WriteSchedule> = fc.record({
  users: fc.integer({ min: 12, max: 40 }),
  seed: fc.integer({ min: 1, max: 10_000 }),
  picks: fc.array(fc.nat(10_000), { minLength: 1, maxLength: 12 }),
  faults: fc.array(scheduledFaults, { maxLength: 2 }),
  losses: fc.array(fc.record({ kind: fc.constantFrom(...lostAnswers), skip: fc.nat(4), times: few }), { maxLength: 2 }),
  disturbances: fc.array(
    fc.record({
      kind: fc.constantFrom(...changeDisturbances),
      pick: fc.nat(100),
      times: fc.constantFrom(1, 2, 1_000),
      // The last is longer than is waited for it.
      seconds: fc.constantFrom(4, 30, 120, 120),
      way: fc.nat(100),
    }),
    { maxLength: 3 },
  ),
  claims: fc.boolean(),
  waits: fc.constantFrom(true, true, false),
})
