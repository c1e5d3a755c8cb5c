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
import { refused, unsent } from './write-outcome.ts'

/**
 * Gives and takes licenses, batch after batch: reads what the users hold, sends what is to be changed, and reads again
 * what they hold, which alone decides the outcome, as the vendor documents no result that could be relied on.
 */
export const createChangeAssignments = ({ provider, client, clock }: ChangeSource) => {
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
    const delivery = createDelivery({ provider, client, clock, readHoldings, scope, beforeSending })

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

    async function* outcomesOf(batch: readonly AssignmentChange[]): AsyncGenerator<AssignmentOutcome, void> {
      const ended = delivery.ended()
      if (ended !== undefined) return yield* batch.map(refused(unsent(ended)))
      const needed: AssignmentChange[] = []
      for (const { change, held } of await standingsOf(batch)) {
        if (E.isLeft(held)) {
          delivery.heed(held.left)
          yield refused(unsent(held.left))(change)
        } else if (isSo(change, held.right)) yield { change, result: 'alreadySo' }
        else needed.push(change)
      }
      yield* delivery.deliver(needed)
    }

    const { distinct, contradictory } = sortChanges(changes)
    yield* contradictory.map(refused(contradiction))
    for (const batch of batchesOf(distinct.keys())) {
      for await (const outcome of outcomesOf(batch)) {
        for (const change of distinct.get(outcome.change) ?? []) yield { ...outcome, change }
      }
    }
  }
}
