import * as E from 'fp-ts/lib/Either.js'
import {
  type AssignmentChange,
  type AssignmentOutcome,
  type ChangeRequest,
  type Clock,
  endOfScope,
  type LicenseError,
  type RequestScope,
  type SecretBook,
} from '../../src/provider-kit/index.ts'
import { assignmentsOf, orderBatch, splitBatch } from './change-batches.ts'
import type { GenesysClient } from './client.ts'
import type { ReadHoldings } from './holdings.ts'
import { createReadBack } from './read-back.ts'
import { isTooLarge, UPDATE_LICENSES } from './update-licenses.ts'
import {
  endsEverything,
  forsaken,
  isAboutAChange,
  mayHaveHadEffect,
  notDone,
  notDoneFor,
  notToldOf,
  refused,
  rowsOf,
  unknown,
  unsent,
} from './write-outcome.ts'

export interface ChangeSource {
  readonly provider: string
  readonly client: GenesysClient
  readonly clock: Clock
  readonly secrets: SecretBook
}

export interface DeliveryOptions extends ChangeSource, Pick<ChangeRequest, 'beforeSending'> {
  readonly readHoldings: ReadHoldings
  readonly scope: RequestScope
}

/** Sends changes that are needed and finds out what became of them. */
export interface Delivery {
  /** Why nothing more is to be sent, where that is so. */
  readonly ended: () => LicenseError | undefined
  /** Takes note of a failure, which may be one after which nothing more is to be sent. */
  readonly heed: (failure: LicenseError) => void
  /**
   * One outcome for each change of one batch. What is taken from users who are given something is sent only once that is
   * applied, and refused where it is not. Throws where `beforeSending` rejects, and for nothing else.
   */
  readonly deliver: (changes: readonly AssignmentChange[]) => AsyncIterable<AssignmentOutcome>
}

/** How often the same is sent where nobody can tell whether it was done. */
const MAX_SENDINGS = 3

export const createDelivery = (options: DeliveryOptions): Delivery => {
  const { provider, client, clock, secrets, scope, readHoldings, beforeSending } = options
  /** After which nothing more is sent. */
  let last: LicenseError | undefined
  /** What the vendor said of changes that turned out to be done. */
  const wordsOfSuccess = new Set<string>()

  const heed = (failure: LicenseError) => {
    if (endsEverything(failure)) last ??= failure
  }

  const ended = (): LicenseError | undefined =>
    endOfScope(scope, clock, { provider, operation: UPDATE_LICENSES }) ?? last

  const readBack = createReadBack({ clock, scope, readHoldings, onFailure: heed })

  async function* sendParts(
    parts: readonly (readonly AssignmentChange[])[],
    doubt: LicenseError | undefined,
  ): AsyncGenerator<AssignmentOutcome, void> {
    for (const part of parts) yield* send(part, doubt)
  }

  /** `earlierDoubt`: why nobody can tell whether an earlier sending of these changes had its effect. */
  async function* send(
    changes: readonly AssignmentChange[],
    earlierDoubt?: LicenseError,
  ): AsyncGenerator<AssignmentOutcome, void> {
    let missing = changes
    let doubt = earlierDoubt
    for (let sendings = 1; missing.length > 0; sendings++) {
      const assignments = assignmentsOf(missing)
      const parts = splitBatch(missing)
      if (parts !== undefined && isTooLarge(assignments)) return yield* sendParts(parts, doubt)

      const early = ended()
      if (early === undefined) await beforeSending?.(missing)
      const end = early ?? ended()
      if (end !== undefined) return yield* missing.map(notDoneFor(unsent(end), doubt))

      const written = await client.postLicenseOrganization(assignments, scope)()
      if (E.isRight(written)) {
        const rowOf = rowsOf(written.right)
        const { correlationId, silent } = written.right
        const onDone = (change: AssignmentChange) => {
          const word = rowOf(change)?.result
          if (word) wordsOfSuccess.add(word)
        }
        for (const change of yield* readBack(missing, { answered: true, onDone })) {
          yield silent
            ? unknown(notToldOf(provider))(change)
            : refused(notDone(change, rowOf(change), correlationId, { provider, secrets, wordsOfSuccess }))(change)
        }
        return
      }
      const failure = written.left
      heed(failure)
      if (!mayHaveHadEffect(failure)) {
        if (parts !== undefined && isAboutAChange(failure)) return yield* sendParts(parts, doubt)
        return yield* missing.map(notDoneFor(failure, doubt))
      }
      doubt = failure
      missing = yield* readBack(missing, { answered: false })
      if (sendings === MAX_SENDINGS) return yield* missing.map(unknown(failure))
    }
  }

  async function* deliver(changes: readonly AssignmentChange[]): AsyncGenerator<AssignmentOutcome, void> {
    const { first, afterwards } = orderBatch(changes)
    const forsakenUsers = new Set<string>()
    for await (const outcome of send(first)) {
      if (outcome.result !== 'applied') forsakenUsers.add(outcome.change.userId)
      yield outcome
    }
    const end = ended()
    const reason = end === undefined ? forsaken(provider) : unsent(end)
    const due: AssignmentChange[] = []
    for (const change of afterwards) {
      if (forsakenUsers.has(change.userId)) yield refused(reason)(change)
      else due.push(change)
    }
    yield* send(due)
  }

  return { ended, heed, deliver }
}
