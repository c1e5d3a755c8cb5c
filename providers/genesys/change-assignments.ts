import * as E from 'fp-ts/lib/Either.js'
import { type AssignmentChange, Changes, type LicenseProvider, Values } from '../../src/provider-kit/index.ts'
import type { GenesysAccess } from './access.ts'
import type { GenesysClient } from './client.ts'
import { isAboutCredential } from './failures.ts'
import { createHeldReader, USERS_PER_REQUEST } from './holdings.ts'
import { isTooLarge, type LicenseAssignmentRequest, UPDATE_LICENSES } from './update-licenses.ts'
import { createResultReader } from './update-results.ts'

/** How often a change is sent again while its outcome is unknown. */
const SENDINGS = 3

/** Changes in the vendor's form: license by license. */
const assignmentsOf = (changes: readonly AssignmentChange[]): readonly LicenseAssignmentRequest[] =>
  [...Values.groupedBy(changes, ({ licenseId }) => licenseId)].map(([licenseId, group]) => {
    const usersOf = (wanted: AssignmentChange['action']) =>
      group.filter(({ action }) => action === wanted).map(({ userId }) => userId)
    return { licenseId, userIdsAdd: usersOf('assign'), userIdsRemove: usersOf('remove') }
  })

/**
 * Gives and takes licenses, 300 users in a request. What the users hold before and after decides the outcome, as the
 * vendor documents no result that could be relied on.
 */
export const createGenesysChanges = (
  access: GenesysAccess,
  client: GenesysClient,
): NonNullable<LicenseProvider['changeAssignments']> => {
  const readHeld = createHeldReader(client)
  const { provider, clock } = access
  const readResults = createResultReader(access)
  return Changes.createChangeAssignments({
    provider,
    operation: UPDATE_LICENSES,
    clock,
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
    send: async (changes, scope) => {
      const attempts = Changes.watchAttempts(scope)
      const written = await client.postLicenseOrganization(assignmentsOf(changes), attempts.scope)()
      if (E.isRight(written)) return readResults(written.right)
      return attempts.failure(written.left, isAboutCredential(written.left) ? 'credential' : 'changes')
    },
  })
}
