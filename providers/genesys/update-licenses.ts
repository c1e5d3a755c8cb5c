import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import {
  Answers,
  type DecodedRecords,
  type Http,
  type LicenseError,
  type RequestScope,
} from '../../src/provider-kit/index.ts'
import { LicenseUpdateStatus, LicenseUpdateStatuses } from './codecs.ts'
import { GRANT_ADD } from './permissions.ts'

/** One license, and whom to give it to and take it from. */
export interface LicenseAssignmentRequest {
  readonly licenseId: string
  /** Default: none. */
  readonly userIdsAdd?: readonly string[] | undefined
  /** Default: none. */
  readonly userIdsRemove?: readonly string[] | undefined
}

/** One row for each license of each user. */
export interface LicenseUpdates extends DecodedRecords<LicenseUpdateStatus> {
  /** The vendor accepted the request and said nothing about it, so that there are no rows. */
  readonly silent?: true | undefined
  readonly correlationId?: string | undefined
}

const PATH = '/api/v2/license/organization'
export const UPDATE_LICENSES = `POST ${PATH}`

/** `request.bytes.max` of the limits that the vendor publishes. */
const MAX_BODY_BYTES = 512_000

/** All fields are sent, as the vendor requires all of them. */
const bodyOf = (assignments: readonly LicenseAssignmentRequest[]) => ({
  assignments: assignments.map(({ licenseId, userIdsAdd = [], userIdsRemove = [] }) => ({
    licenseId,
    userIdsAdd,
    userIdsRemove,
  })),
})

/** Whether the vendor would not even read the request. */
export const isTooLarge = (assignments: readonly LicenseAssignmentRequest[]): boolean =>
  new TextEncoder().encode(JSON.stringify(bodyOf(assignments))).byteLength >= MAX_BODY_BYTES

/** The one operation that changes anything, behind `postLicenseOrganization` of the client. */
export const updateLicenses = (
  { provider, send, secrets }: Http.ApiAccess,
  assignments: readonly LicenseAssignmentRequest[],
  scope: RequestScope,
): TaskEither<LicenseError, LicenseUpdates> => {
  const operation = UPDATE_LICENSES
  if (isTooLarge(assignments)) {
    const message = `not sent: the vendor takes no body of ${MAX_BODY_BYTES} bytes or more`
    return TE.left({ _tag: 'RequestRejected', provider, operation, message })
  }
  return pipe(
    send(
      {
        method: 'POST',
        path: PATH,
        json: bodyOf(assignments),
        // What was carried out without an answer would be carried out twice.
        repeatable: false,
        bodyOptional: true,
        needs: GRANT_ADD,
      },
      scope,
    ),
    TE.flatMapEither((response): E.Either<LicenseError, LicenseUpdates> => {
      const correlation = Answers.vendorWords({ correlationId: response.header('inin-correlation-id') }, secrets)
      if (response.content === 'none') {
        return E.right({ records: [], undecodable: 0, issues: [], silent: true, ...correlation })
      }
      return pipe(
        Answers.readBody(provider, operation, LicenseUpdateStatuses, response),
        E.bimap(
          (error): LicenseError => ({ ...error, ...correlation }),
          (rows) => ({ ...Answers.decodeRecords(LicenseUpdateStatus, rows), ...correlation }),
        ),
      )
    }),
  )
}
