import type { AssignmentChange, AssignmentOutcome } from '../../contract/assignment-change.ts'
import type { LicenseError, RequestRejected } from '../../model/license-error.ts'

type WithoutChange<A> = A extends unknown ? Omit<A, 'change'> : never

/** What became of a change, apart from which one it is. */
export type ChangeResult = WithoutChange<AssignmentOutcome>

export const refused = (reason: LicenseError): ChangeResult => ({ result: 'refused', reason })

/** `unread`: what the user holds could not be read after it was sent. */
export const unknownBecause = (reason: LicenseError, unread?: true): ChangeResult => ({
  result: 'unknown',
  reason,
  ...(unread ? { unread } : {}),
})

/** Our own refusal, before anything is sent. */
export const rejected = (
  name: { readonly provider: string; readonly operation: string },
  message: string,
): RequestRejected => ({ _tag: 'RequestRejected', ...name, message })

/** The reason of a change that was not sent. */
export const unsent = (reason: LicenseError): LicenseError => ({ ...reason, message: `not sent: ${reason.message}` })

/** One outcome for each change that asked for the same. */
export const outcomesFor = (copies: readonly AssignmentChange[], result: ChangeResult): readonly AssignmentOutcome[] =>
  copies.map((change) => ({ ...result, change }))
