import * as t from 'io-ts'
import type { Cost, LicensedUser, LicenseError, LicenseReport, Plan } from 'seatlens'
import { textUpTo, wholeFrom } from './codecs.ts'

/**
 * What the page and the server say to each other. The server decodes requests by the codecs, and both are compiled against the
 * types of the answers. The library's own results have the library's types.
 */

const text = textUpTo(1_000)

export const SignIn = t.type({ name: textUpTo(200), password: text }, 'SignIn')

export const Role = t.keyof({ viewer: null, operator: null }, 'viewer or operator')
/** `viewer`: reads. `operator`: also plans, applies and takes back. */
export type Role = t.TypeOf<typeof Role>

/** A tenant, as one user may see it. */
export interface TenantOfUser {
  readonly id: string
  readonly name: string
  readonly role: Role
}

/** The user who has signed in. */
export interface Session {
  readonly name: string
  readonly tenants: readonly TenantOfUser[]
}

/** Everything but the users, whom `/users` streams. */
export type Report = Omit<LicenseReport, 'users'>

/** How far the list of users of a provider has come. */
export interface UsersProgress {
  readonly provider: string
  /** Users found so far. Some providers deliver them only later. */
  readonly users: number
  /** Pages read, and pages in the end as far as the vendor's counters tell. */
  readonly pages: number
  readonly expectedPages?: number | undefined
}

/** One line of `/users`. The last one is `done`: without it, the list was cut off. */
export type UsersLine =
  | { readonly user: LicensedUser }
  | { readonly progress: UsersProgress }
  | { readonly failure: LicenseError }
  | { readonly done: { readonly complete: boolean; readonly users: number } }

export interface HeldSeat {
  readonly provider: string
  readonly userId: string
  readonly license: { readonly id: string; readonly name: string }
  /** The vendor has not given it yet. */
  readonly pending: boolean
  readonly monthlyCost?: Cost | undefined
}

export interface FoundPerson {
  readonly person: { readonly email: string; readonly displayName?: string | undefined }
  readonly seats: readonly HeldSeat[]
  /** Providers that could not be asked: there may be more seats. */
  readonly failures: readonly LicenseError[]
}

export interface KeptSnapshot {
  readonly id: string
  readonly takenAt: string
  readonly takenBy: string
  /** Everything could be read. */
  readonly complete: boolean
}

const SeatsToFix = t.intersection([
  t.type({ fix: t.readonlyArray(text, 'a list of rules or ids of findings') }),
  t.partial({ provider: text, limit: wholeFrom(1) }),
])
const SeatsToChange = t.type({
  changes: t.readonlyArray(
    t.type({
      provider: text,
      user: text,
      action: t.keyof({ assign: null, remove: null }, 'assign or remove'),
      license: text,
    }),
    'a list of changes',
  ),
})
/** A plan from findings, by their rules or ids, or from single changes. */
export const WantedPlan = t.union(
  [SeatsToFix, SeatsToChange],
  '{ fix: [RULE or ID], provider?, limit? } or { changes: […] }',
)
export type WantedPlan = t.TypeOf<typeof WantedPlan>
export type SeatsToFix = t.TypeOf<typeof SeatsToFix>
export type SeatsToChange = t.TypeOf<typeof SeatsToChange>

/** How many seats a person has agreed to take away, where the brake asks for it. */
export const Apply = t.partial({ confirmedSeats: wholeFrom(0) }, 'Apply')

export type Doing = 'apply' | 'undo'

export const PlanState = t.keyof(
  {
    planned: null,
    applying: null,
    interrupted: null,
    applied: null,
    'applied with failures': null,
    undoing: null,
    'undo interrupted': null,
    undone: null,
    'undone with failures': null,
  },
  'PlanState',
)
export type PlanState = t.TypeOf<typeof PlanState>

/** What a person is told of a failure. */
export const ToldFailure = t.readonly(t.type({ code: t.string, message: t.string }), 'ToldFailure')
export type ToldFailure = t.TypeOf<typeof ToldFailure>

export interface PlanStatus {
  readonly state: PlanState
  /** Why the last run ended early or changed nothing. */
  readonly failures: readonly ToldFailure[]
  /** How many changes have which outcome. `takenBack`: of them, how many were taken back. */
  readonly counts: Readonly<Record<string, number>>
}

/** A plan without its changes. */
export interface PlanSummary extends PlanStatus {
  readonly id: string
  readonly provider: string
  readonly createdAt: string
  readonly createdBy: string
  readonly changes: number
  readonly seatsRemoved: number
}

export interface PlanInFull extends PlanSummary {
  readonly plan: Plan
  /** It is applied only with the number of seats that it takes away. */
  readonly needsConfirmation: boolean
  /** Then: how many those are, and of whom, in words. */
  readonly brake?: string | undefined
}

/** What became of a change. `change` and `undo` are the key: a later outcome takes the place of an earlier one. */
export interface Outcome {
  readonly change: number
  readonly user: string
  readonly license: string
  readonly action: 'assign' | 'remove'
  readonly outcome: string
  readonly reason?: string | undefined
  readonly undo?: true | undefined
}

/** The events of a plan, by name. */
export interface PlanEvents {
  readonly outcome: Outcome
  readonly progress: { readonly done: number; readonly total: number }
  readonly state: PlanStatus
}

/** The body of every answer that says no. */
export interface ToldRefusal {
  readonly error: {
    readonly code: string
    readonly message: string
    /** Try again after so many seconds. */
    readonly seconds?: number
    /** Who is at work on the plan, and since when. */
    readonly by?: string
    readonly since?: string
    /** That of the plan. */
    readonly state?: PlanState
    /** The library's own failure. */
    readonly failure?: unknown
  }
  /** How many seats must be confirmed. */
  readonly needs?: number
}
