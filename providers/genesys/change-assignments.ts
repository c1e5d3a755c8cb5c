import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { type AssignmentChange, Changes, type Http } from '../../src/provider-kit/index.ts'
import type { GenesysClient } from './client.ts'
import { isAboutCredential } from './failures.ts'
import { createHeldReader, USERS_PER_REQUEST } from './holdings.ts'
import { isTooLarge, type LicenseAssignmentRequest, UPDATE_LICENSES } from './update-licenses.ts'
import { createResultReader } from './update-results.ts'

/** How often a change is sent again while its outcome is unknown. */
const SENDINGS = 3

/** Changes in the vendor's form: license by license. */
const assignmentsOf = (changes: readonly AssignmentChange[]): readonly LicenseAssignmentRequest[] =>
  [...new Set(changes.map(({ licenseId }) => licenseId))].map((licenseId) => {
    const usersOf = (wanted: AssignmentChange['action']) =>
      changes.flatMap((change) => (change.licenseId === licenseId && change.action === wanted ? [change.userId] : []))
    return { licenseId, userIdsAdd: usersOf('assign'), userIdsRemove: usersOf('remove') }
  })

/**
 * Gives and takes licenses, 300 users in a request. What the users hold before and after decides the outcome, as the
 * vendor documents no result that could be relied on.
 */
export const genesysChanges = (access: Http.ApiAccess, client: GenesysClient): Changes.VendorChanges => {
  const readHeld = createHeldReader(client)
  const readResults = createResultReader(access)
  return {
    operation: UPDATE_LICENSES,
    requests: {
      users: USERS_PER_REQUEST,
      changes: USERS_PER_REQUEST,
      fits: (changes) => !isTooLarge(assignmentsOf(changes)),
      // The vendor does not document that a request is carried out as one.
      order: 'assignFirst',
      sendings: SENDINGS,
    },
    usersAtOnce: USERS_PER_REQUEST,
    readHoldings: async (userIds, scope) =>
      new Map(
        [...(await readHeld(userIds, scope))].map(([userId, held]) => [userId, E.map(Changes.internalHoldings)(held)]),
      ),
    send: (changes, scope) => pipe(client.postLicenseOrganization(assignmentsOf(changes), scope), TE.map(readResults)),
    isAboutCredential,
  }
}
