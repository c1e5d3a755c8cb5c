import * as E from 'fp-ts/lib/Either.js'
import {
  type AssignmentChange,
  type AssignmentOutcome,
  type ChangeRequest,
  invalidResponse,
  type License,
  type LicensedUser,
  type LicenseError,
  type OwnedScope,
} from '../../src/provider-kit/index.ts'
import type { WebexAccess } from './access.ts'
import { assignLicensesOver, type LicenseOperation, type UserLicenses } from './assign-licenses.ts'
import { ASSIGN_LICENSES, explained } from './assignment-refusals.ts'
import {
  alreadySo,
  type ChangeResult,
  notSent,
  refused,
  rejected,
  resultAfterReading,
  resultsOfAnswer,
  tells,
} from './change-results.ts'
import type { UserChanges } from './changes-by-user.ts'
import type { WebexClient } from './client.ts'
import { idsIn, showsLicenses } from './codecs.ts'
import { idKey } from './hydra-id.ts'
import { isAlreadySo } from './is-already-so.ts'
import { userOf } from './mapping.ts'
import { LICENSE_OF_ANOTHER } from './own-organisation.ts'
import { reviewChanges } from './review-changes.ts'
import { createSentAttempts } from './sent-attempts.ts'

/** What the changes of all users have in common while they are carried out. */
export interface ChangeRun {
  readonly access: WebexAccess
  readonly client: WebexClient
  readonly request: ChangeRequest
  /** Those that the caller has listed, by id. */
  readonly licenses: ReadonlyMap<string, License>
  readonly scope: OwnedScope
  /** Why nothing more is to be sent, or undefined while there is nothing against it. */
  readonly stopped: () => LicenseError | undefined
  /** Takes note of a failure, after which there may be no point in going on. */
  readonly failed: (error: LicenseError) => void
  /** Takes note that a change was let through, so that credentials and scope are good. */
  readonly accepted: () => void
  /** Says that changes are about to be sent; false where that could not be heard, and they must not be. */
  readonly announce: (changes: readonly AssignmentChange[]) => Promise<boolean>
}

const operationOf = ({ action, licenseId, calling }: AssignmentChange): LicenseOperation => {
  if (action === 'remove') return { id: licenseId, operation: 'remove' }
  return { id: licenseId, operation: 'add', ...(calling === undefined ? {} : { properties: calling }) }
}

/** What is known of somebody before they are changed; undefined where it is not known what they hold. */
type Before = E.Either<LicenseError, LicensedUser | undefined>

const readBefore = async ({ access, client, request, scope }: ChangeRun, userId: string): Promise<Before> => {
  const given = request.users?.get(userId)
  if (given !== undefined) return E.right(given)
  const person = await client.getPersonDetails(userId, scope)()
  if (E.isRight(person)) {
    return E.right(showsLicenses(person.right) ? userOf(access.provider)(person.right) : undefined)
  }
  // Nobody outside of the organisation is among its people, and not all credentials are shown them. Whether there is such
  // a user, and whether they may be changed, says the answer to the change.
  const { _tag } = person.left
  return _tag === 'NotFound' || _tag === 'PermissionDenied' ? E.right(undefined) : person
}

const readAfter = async ({ client, scope, failed }: ChangeRun, userId: string) => {
  const person = await client.getPersonDetails(userId, scope)()
  if (E.isRight(person)) return showsLicenses(person.right) ? idsIn(person.right.licenses ?? []) : undefined
  failed(person.left)
  return undefined
}

/** Somebody's changes that were sent, once what became of them is known. */
type Results = (change: AssignmentChange) => ChangeResult

const resultsOfReading = async (run: ChangeRun, userId: string, reason: LicenseError): Promise<Results> => {
  const licenseIds = await readAfter(run, userId)
  return (change) => resultAfterReading(change, licenseIds, reason)
}

const resultsOf = async (
  run: ChangeRun,
  userId: string,
  sent: readonly AssignmentChange[],
  answer: UserLicenses,
): Promise<Results> => {
  const { provider } = run.access
  const told = resultsOfAnswer(run.access, sent, answer)
  if (sent.every((change) => tells(answer, change))) return told
  const reason = invalidResponse(
    provider,
    ASSIGN_LICENSES,
    ['licenses: expected all that the user holds'],
    answer.status,
  )
  const read = await resultsOfReading(run, userId, reason)
  return (change) => (tells(answer, change) ? told(change) : read(change))
}

const send = async (run: ChangeRun, userId: string, changes: readonly AssignmentChange[]): Promise<Results> => {
  const attempts = createSentAttempts()
  const assignLicenses = assignLicensesOver({ ...run.access, transport: run.access.transportOver(attempts.watch) })
  const answer = await assignLicenses({ personId: userId, licenses: changes.map(operationOf) }, run.scope)()
  if (E.isRight(answer)) {
    run.accepted()
    return resultsOf(run, userId, changes, answer.right)
  }
  const reason = explained(answer.left)
  run.failed(reason)
  if (attempts.mayHaveBeenCarriedOut()) return resultsOfReading(run, userId, reason)
  return () => refused(attempts.wereSent() ? reason : notSent(reason))
}

/** The changes that nothing is wrong with are not sent either: together they may be a swap, of which half is worse than none. */
const resultsOfProblems = (
  provider: string,
  problems: ReadonlyMap<AssignmentChange, string>,
  user: LicensedUser | undefined,
): Results => {
  const other = rejected(provider, 'not sent: there is a problem with another change of the same user')
  return (change) => {
    const message = problems.get(change)
    if (message !== undefined) return refused(rejected(provider, message))
    return isAlreadySo(change, user) ? alreadySo : refused(other)
  }
}

/** Undefined where nobody is to be told of anything any more. */
const carryOut = async (run: ChangeRun, { userId, changes }: UserChanges): Promise<Results | undefined> => {
  const { provider } = run.access
  const nothingSent = (reason: LicenseError): Results => {
    const result = refused(notSent(reason))
    return () => result
  }
  const early = run.stopped()
  if (early !== undefined) return nothingSent(early)
  const ofAnother = changes.filter(({ licenseId }) => run.access.organisation.isOfAnother(licenseId))
  if (ofAnother.length > 0) {
    return resultsOfProblems(provider, new Map(ofAnother.map((change) => [change, LICENSE_OF_ANOTHER])), undefined)
  }
  const before = await readBefore(run, userId)
  if (E.isLeft(before)) {
    run.failed(before.left)
    return nothingSent(before.left)
  }
  const user = before.right
  const users = user === undefined ? new Map<string, LicensedUser>() : new Map([[userId, user]])
  const problems = new Map(
    reviewChanges(changes, { licenses: run.licenses, users }).flatMap(({ change, severity, message }) =>
      severity === 'problem' ? [[change, message] as const] : [],
    ),
  )
  if (problems.size > 0) return resultsOfProblems(provider, problems, user)

  // Changes that are there twice are sent once; those that contradict each other are problems.
  const needed = new Map(
    changes.flatMap((change) => (isAlreadySo(change, user) ? [] : [[idKey(change.licenseId), change] as const])),
  )
  if (needed.size === 0) return () => alreadySo
  const late = run.stopped()
  if (late !== undefined) return nothingSent(late)
  const sent = [...needed.values()]
  if (!(await run.announce(sent))) return undefined
  const results = await send(run, userId, sent)
  return (change) => (needed.has(idKey(change.licenseId)) ? results(change) : alreadySo)
}

/** Carries out the changes of one user in one request: one outcome for each of them. Never rejects. */
export const changeUser = async (run: ChangeRun, user: UserChanges): Promise<readonly AssignmentOutcome[]> => {
  const results = await carryOut(run, user)
  return results === undefined ? [] : user.changes.map((change) => ({ change, ...results(change) }))
}
