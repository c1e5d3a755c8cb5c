import {
  type AssignmentChange,
  type AssignmentOutcome,
  type ChangeRequest,
  type Clock,
  endOfScope,
  type LicenseError,
  openScope,
} from '../../src/provider-kit/index.ts'
import type { WebexAccess } from './access.ts'
import { ASSIGN_LICENSES } from './assignment-refusals.ts'
import { type ChangeRun, changeUser } from './change-user.ts'
import { changesByUser } from './changes-by-user.ts'
import type { WebexClient } from './client.ts'
import { concurrently } from './concurrently.ts'

type ChangeAssignments = (
  changes: readonly AssignmentChange[],
  request?: ChangeRequest,
) => AsyncIterable<AssignmentOutcome>

/** After these the changes of nobody else would fare better. */
const FATAL: ReadonlySet<LicenseError['_tag']> = new Set(['AuthenticationFailed', 'RateLimited'])

/** Users at once, the changes of each in one request; the rest of the story is told in `change-user.ts`. */
export const createChangeAssignments = (access: WebexAccess, client: WebexClient, clock: Clock): ChangeAssignments =>
  async function* (changes, request = {}) {
    const scope = openScope(request, clock)
    let halt: LicenseError | undefined
    let unheard: { readonly thrown: unknown } | undefined
    let isLetIn = false

    const ended = (): LicenseError | undefined =>
      endOfScope(scope, clock, { provider: access.provider, operation: ASSIGN_LICENSES })
    const run: ChangeRun = {
      access,
      client,
      request,
      licenses: new Map(request.licenses?.map((license) => [license.id, license])),
      scope,
      stopped: () => halt ?? ended(),
      failed: (error) => {
        // Webex does not tell a missing scope from somebody who may not be changed; who was let in before has the scope.
        const isShutOut = error._tag === 'PermissionDenied' && error.operation === ASSIGN_LICENSES && !isLetIn
        if (FATAL.has(error._tag) || isShutOut) halt ??= error
      },
      accepted: () => {
        isLetIn = true
      },
      announce: async (announced) => {
        if (unheard !== undefined) return false
        try {
          await request.beforeSending?.(announced, [])
          return true
        } catch (thrown) {
          unheard ??= { thrown }
          return false
        }
      },
    }
    function* whileHeard() {
      for (const user of changesByUser(changes)) {
        if (unheard !== undefined) return
        yield user
      }
    }
    try {
      for await (const outcomes of concurrently(whileHeard(), access.budget.concurrency, (user) =>
        changeUser(run, user),
      )) {
        yield* outcomes
      }
      if (unheard !== undefined) throw unheard.thrown
    } finally {
      scope.close()
    }
  }
