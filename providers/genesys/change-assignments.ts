import * as E from 'fp-ts/lib/Either.js'
import {
  type AssignmentChange,
  type AssignmentOutcome,
  type ChangeRequest,
  type LicenseError,
  scopeOf,
} from '../../src/provider-kit/index.ts'
import { batchesOf, sortChanges } from './change-batches.ts'
import { type ChangeSource, createDelivery } from './deliver-changes.ts'
import { createHoldingsReader, isSo, type Standing } from './holdings.ts'
import { UPDATE_LICENSES } from './update-licenses.ts'
import { forsaken, refused, unsent } from './write-outcome.ts'

/**
 * Gives and takes licenses, batch after batch: reads what the users hold, sends what is to be changed, and reads again
 * what they hold, which alone decides the outcome, as the vendor documents no result that could be relied on.
 */
export const createChangeAssignments = (source: ChangeSource) => {
  const { provider, client, clock } = source
  const readHoldings = createHoldingsReader(client)
  const contradiction: LicenseError = {
    _tag: 'RequestRejected',
    provider,
    operation: UPDATE_LICENSES,
    message: 'not sent: the license is to be given to the user and taken from them',
  }

  return async function* (
    changes: readonly AssignmentChange[],
    request: ChangeRequest = {},
  ): AsyncGenerator<AssignmentOutcome, void> {
    const scope = scopeOf(request, clock)
    const { beforeSending } = request
    const delivery = createDelivery({ ...source, readHoldings, scope, beforeSending })

    /** As the caller has read it, or as it is read here. */
    const standingsOf = async (batch: readonly AssignmentChange[]): Promise<readonly Standing[]> => {
      const known: Standing[] = []
      const unread: AssignmentChange[] = []
      for (const change of batch) {
        const user = request.users?.get(change.userId)
        if (user === undefined) unread.push(change)
        else known.push({ change, held: E.right(new Set(user.licenseIds)) })
      }
      return unread.length === 0 ? known : [...known, ...(await readHoldings(unread, scope))]
    }

    const { distinct, contradictory } = sortChanges(changes)
    /** Who does not get what they were to be given, as it contradicts itself. */
    const unserved = new Set(contradictory.map(({ userId }) => userId))

    async function* outcomesOf(batch: readonly AssignmentChange[]): AsyncGenerator<AssignmentOutcome, void> {
      const ended = delivery.ended()
      if (ended !== undefined) return yield* batch.map(refused(unsent(ended)))
      const needed: AssignmentChange[] = []
      for (const { change, held } of await standingsOf(batch)) {
        if (E.isLeft(held)) {
          delivery.heed(held.left)
          yield refused(unsent(held.left))(change)
        } else if (isSo(change, held.right)) yield { change, result: 'alreadySo' }
        else if (change.action === 'remove' && unserved.has(change.userId)) yield refused(forsaken(provider))(change)
        else needed.push(change)
      }
      yield* delivery.deliver(needed)
    }

    yield* contradictory.map(refused(contradiction))
    for (const batch of batchesOf(distinct.keys())) {
      for await (const outcome of outcomesOf(batch)) {
        for (const change of distinct.get(outcome.change) ?? []) yield { ...outcome, change }
      }
    }
  }
}
