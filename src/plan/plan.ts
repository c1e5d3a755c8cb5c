import type { AssignmentChange, CallingProperties } from '../contract/assignment-change.ts'
import type { Codec } from '../model/codec.ts'
import type { Capacity, Count } from '../model/count.ts'
import { codecOf } from '../model/decoder.ts'
import type { Cost, Money, Saving } from '../report/license-report.ts'
import { callingOf } from './calling.ts'
import { PlanOnFile } from './plan-shapes.ts'

/** What `format` says in every plan. */
export const PLAN_FORMAT = 'seatlens-plan'

/** A finding of a report, as a plan names it. */
export interface PlannedFinding {
  /** Its id: see `Finding`. */
  readonly id: string
  readonly rule: string
  /** What was found, for people: one line. */
  readonly message: string
}

/** One seat to be assigned or removed, with the names of the user and the license. */
export interface PlannedChange {
  /** Removals come first, as they free seats. A swap removes one license of a user and assigns another one. */
  readonly phase: 'removal' | 'swap' | 'addition'
  readonly action: 'assign' | 'remove'
  readonly userId: string
  /** The e-mail address, else the name, else the id. */
  readonly user: string
  readonly licenseId: string
  readonly license: string
  readonly calling?: CallingProperties | undefined
  /** Why the seat is removed. Absent: the caller has asked for it. */
  readonly finding?: PlannedFinding | undefined
}

/** A step of a plan. */
export type Phase = PlannedChange['phase']

/** In the order in which they are applied. */
export const phases: readonly Phase[] = ['removal', 'swap', 'addition']

/** A change as the contract has it. */
export const changeOf = ({ action, userId, licenseId, calling }: PlannedChange): AssignmentChange => {
  const given = callingOf(calling)
  return { action, userId, licenseId, ...(given === undefined ? {} : { calling: given }) }
}

/** A user whom the plan changes, as they were when the plan was made. */
export interface PlannedUser {
  readonly id: string
  readonly status: string
  readonly licenseIds: readonly string[]
  /** ISO 8601: the newest time by any source. Only of users who lose a seat because of a finding. Absent there: no source told. */
  readonly lastActiveAt?: string | undefined
}

/** A license that the plan changes, before and after it. */
export interface PlannedLicense {
  readonly id: string
  readonly name: string
  readonly purchased: Capacity
  /** Users who hold it. */
  readonly holders: { readonly before: Count; readonly after: Count }
  /** Seats that are available; negative where more are in use than were purchased. */
  readonly available: { readonly before: Capacity; readonly after: Capacity }
}

/** Something to know before the plan is applied. */
export interface PlanWarning {
  readonly rule: string
  readonly message: string
  readonly userId?: string | undefined
  readonly licenseId?: string | undefined
  /** It tells of something that undo does not bring back. Default: it does not. */
  readonly lostForGood?: true | undefined
}

/**
 * What the caller asked for, before licenses and users were looked up: readers of the plan see why it has these changes.
 */
export interface PlannedIntent {
  readonly action: 'assign' | 'remove' | 'swap' | 'exactly'
  readonly license: string
  readonly to?: string | undefined
  readonly users?: readonly string[] | undefined
  readonly only?: 'add' | 'remove' | undefined
}

/** What a plan takes away, where the number of seats must be confirmed. */
export interface PlannedBrake {
  /** All seats that the plan takes away, including the old seat of each swap. */
  readonly removals: number
  /** Licenses that more than a fifth of their holders lose, or an unknown part. */
  readonly licenses: readonly {
    readonly id: string
    readonly name: string
    /** Seats of this license that the plan takes away. */
    readonly removals: number
    readonly holders: Count
    /** The part of the holders who lose it, from 0 to 1. Absent: the number of holders is unknown. */
    readonly share?: number | undefined
  }[]
}

/** The monthly cost of the seats that are assigned, less those that are removed. Negative: the plan saves money. */
export interface PlannedCost {
  /** The known part, by currency, in minor units. */
  readonly amounts: readonly Money[]
  /** Each license that the plan changes. */
  readonly licenses: readonly { readonly id: string; readonly name: string; readonly cost: Cost }[]
}

/** What the seats that a plan removes save a month, by when they do. */
export interface PlannedSaving extends Saving {
  /**
   * What `now` comes to from the day of the plan until the end of the terms. Unknown where the end of a term is. Absent: no
   * seat saves anything at once.
   */
  readonly untilTermEnd?: Cost | undefined
}

/** Seats that findings say could be removed, and that are not in the plan. */
export interface OmittedSeats {
  /** How many seats this reason keeps out. */
  readonly seats: number
  /** Why, for people: `protected: on call`. */
  readonly reason: string
}

/** The changes of one provider, with what was before and what will be after. A file for people to review. */
export interface Plan {
  readonly format: 'seatlens-plan'
  readonly schemaVersion: 1
  /** ISO 8601 in UTC. */
  readonly createdAt: string
  /** ISO 8601 in UTC. After it, the plan can no longer be applied. */
  readonly expiresAt: string
  readonly provider: { readonly id: string; readonly vendor: string; readonly displayName: string }
  readonly intents: readonly PlannedIntent[]
  /** In the order in which they are applied. */
  readonly changes: readonly PlannedChange[]
  /** Changes that were asked for and are already so. */
  readonly alreadySo: readonly PlannedChange[]
  readonly users: readonly PlannedUser[]
  readonly licenses: readonly PlannedLicense[]
  readonly warnings: readonly PlanWarning[]
  /** The hash of everything else in the plan: `sha256:` and 64 hexadecimal digits. It shows damage and careless edits, and is no signature. */
  readonly hash: string
  readonly brake?: PlannedBrake | undefined
  /** Monthly. A plan does not change what is purchased: this is what its seats cost. Absent: no prices are configured. */
  readonly cost?: PlannedCost | undefined
  /**
   * What it saves to do without the seats that the plan removes. Absent: the plan also gives licenses that users do not hold
   * yet, neither prices nor terms are known, or it was made by version 0.1.
   */
  readonly saving?: PlannedSaving | undefined
  /** Of a plan from findings: seats that were left out of it. Absent: none. */
  readonly omitted?: readonly OmittedSeats[] | undefined
  /** Users whom the provider does not know, as they were given, and where. The caller asked to skip them. */
  readonly skipped?: readonly { readonly user: string; readonly source: string }[] | undefined
  /** The limit that the caller gave, and how many changes were left out because of it. */
  readonly limit?: { readonly changes: number; readonly leftOut: number } | undefined
}

/** Whether a value has the shape of a plan. {@link readPlan} says whether it is as it was made. */
export const Plan: Codec<Plan> = codecOf(PlanOnFile)
