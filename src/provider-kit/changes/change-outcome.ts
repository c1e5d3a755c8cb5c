import type { AssignmentChange, AssignmentOutcome } from '../../contract/assignment-change.ts'
import type { LicenseError, RequestRejected } from '../../model/license-error.ts'
import type { ListName } from '../../paging/paged.ts'

type WithoutChange<A> = A extends unknown ? Omit<A, 'change'> : never

/** What became of a change, apart from which one it is. */
export type ChangeResult = WithoutChange<AssignmentOutcome>

export const refused = (reason: LicenseError): ChangeResult => ({ result: 'refused', reason })

/** `unread`: what the user holds could not be read after the change was sent. */
export const unknownBecause = (reason: LicenseError, unread?: true): ChangeResult => ({
  result: 'unknown',
  reason,
  ...(unread ? { unread } : {}),
})

/** Our own refusal, before anything is sent. */
export const rejected = (name: ListName, message: string): RequestRejected => ({
  _tag: 'RequestRejected',
  ...name,
  message,
})

/** The reason of a change that was not sent. */
export const unsent = (reason: LicenseError): LicenseError => ({ ...reason, message: `not sent: ${reason.message}` })

/** One outcome for each change that asked for the same. */
export const outcomesFor = (copies: readonly AssignmentChange[], result: ChangeResult): readonly AssignmentOutcome[] =>
  copies.map((change) => ({ ...result, change }))

const unseen = (name: ListName, message: string): LicenseError => ({
  _tag: 'InvalidResponse',
  ...name,
  message,
  issues: [],
})

/** The reasons that the engine itself gives. */
export interface EngineReasons {
  readonly malformed: RequestRejected
  readonly contradiction: RequestRejected
  /** Another change of the same user is malformed, contradicts itself, or is refused. */
  readonly besideProblem: RequestRejected
  /** A step of the same user that comes before it was not done. */
  readonly earlierStepFailed: RequestRejected
  readonly notShown: LicenseError
  readonly notSeenYet: LicenseError
  /** What the adapter or its `reviewChanges` says of a change. */
  readonly problem: (message: string) => RequestRejected
}

export const engineReasons = (name: ListName): EngineReasons => ({
  malformed: rejected(
    name,
    'not sent: expected an action "assign" or "remove", a user id, a license id, and texts as calling properties',
  ),
  contradiction: rejected(name, 'not sent: other changes of this license for the same user contradict it'),
  besideProblem: rejected(name, 'not sent: there is a problem with another change of the same user'),
  earlierStepFailed: rejected(name, 'not sent: the user did not get what the same call was to assign'),
  notShown: unseen(name, 'it was sent, but what the user holds could not be read'),
  notSeenYet: unseen(name, 'accepted, not seen yet: the vendor accepted it, but what the user holds does not show it'),
  problem: (message) => rejected(name, message),
})
