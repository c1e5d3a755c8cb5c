import type { ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import type { License } from '../model/license.ts'
import type { LicenseError } from '../model/license-error.ts'
import type { LicensedUser } from '../model/licensed-user.ts'
import type { PlannedBrake } from './plan.ts'

/** What every failure carries. */
interface PlanFailureDetails {
  /** One line for people: where, what happened, and what to do where that is known. */
  readonly message: string
  /** Where it was asked for, as the intent says: `line 3 of changes.csv`. Absent where it is about no single intent. */
  readonly source?: string
  /** What else was found to be wrong, in the order in which it was asked for; none of these has more. Absent: nothing. */
  readonly also?: readonly PlanFailure[]
}

/** What was handed in is not what it should be: an intent, a plan, a journal. */
export interface InvalidInput extends PlanFailureDetails {
  readonly _tag: 'InvalidInput'
  /** Where in it: `intents[2].action`. */
  readonly path: string
  /** What was expected there. */
  readonly expected: string
}

/** The provider cannot change assignments. */
export interface UnsupportedProvider extends PlanFailureDetails {
  readonly _tag: 'Unsupported'
  readonly provider: string
}

/** The provider could not be read well enough to decide anything on it. One failure for each thing that is missing. */
export interface Unreadable extends PlanFailureDetails {
  readonly _tag: 'Unreadable'
  readonly provider: string
  /** What ended the reading, where it was one failure. */
  readonly error?: LicenseError
}

/** The provider knows no such user. */
export interface UnknownUser extends PlanFailureDetails {
  readonly _tag: 'UnknownUser'
  readonly provider: string
  /** The address or id as it was given. */
  readonly user: string
}

/** An address that several users have. */
export interface AmbiguousUser extends PlanFailureDetails {
  readonly _tag: 'AmbiguousUser'
  readonly provider: string
  readonly user: string
  /** All who could be meant; empty where the provider does not tell who they are. */
  readonly candidates: readonly Pick<LicensedUser, 'id' | 'status' | 'displayName'>[]
}

/** The provider has no such license. */
export interface UnknownLicense extends PlanFailureDetails {
  readonly _tag: 'UnknownLicense'
  readonly provider: string
  /** As it was given. */
  readonly license: string
  /** What may have been meant, the closest first. */
  readonly suggestions: readonly string[]
}

/** A name of several licenses. */
export interface AmbiguousLicense extends PlanFailureDetails {
  readonly _tag: 'AmbiguousLicense'
  readonly provider: string
  readonly license: string
  readonly candidates: readonly Pick<License, 'id' | 'name'>[]
}

/** One license of one user, as a failure is about it. */
interface FailedSeat {
  readonly userId: string
  readonly licenseId: string
}

/** A license that people hold and the provider does not list: it can be taken away, and not given. */
export interface UnlistedLicense extends PlanFailureDetails, FailedSeat {
  readonly _tag: 'UnlistedLicense'
}

/** Two things that were asked for cannot both be so. */
export interface Contradiction extends PlanFailureDetails, FailedSeat {
  readonly _tag: 'Contradiction'
}

/** The user does not hold what is to be swapped. */
export interface NothingToSwap extends PlanFailureDetails, FailedSeat {
  readonly _tag: 'NothingToSwap'
}

/** The provider knows that its vendor refuses this change. */
export interface ChangeRefused extends PlanFailureDetails, FailedSeat {
  readonly _tag: 'Refused'
  /** The stable id of the remark: `missing-calling-properties`. */
  readonly rule: string
}

/** A seat that must not be changed. */
export interface ProtectedSeatChange extends PlanFailureDetails, FailedSeat {
  readonly _tag: 'ProtectedSeat'
  /** Why it is protected, as whoever protects it says. */
  readonly reason: string
}

/** The plan takes so many seats away that somebody must say the number. */
export interface BrakeFailure extends PlanFailureDetails {
  readonly _tag: 'Brake'
  /** Seats that the plan takes away, halves of swaps included. */
  readonly removals: number
  /** How many were allowed, where a number was given. */
  readonly maxRemovals?: number
  /** What brakes; absent where the number that was given does it alone. */
  readonly brake?: PlannedBrake
}

/** The plan may not be carried out any more. */
export interface ExpiredPlan extends PlanFailureDetails {
  readonly _tag: 'Expired'
  /** ISO 8601 in UTC. */
  readonly expiresAt: string
}

/** The content is not what was written: it does not have the hash that it names. */
export interface TamperedFile extends PlanFailureDetails {
  readonly _tag: 'Tampered'
  readonly what: 'plan' | 'journal'
}

/** The plan was made for another provider. */
export interface OtherProvider extends PlanFailureDetails {
  readonly _tag: 'OtherProvider'
  readonly planned: { readonly id: string; readonly vendor: string }
  readonly provider: { readonly id: string; readonly vendor: string }
}

/** The journal cannot be written, and nothing is sent that is not written down. */
export interface JournalUnavailable extends PlanFailureDetails {
  readonly _tag: 'JournalUnavailable'
  /** Where it changes what to do: what was named is not there, or the disk is full. */
  readonly fault?: 'notThere' | 'noRoom'
}

/** Another run is at work on the same plan. */
export interface AlreadyRunning extends PlanFailureDetails {
  readonly _tag: 'AlreadyRunning'
}

/** The world is not as the plan found it, so that a change was not sent. Of a `PlanResult`, see `failuresOf`. */
export interface Drifted extends PlanFailureDetails, FailedSeat {
  readonly _tag: 'Drifted'
}

/**
 * Every way in which making, carrying out or taking back a plan fails but by what the vendor says of single changes: plain
 * data, told apart by `_tag`.
 */
export type PlanFailure =
  | InvalidInput
  | UnsupportedProvider
  | Unreadable
  | UnknownUser
  | AmbiguousUser
  | UnknownLicense
  | AmbiguousLicense
  | UnlistedLicense
  | Contradiction
  | NothingToSwap
  | ChangeRefused
  | ProtectedSeatChange
  | BrakeFailure
  | ExpiredPlan
  | TamperedFile
  | OtherProvider
  | JournalUnavailable
  | AlreadyRunning
  | Drifted

/** All that was found to be wrong, in the order in which it was asked for. */
export type PlanFailures = ReadonlyNonEmptyArray<PlanFailure>

/** The first failure, with the others in it. */
export const inOne = ([first, ...others]: PlanFailures): PlanFailure =>
  others.length === 0 ? first : { ...first, also: others }

/** A failure and all that were found with it, each by itself. */
export const failuresIn = ({ also = [], ...first }: PlanFailure): PlanFailures => [first, ...also]

/** What a failure means to whoever runs a command or asks over HTTP. */
export interface FailureCodes {
  /** Of a command that ends by it, as `seatlens --help` lists them. */
  readonly exitCode: 2 | 5 | 6
  /** For an answer of a server of one's own. */
  readonly httpStatus: number
}

/**
 * What each failure is for commands and servers. `Unreadable` with an `error` of its own exits as that error does: 4 for
 * credentials, 7 for rate limits and deadlines.
 */
export const planFailureCodes: Readonly<Record<PlanFailure['_tag'], FailureCodes>> = {
  InvalidInput: { exitCode: 2, httpStatus: 400 },
  Unsupported: { exitCode: 2, httpStatus: 501 },
  Unreadable: { exitCode: 5, httpStatus: 502 },
  UnknownUser: { exitCode: 2, httpStatus: 422 },
  AmbiguousUser: { exitCode: 2, httpStatus: 422 },
  UnknownLicense: { exitCode: 2, httpStatus: 422 },
  AmbiguousLicense: { exitCode: 2, httpStatus: 422 },
  UnlistedLicense: { exitCode: 2, httpStatus: 422 },
  Contradiction: { exitCode: 2, httpStatus: 422 },
  NothingToSwap: { exitCode: 2, httpStatus: 422 },
  Refused: { exitCode: 2, httpStatus: 422 },
  ProtectedSeat: { exitCode: 2, httpStatus: 403 },
  Brake: { exitCode: 2, httpStatus: 428 },
  Expired: { exitCode: 2, httpStatus: 410 },
  Tampered: { exitCode: 2, httpStatus: 400 },
  OtherProvider: { exitCode: 2, httpStatus: 409 },
  JournalUnavailable: { exitCode: 2, httpStatus: 503 },
  AlreadyRunning: { exitCode: 2, httpStatus: 409 },
  Drifted: { exitCode: 6, httpStatus: 409 },
}

/** A failure, and what was found with it, in words: one line each, and none twice. */
export const failureLines = (failure: PlanFailure): readonly string[] => [
  ...new Set(failuresIn(failure).map(({ message }) => message)),
]
