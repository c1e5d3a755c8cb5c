import {
  type AssignmentChange,
  type AssignmentOutcome,
  type LicenseError,
  type RequestRejected,
  type SecretBook,
  vendorWords,
} from '../../src/provider-kit/index.ts'
import type { LicenseUpdateStatus } from './codecs.ts'
import { type LicenseUpdates, UPDATE_LICENSES } from './update-licenses.ts'

/**
 * Whether the vendor may have carried out the request although it failed. A limit of rate is told before that, unless it
 * is a failure on the vendor's side that names a long wait.
 */
export const mayHaveHadEffect = ({ _tag, operation, status = 0 }: LicenseError): boolean => {
  // It failed on the way to the request, for want of a token.
  if (operation !== UPDATE_LICENSES) return false
  switch (_tag) {
    case 'Unavailable':
    case 'InvalidResponse':
    case 'Aborted':
    case 'DeadlineExceeded':
    case 'Incomplete':
      return true
    case 'RateLimited':
      return status === 408 || status >= 500
    default:
      return false
  }
}

/** Whether it is about something in the request, so that the rest of it may go well by itself. */
export const isAboutAChange = ({ _tag }: LicenseError): boolean =>
  _tag === 'RequestRejected' || _tag === 'NotFound' || _tag === 'Conflict'

/** Whether every other request would fail in the same way. */
export const endsEverything = ({ _tag }: LicenseError): boolean =>
  _tag === 'AuthenticationFailed' || _tag === 'PermissionDenied' || _tag === 'RateLimited'

export const refused =
  (reason: LicenseError) =>
  (change: AssignmentChange): AssignmentOutcome => ({ change, result: 'refused', reason })

export const unknown =
  (reason: LicenseError) =>
  (change: AssignmentChange): AssignmentOutcome => ({ change, result: 'unknown', reason })

/**
 * `doubt`: why nobody can tell whether an earlier sending had its effect. What was sent like that is not known to be
 * refused, whatever is said of it later.
 */
export const notDoneFor = (reason: LicenseError, doubt: LicenseError | undefined) =>
  doubt === undefined ? refused(reason) : unknown(doubt)

export const unsent = (reason: LicenseError): LicenseError => ({ ...reason, message: `not sent: ${reason.message}` })

/** Of a license that is not taken, because what the user was to be given was not done. */
export const forsaken = (provider: string): LicenseError => ({
  _tag: 'RequestRejected',
  provider,
  operation: UPDATE_LICENSES,
  message: 'not sent: what the user was to be given in the same call was not done',
})

/** The vendor's words of the changes that turned out to be done; nobody documents them. */
export type WordsOfSuccess = ReadonlySet<string | undefined>

/** What the vendor said of each change of a request; undefined where its answer leaves the change out. */
export const rowsOf = (updates: LicenseUpdates) => {
  const rows = new Map(updates.records.map((row) => [JSON.stringify([row.userId, row.licenseId]), row]))
  return ({ userId, licenseId }: AssignmentChange) => rows.get(JSON.stringify([userId, licenseId]))
}

/** The vendor accepted the request without a word, and what it was asked for is not to be seen yet. */
export const notToldOf = (provider: string): LicenseError => {
  const operation = UPDATE_LICENSES
  const message = 'the vendor accepted the change without saying what became of it, and it is not to be seen yet'
  return { _tag: 'InvalidResponse', provider, operation, message, issues: ['the body is empty'] }
}

/** What the answers to one provider's changes have in common. */
export interface AnswerContext {
  readonly provider: string
  readonly secrets: SecretBook
  readonly wordsOfSuccess: WordsOfSuccess
}

/** The vendor answered, and the change is not in force: all that can be said of why. */
export const notDone = (
  { action }: AssignmentChange,
  row: LicenseUpdateStatus | undefined,
  correlationId: string | undefined,
  { provider, secrets, wordsOfSuccess }: AnswerContext,
): RequestRejected => {
  const state = action === 'assign' ? 'the license is not there' : 'the license is still there'
  const word = row?.result || undefined
  const why = (): string => {
    if (row === undefined) return `the vendor's answer leaves it out, and ${state}`
    if (word === undefined || wordsOfSuccess.has(word)) return `the vendor did not say that it failed, and ${state}`
    return `${state}, and what the vendor said of it may tell why`
  }
  return {
    _tag: 'RequestRejected',
    provider,
    operation: UPDATE_LICENSES,
    message: why(),
    ...vendorWords({ message: word, correlationId }, secrets),
  }
}
