import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import * as kit from 'seatlens/provider-kit'
import type { AcmeClient } from './client.ts'
import type { Refusal } from './codecs.ts'

const OPERATION = 'PATCH /seats'
/** Ids that `GET /seats` takes at most. */
const USERS_AT_ONCE = 100

/** One person per request. Acme's answer is not trusted: the kit reads what the person holds afterwards. */
export const acmeChanges = (
  { provider, budget, secrets }: kit.Http.ApiAccess,
  client: AcmeClient,
): kit.Changes.VendorChanges => {
  const name = { provider, operation: OPERATION }

  const readHoldings: kit.Changes.VendorChanges['readHoldings'] = async (userIds, scope) => {
    const seats = await client.getSeats({ id: userIds.join(','), limit: userIds.length }, scope)()
    if (E.isLeft(seats)) return new Map(userIds.map((id) => [id, seats]))
    const { records, issues } = seats.right
    const held = new Map(records.map(({ id, products }) => [id, products]))
    const missing: kit.LicenseError =
      issues.length > 0
        ? kit.Answers.invalidResponse(provider, 'GET /seats', issues)
        : { _tag: 'NotFound', ...name, message: 'there is no such user' }
    return new Map(
      userIds.map((id) => {
        const licenseIds = held.get(id)
        return [id, licenseIds === undefined ? E.left(missing) : E.right(kit.Changes.internalHoldings(licenseIds))]
      }),
    )
  }

  const replyTo =
    (refusals: readonly Refusal[]) =>
    (change: kit.AssignmentChange): kit.Changes.Reply => {
      const refusal = refusals.find(({ product }) => product === change.licenseId)
      if (refusal === undefined) return { kind: 'accepted' }
      const words = kit.Answers.vendorWords(
        { code: refusal.code ?? undefined, message: refusal.message ?? undefined },
        secrets,
      )
      const message = 'Acme did not change this seat'
      return { kind: 'declined', reason: { _tag: 'RequestRejected', ...name, message, ...words } }
    }

  return {
    operation: OPERATION,
    // Acme may do only a part of a request. A swap must not leave a user without both licenses.
    requests: { users: 1, changes: 50, concurrency: budget.concurrency, order: 'assignFirst' },
    usersAtOnce: USERS_AT_ONCE,
    readHoldings,
    // A 403 is about the token, which is the default. A refusal for one person is a 409.
    send: (changes, scope) => {
      const idsOf = (action: kit.AssignmentChange['action']) =>
        changes.flatMap((change) => (change.action === action ? [change.licenseId] : []))
      const [{ userId: id } = { userId: '' }] = changes
      return pipe(
        client.patchSeat({ id, add: idsOf('assign'), remove: idsOf('remove') }, scope),
        TE.map((refusals) => ({ replyTo: replyTo(refusals) })),
      )
    },
  }
}
