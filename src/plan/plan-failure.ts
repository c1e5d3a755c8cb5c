import type { ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import type { CallerFunction } from '../model/caller-fault.ts'
import type { License } from '../model/license.ts'
import type { LicenseError } from '../model/license-error.ts'
import type { LicensedUser } from '../model/licensed-user.ts'
import { taggedWith } from '../model/tagged-failure.ts'
import type { PlannedBrake } from './plan.ts'

/** Why a plan was not made or not carried out: a line for people, where it comes from, and what else is wrong. */
export interface PlanFailureDetails {
  /** One line for people: where, what happened, and what to do if that is known. */
  readonly message: string
  /** The `source` of the intent: `line 3 of changes.csv`. Absent: it is not about one intent. */
  readonly source?: string | undefined
  /** Further failures that were found with it, in the order of what was asked for. They have no `also`. Absent: none. */
  readonly also?: readonly PlanFailure[] | undefined
}

/** The caller handed in something malformed: an intent, a plan, a journal. */
export interface InvalidInput extends PlanFailureDetails {
  readonly _tag: 'InvalidInput'
  /** Where: `intents[2].action`. */
  readonly path: string
  /** What should be there. */
  readonly expected: string
}

/** The provider cannot change assignments. */
export interface ChangesUnsupported extends PlanFailureDetails {
  readonly _tag: 'ChangesUnsupported'
  readonly provider: string
}

/** A list of the provider could not be read, or has a gap. One failure for each gap. */
export interface Unreadable extends PlanFailureDetails {
  readonly _tag: 'Unreadable'
  readonly provider: string
  /** The failure that ended the reading. Absent: a gap did not end it. */
  readonly error?: LicenseError | undefined
}

/** The provider knows no such user. */
export interface UnknownUser extends PlanFailureDetails {
  readonly _tag: 'UnknownUser'
  readonly provider: string
  /** The address or id as it was given. */
  readonly user: string
}

/** Several users have the address. */
export interface AmbiguousUser extends PlanFailureDetails {
  readonly _tag: 'AmbiguousUser'
  readonly provider: string
  readonly user: string
  /** All users who could be meant; empty where the provider does not say who they are. */
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

/** Several licenses have the name. */
export interface AmbiguousLicense extends PlanFailureDetails {
  readonly _tag: 'AmbiguousLicense'
  readonly provider: string
  readonly license: string
  readonly candidates: readonly Pick<License, 'id' | 'name'>[]
}

/** The license and the user that a failure is about. */
export interface FailedSeat {
  readonly userId: string
  readonly licenseId: string
}

/** Users hold the license, and the provider does not list it: it can be removed, and not assigned. */
export interface UnlistedLicense extends PlanFailureDetails, FailedSeat {
  readonly _tag: 'UnlistedLicense'
}

/** Two intents contradict each other. */
export interface Contradiction extends PlanFailureDetails, FailedSeat {
  readonly _tag: 'Contradiction'
}

/** The user does not hold what is to be swapped. */
export interface NothingToSwap extends PlanFailureDetails, FailedSeat {
  readonly _tag: 'NothingToSwap'
}

/** The vendor is known to refuse this change. */
export interface Refused extends PlanFailureDetails, FailedSeat {
  readonly _tag: 'Refused'
  /** The stable id of the remark: `missing-calling-properties`. */
  readonly rule: string
}

/** A change that the caller asked for would take or give a seat that no plan may change. Nothing was sent. */
export interface ProtectedSeatChange extends PlanFailureDetails, FailedSeat {
  readonly _tag: 'ProtectedSeatChange'
  /** The reason that was given for protecting it. */
  readonly reason: string
}

/** The plan takes so many seats away that their number must be confirmed. */
export interface Brake extends PlanFailureDetails {
  readonly _tag: 'Brake'
  /** Seats that the plan takes away, including the old seat of each swap. */
  readonly removals: number
  /** How many were allowed. Absent: no number was given. */
  readonly maxRemovals?: number | undefined
  /** What brakes. Absent: only the number that was given does. */
  readonly brake?: PlannedBrake | undefined
}

/** The plan is too old to be applied (`createPlan` gives it a day): the vendor may have changed since. Make a new one. */
export interface Expired extends PlanFailureDetails {
  readonly _tag: 'Expired'
  /** ISO 8601 in UTC. */
  readonly expiresAt: string
}

/** The content was changed after it was written: it does not have the hash that it names. */
export interface Tampered extends PlanFailureDetails {
  readonly _tag: 'Tampered'
  readonly what: 'plan' | 'journal'
}

/** The plan was made for another provider. */
export interface OtherProvider extends PlanFailureDetails {
  readonly _tag: 'OtherProvider'
  readonly planned: { readonly id: string; readonly vendor: string }
  readonly provider: { readonly id: string; readonly vendor: string }
}

/** The journal cannot be written. Nothing is sent that is not in the journal. */
export interface JournalUnavailable extends PlanFailureDetails {
  readonly _tag: 'JournalUnavailable'
  /** The cause, where it changes what to do: the place does not exist, or the disk is full. */
  readonly fault?: 'notThere' | 'noRoom' | undefined
}

/** Another run is at work on the same plan. */
export interface AlreadyRunning extends PlanFailureDetails {
  readonly _tag: 'AlreadyRunning'
}

/** A function that the caller handed in failed, or what it stands in for is missing, as SHA-256 in a page of plain http. */
export interface FunctionFailed extends PlanFailureDetails {
  readonly _tag: 'FunctionFailed'
  /** The option. */
  readonly function: CallerFunction
}

/** Seatlens has a mistake. Nothing is known but the message, which should be reported. */
export interface Defect extends PlanFailureDetails {
  readonly _tag: 'Defect'
}

/** Users or licenses are not as the plan found them, so that a change was not sent. See `failuresOf` for a `PlanResult`. */
export interface Drifted extends PlanFailureDetails, FailedSeat {
  readonly _tag: 'Drifted'
}

/**
 * Every way in which making, applying or taking back a plan fails: plain data; `_tag` says which it is. What the vendor says
 * of single changes is no failure but in the result.
 */
export type PlanFailure =
  | InvalidInput
  | ChangesUnsupported
  | Unreadable
  | UnknownUser
  | AmbiguousUser
  | UnknownLicense
  | AmbiguousLicense
  | UnlistedLicense
  | Contradiction
  | NothingToSwap
  | Refused
  | ProtectedSeatChange
  | Brake
  | Expired
  | Tampered
  | OtherProvider
  | JournalUnavailable
  | AlreadyRunning
  | FunctionFailed
  | Defect
  | Drifted

/** All failures that were found, in the order of what was asked for. */
export type PlanFailures = ReadonlyNonEmptyArray<PlanFailure>

/** The first failure, with the others in it. */
export const inOne = ([first, ...others]: PlanFailures): PlanFailure =>
  others.length === 0 ? first : { ...first, also: others }

/** A failure and all that were found with it, as a list. */
export const failuresIn = ({ also = [], ...first }: PlanFailure): PlanFailures => [first, ...also]

/** The codes of a failure, for commands and HTTP servers. */
export interface FailureCodes {
  /** The exit code of a command that fails with it: see `seatlens --help`. */
  readonly exitCode: 1 | 2 | 5 | 6
  /** For the answers of a server that uses this library. */
  readonly httpStatus: number
}

const codes: Readonly<Record<PlanFailure['_tag'], FailureCodes>> = {
  InvalidInput: { exitCode: 2, httpStatus: 400 },
  ChangesUnsupported: { exitCode: 2, httpStatus: 501 },
  Unreadable: { exitCode: 5, httpStatus: 502 },
  UnknownUser: { exitCode: 2, httpStatus: 422 },
  AmbiguousUser: { exitCode: 2, httpStatus: 422 },
  UnknownLicense: { exitCode: 2, httpStatus: 422 },
  AmbiguousLicense: { exitCode: 2, httpStatus: 422 },
  UnlistedLicense: { exitCode: 2, httpStatus: 422 },
  Contradiction: { exitCode: 2, httpStatus: 422 },
  NothingToSwap: { exitCode: 2, httpStatus: 422 },
  Refused: { exitCode: 2, httpStatus: 422 },
  ProtectedSeatChange: { exitCode: 2, httpStatus: 403 },
  Brake: { exitCode: 2, httpStatus: 428 },
  Expired: { exitCode: 2, httpStatus: 410 },
  Tampered: { exitCode: 2, httpStatus: 400 },
  OtherProvider: { exitCode: 2, httpStatus: 409 },
  JournalUnavailable: { exitCode: 2, httpStatus: 503 },
  AlreadyRunning: { exitCode: 2, httpStatus: 409 },
  FunctionFailed: { exitCode: 1, httpStatus: 500 },
  Defect: { exitCode: 1, httpStatus: 500 },
  Drifted: { exitCode: 6, httpStatus: 409 },
}

/**
 * The codes of each failure. A command that fails with `Unreadable` and an `error` exits as that error does: 4 for
 * credentials, 7 for rate limits and deadlines. `Unsupported` and `ProtectedSeat` are what
 * version 0.1 called `ChangesUnsupported` and `ProtectedSeatChange`.
 */
export const planFailureCodes: Readonly<Record<PlanFailure['_tag'] | 'Unsupported' | 'ProtectedSeat', FailureCodes>> = {
  ...codes,
  Unsupported: codes.ChangesUnsupported,
  ProtectedSeat: codes.ProtectedSeatChange,
}

/** Whether something is a failure of plans: for {@link isLicenseException}. */
export const isPlanFailure = taggedWith<PlanFailure>(codes)

/** The messages of a failure and of all that were found with it, each once. */
export const failureLines = (failure: PlanFailure): readonly string[] => [
  ...new Set(failuresIn(failure).map(({ message }) => message)),
]
