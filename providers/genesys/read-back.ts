import * as E from 'fp-ts/lib/Either.js'
import {
  type AssignmentChange,
  type AssignmentOutcome,
  type Clock,
  elapsedOn,
  type LicenseError,
  type RequestScope,
} from '../../src/provider-kit/index.ts'
import { isSo, type ReadHoldings } from './holdings.ts'
import { unknown } from './write-outcome.ts'

export interface ReadBackOptions {
  readonly clock: Clock
  readonly scope: RequestScope
  readonly readHoldings: ReadHoldings
  readonly onFailure: (failure: LicenseError) => void
}

/** Before each reading of what has become of a write: what is read may be older than what was written. */
const READ_BACK_AFTER_MS = [0, 500, 2_000]

/** What is read back. */
export interface Written {
  /** Whether the vendor answered the write. */
  readonly answered: boolean
  readonly onDone?: (change: AssignmentChange) => void
}

/**
 * Reads what the users hold until all is as it was asked for, a few times at the most. Yields what is so and what cannot
 * be read; returns what is not so.
 */
export const createReadBack = ({ clock, scope, readHoldings, onFailure }: ReadBackOptions) => {
  const pause = async (ms: number) => {
    const remaining = scope.deadlineAt === undefined ? ms : scope.deadlineAt - elapsedOn(clock)
    if (ms > 0) await clock.sleep(Math.max(0, Math.min(ms, remaining)), scope.signal)
  }

  return async function* (
    changes: readonly AssignmentChange[],
    { answered, onDone }: Written,
  ): AsyncGenerator<AssignmentOutcome, readonly AssignmentChange[]> {
    let missing = changes
    for (const ms of READ_BACK_AFTER_MS) {
      if (missing.length === 0) break
      await pause(ms)
      const stillMissing: AssignmentChange[] = []
      for (const { change, held: read } of await readHoldings(missing, scope)) {
        // Somebody whom the directory does not know may be known by their licenses alone, until the last one is taken.
        const held = answered && E.isLeft(read) && read.left._tag === 'NotFound' ? E.right(new Set<string>()) : read
        if (E.isLeft(held)) {
          onFailure(held.left)
          yield unknown(held.left)(change)
        } else if (isSo(change, held.right)) {
          onDone?.(change)
          yield { change, result: 'applied' }
        } else stillMissing.push(change)
      }
      missing = stillMissing
    }
    return missing
  }
}
