import { boundedSignal } from '../paging/bounded-signal.ts'
import { elapsedOn } from '../paging/clock.ts'
import { whenAborted } from '../paging/when-aborted.ts'
import type { Reading } from './provider-state.ts'

/**
 * How long a journal may still take after the caller's signal or deadline has ended the run, in milliseconds: what was sent
 * should be in the journal.
 */
const GRACE_MS = 2_000

const SILENT = 'it did not answer before the run had to end'

/** Waits for the journal as long as the run may take, and two seconds longer. Then it rejects. */
export type Patience = <A>(answer: Promise<A>) => Promise<A>

/** The patience of one run. The two seconds at its end are given once, however many answers are waited for. */
export const patienceOf = ({ scope, clock }: Pick<Reading, 'scope' | 'clock'>): Patience => {
  let endedAt: number | undefined
  return (answer) =>
    new Promise((resolve, reject) => {
      const bounds = boundedSignal(scope, clock)
      let timer: ReturnType<typeof setTimeout> | undefined
      const letGo = whenAborted(bounds.signal, () => {
        endedAt ??= elapsedOn(clock)
        const leftMs = Math.max(0, endedAt + GRACE_MS - elapsedOn(clock))
        timer = setTimeout(() => finish(() => reject(new Error(SILENT))), Math.min(leftMs, GRACE_MS))
      })
      const finish = (settle: () => void) => {
        clearTimeout(timer)
        letGo()
        bounds.release()
        settle()
      }
      answer.then(
        (value) => finish(() => resolve(value)),
        (thrown: unknown) => finish(() => reject(thrown)),
      )
    })
}
