import type { CallingProperties } from '../contract/assignment-change.ts'
import type { Codec } from '../model/codec.ts'
import type { Capacity, Count } from '../model/count.ts'
import { codecOf } from '../model/decoder.ts'
import type { Cost, Money } from '../report/license-report.ts'
import { PlanOnFile } from './plan-shapes.ts'

/** What `format` says in every plan. */
export const PLAN_FORMAT = 'seatlens-plan'

/** Removals come first, as they free seats; a swap is a removal and an addition of one user that belong together. */
export type Phase = 'removal' | 'swap' | 'addition'

/** In the order in which they are carried out. */
export const phases: readonly Phase[] = ['removal', 'swap', 'addition']

/** One seat to be given or taken, with what people call the user and the license. */
export interface PlannedChange {
  readonly phase: Phase
  readonly action: 'assign' | 'remove'
  readonly userId: string
  /** The e-mail address, else the name, else the id. */
  readonly user: string
  readonly licenseId: string
  readonly license: string
  readonly calling?: CallingProperties
}

/** A user whom the plan changes, as they were when it was made. */
export interface PlannedUser {
  readonly id: string
  readonly status: string
  readonly licenseIds: readonly string[]
}

/** A license that the plan changes, before and after it. */
export interface PlannedLicense {
  readonly id: string
  readonly name: string
  readonly purchased: Capacity
  /** People who hold it. */
  readonly holders: { readonly before: Count; readonly after: Count }
  /** Seats left of what was bought; negative where more are in use. */
  readonly available: { readonly before: Capacity; readonly after: Capacity }
}

/** Something to know before deciding. */
export interface PlanWarning {
  readonly rule: string
  readonly message: string
  readonly userId?: string
  readonly licenseId?: string
}

/** What was asked for, in the asker's words. */
export interface PlannedIntent {
  readonly action: 'assign' | 'remove' | 'swap' | 'exactly'
  readonly license: string
  readonly to?: string
  readonly users?: readonly string[]
  readonly only?: 'add' | 'remove'
}

/** What a plan takes away, where that is so much that somebody must say the number. */
export interface PlannedBrake {
  /** Seats that the plan takes away in all; the half of a swap that is given up is one. */
  readonly removals: number
  /** Licenses that more than a fifth of their holders lose, or an unknown part of them. */
  readonly licenses: readonly {
    readonly id: string
    readonly name: string
    readonly removals: number
    readonly holders: Count
    /** Of the holders, from 0 to 1; absent where they could not be counted. */
    readonly share?: number
  }[]
}

/** What the seats that are given cost a month, less those that are taken: negative where that saves. */
export interface PlannedCost {
  /** What is known of it, by currency, in minor units. */
  readonly amounts: readonly Money[]
  /** Each license that the plan changes. */
  readonly licenses: readonly { readonly id: string; readonly name: string; readonly cost: Cost }[]
}

/** What is to be changed in one provider, what it was like before, and what it will be like: a file for people to look at. */
export interface Plan {
  readonly format: typeof PLAN_FORMAT
  readonly schemaVersion: 1
  /** ISO 8601 in UTC. */
  readonly createdAt: string
  /** ISO 8601 in UTC; after it the plan is not carried out any more. */
  readonly expiresAt: string
  readonly provider: { readonly id: string; readonly vendor: string; readonly displayName: string }
  readonly intents: readonly PlannedIntent[]
  /** In the order in which they are carried out. */
  readonly changes: readonly PlannedChange[]
  /** What was asked for and is so already. */
  readonly alreadySo: readonly PlannedChange[]
  readonly users: readonly PlannedUser[]
  readonly licenses: readonly PlannedLicense[]
  readonly warnings: readonly PlanWarning[]
  /** Of everything else in the plan: `sha256:` and 64 hexadecimal digits. A checksum against damage and careless edits, and no signature. */
  readonly hash: string
  readonly brake?: PlannedBrake
  /** A month, where any price is configured. What is bought does not change by a plan: it is what the seats are worth. */
  readonly cost?: PlannedCost
  /** Users whom the provider does not know, as they were given, and where. They were left out, as was asked for. */
  readonly skipped?: readonly { readonly user: string; readonly source: string }[]
  /** At most so many changes were asked for, and how many were left out for that. */
  readonly limit?: { readonly changes: number; readonly leftOut: number }
}

/** Whether something has the shape of a plan; whether it is as it was made, says {@link readPlan}. */
export const Plan: Codec<Plan> = codecOf(PlanOnFile)
