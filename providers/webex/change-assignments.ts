import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { Answers, type AssignmentChange, Changes } from '../../src/provider-kit/index.ts'
import type { WebexAccess } from './access.ts'
import type { LicenseIssue, LicenseOperation, UserLicenses } from './assign-licenses.ts'
import { ASSIGN_LICENSES, explained } from './assignment-refusals.ts'
import type { WebexClient } from './client.ts'
import { idsIn } from './codecs.ts'
import { isAboutCredential } from './failures.ts'
import { createHoldingsReader } from './holdings.ts'
import { idKey } from './hydra-id.ts'
import type { LicenseSpellings } from './license-spellings.ts'
import { LICENSE_OF_ANOTHER } from './own-organization.ts'
import { createSeatReader } from './taken-seats.ts'

const operationOf = ({ action, licenseId: id, calling }: AssignmentChange): LicenseOperation =>
  action === 'remove' ? { id, operation: 'remove' } : { id, operation: 'add', properties: calling }

/** The one that names the license, or the only one where only one change was left out. */
const issueOf = ({ errors }: UserLicenses, licenseId: string, leftOut: number): LicenseIssue | undefined =>
  errors.find(({ description }) => description?.includes(licenseId)) ??
  (leftOut === 1 && errors.length === 1 ? errors[0] : undefined)

/** What an answer says; the status does not decide, as changes have been left out with 200 too. */
const readAnswer = (
  { provider, secrets }: WebexAccess,
  sent: readonly AssignmentChange[],
  answer: UserLicenses,
  { spelled }: LicenseSpellings,
): Changes.Answered => {
  const { status, licenses, pendingLicenses, correlationId } = answer
  // Absent is not none.
  const holdings =
    licenses &&
    spelled<Changes.Holdings>({ kind: 'unknown', licenseIds: idsIn(licenses), pendingLicenseIds: pendingLicenses })
  const isListed = (change: AssignmentChange) => holdings !== undefined && Changes.isDone(change, holdings, idKey)
  const leftOut = sent.filter((change) => !isListed(change)).length
  return {
    holdingsOf: () => holdings,
    replyTo: (change) => {
      const { action, licenseId } = change
      const isPending = pendingLicenses.some((id) => idKey(id) === idKey(licenseId))
      if (action === 'assign' && isPending) return { kind: 'pending' }
      const issue = isListed(change) ? undefined : issueOf(answer, licenseId, leftOut)
      const words = Answers.vendorWords({ code: issue?.errorCode, message: issue?.description, correlationId }, secrets)
      // 200 says that all was done, where it does not list something else. 206 says that some of it was not.
      const isSaidToBeDone = issue === undefined && status !== 206 && holdings === undefined
      if (isListed(change) || isSaidToBeDone) return { kind: 'accepted', words }
      const what = action === 'assign' ? 'did not assign the license' : 'left the license in place'
      const isSaid = issue !== undefined || (status === 206 && holdings !== undefined)
      const about = { provider, operation: ASSIGN_LICENSES, message: `Webex answered ${status} and ${what}`, status }
      const reason = explained({ _tag: 'RequestRejected', ...about, ...words })
      return { kind: isSaid ? 'declined' : 'unclear', reason }
    },
  }
}

/** Gives and takes licenses, the changes of one user in one request, several of which are under way at once. */
export const webexChanges = (
  access: WebexAccess,
  client: WebexClient,
  spellings: LicenseSpellings,
): Changes.VendorChanges => {
  const { organization, budget } = access
  const { concurrency } = budget
  return {
    operation: ASSIGN_LICENSES,
    keyOf: idKey,
    // The transport repeats a request by itself, as its end state is the same.
    requests: { users: 1, changes: Number.POSITIVE_INFINITY, concurrency, order: 'together' },
    readHoldings: createHoldingsReader(client, concurrency, spellings),
    readTaken: createSeatReader(client),
    refusalOf: ({ licenseId }) => (organization.isOfAnother(licenseId) ? LICENSE_OF_ANOTHER : undefined),
    send: (changes, scope) =>
      pipe(
        client.assignLicenses({ personId: changes[0]?.userId ?? '', licenses: changes.map(operationOf) }, scope),
        TE.bimap(explained, (answer) => readAnswer(access, changes, answer, spellings)),
      ),
    isAboutCredential,
  }
}
