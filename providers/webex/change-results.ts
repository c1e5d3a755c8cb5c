import {
  type AssignmentChange,
  type AssignmentOutcome,
  type LicenseError,
  vendorWords,
} from '../../src/provider-kit/index.ts'
import type { WebexAccess } from './access.ts'
import type { LicenseIssue, UserLicenses } from './assign-licenses.ts'
import { ASSIGN_LICENSES, explained } from './assignment-refusals.ts'
import { isAmong } from './hydra-id.ts'

type WithoutChange<A> = A extends unknown ? Omit<A, 'change'> : never

/** What became of a change, apart from which one it is. */
export type ChangeResult = WithoutChange<AssignmentOutcome>

export const applied: ChangeResult = { result: 'applied' }
export const alreadySo: ChangeResult = { result: 'alreadySo' }
export const refused = (reason: LicenseError): ChangeResult => ({ result: 'refused', reason })
export const unknownBecause = (reason: LicenseError): ChangeResult => ({ result: 'unknown', reason })

/** The same reason for something that it kept from being sent at all. */
export const notSent = (reason: LicenseError): LicenseError => ({ ...reason, message: `not sent: ${reason.message}` })

/** Our own refusal, before anything is sent. */
export const rejected = (provider: string, message: string): LicenseError => ({
  _tag: 'RequestRejected',
  provider,
  operation: ASSIGN_LICENSES,
  message,
})

/** The one that names the license, or the only one where only one change was left out. */
const issueOf = (
  { errors }: UserLicenses,
  { licenseId }: AssignmentChange,
  leftOut: number,
): LicenseIssue | undefined => {
  const naming = errors.find(({ description }) => description?.includes(licenseId))
  return naming ?? (leftOut === 1 && errors.length === 1 ? errors[0] : undefined)
}

const leftOutReason = (
  { provider, secrets }: WebexAccess,
  answer: UserLicenses,
  change: AssignmentChange,
  leftOut: number,
): LicenseError => {
  const issue = issueOf(answer, change, leftOut)
  const what = change.action === 'assign' ? 'did not assign the license' : 'left the license in place'
  return explained({
    ...rejected(provider, `Webex answered ${answer.status} and ${what}`),
    status: answer.status,
    ...vendorWords(
      { code: issue?.errorCode, message: issue?.description, correlationId: answer.correlationId },
      secrets,
    ),
  })
}

/** What an answer says of one change; undefined where it says that it was left out. */
const toldResult = (
  { licenseId, action }: AssignmentChange,
  licenses: readonly string[],
  pendingLicenses: readonly string[],
): ChangeResult | undefined => {
  const isHeld = isAmong(licenses, licenseId)
  const isPending = isAmong(pendingLicenses, licenseId)
  if (action === 'remove') return isHeld || isPending ? undefined : applied
  if (isHeld) return applied
  return isPending ? { result: 'pending' } : undefined
}

/** Whether the answer says what became of a change; what is absent from it is not none. */
export const tells = ({ licenses, pendingLicenses }: UserLicenses, { licenseId, action }: AssignmentChange): boolean =>
  licenses !== undefined || (action === 'assign' && isAmong(pendingLicenses, licenseId))

/**
 * What became of the changes that were sent, by comparing what was asked for with what the user holds now. The status
 * does not decide: changes have been left out with 200 too.
 */
export const resultsOfAnswer = (
  access: WebexAccess,
  sent: readonly AssignmentChange[],
  answer: UserLicenses,
): ((change: AssignmentChange) => ChangeResult) => {
  const { licenses = [], pendingLicenses } = answer
  const told = (change: AssignmentChange) => toldResult(change, licenses, pendingLicenses)
  const leftOut = sent.filter((change) => told(change) === undefined).length
  return (change) => told(change) ?? refused(leftOutReason(access, answer, change, leftOut))
}

/** A refusal that the vendor has made after looking at the request. */
const REFUSALS: ReadonlySet<LicenseError['_tag']> = new Set([
  'RequestRejected',
  'PermissionDenied',
  'NotFound',
  'Conflict',
])

/**
 * What became of a change whose request may have been carried out although it failed, by what the user was found to hold
 * afterwards; undefined where that could not be read. What is not so may still become so, unless the request was refused
 * in the end.
 */
export const resultAfterReading = (
  { action, licenseId }: AssignmentChange,
  licenseIds: readonly string[] | undefined,
  reason: LicenseError,
): ChangeResult => {
  if (licenseIds === undefined) {
    const message = `${reason.message}; what the user holds now could not be read`
    return unknownBecause({ ...reason, message })
  }
  if (isAmong(licenseIds, licenseId) === (action === 'assign')) return applied
  if (REFUSALS.has(reason._tag)) return refused(reason)
  return unknownBecause({ ...reason, message: `${reason.message}; it was not done when it was looked at` })
}
