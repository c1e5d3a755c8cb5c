import { boundedSignal } from './bounded-signal.ts'
import { type Clock, elapsedOn, timerOn } from './clock.ts'
import type { RequestScope } from './request-scope.ts'

/** What ended a wait: the caller's signal or the caller's deadline. */
export type WaitEnd = 'aborted' | 'deadline'

/** What was asked did not answer before the caller's signal or deadline ended the wait. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
  readonly end: WaitEnd

  constructor(end: WaitEnd) {
    super('it did not answer before the run had to end')
    this.end = end
  }
}

/** How long answers are waited for that come from outside of Seatlens. */
export interface Patience {
  /** Waits for an answer. Rejects with `NoAnswer` if it does not come in time. */
  readonly wait: <A>(answer: Promise<A>) => Promise<A>
  /** What has ended the patience; undefined while it lasts. */
  readonly over: () => WaitEnd | undefined
}

const ENDLESS: Patience = { wait: (answer) => answer, over: () => undefined }

/**
 * Lasts as long as the scope, and `graceMs` longer. The grace is given once, however many answers are waited for. Without
 * signal and deadline, it lasts for ever.
 */
export const openPatience = (scope: RequestScope, clock: Clock, graceMs: number): Patience => {
  const { signal, deadlineAt } = scope
  if (signal === undefined && deadlineAt === undefined) return ENDLESS
  let ended: { readonly how: WaitEnd; readonly at: number } | undefined
  /** What of the grace is left, in milliseconds. */
  const graceLeft = (end: { readonly at: number }): number =>
    Math.min(graceMs, Math.max(0, end.at + graceMs - elapsedOn(clock)))
  const note = (how: WaitEnd) => {
    ended ??= { how, at: elapsedOn(clock) }
    return ended
  }
  return {
    wait: (answer) =>
      new Promise((resolve, reject) => {
        let stopTimer = () => {}
        const bounds = boundedSignal(scope, clock)
        const letGo = bounds.whenEnded(() => {
          const end = note(bounds.cause() === 'aborted' ? 'aborted' : 'deadline')
          stopTimer = timerOn(clock, graceLeft(end), () => finish(() => reject(new NoAnswer(end.how))))
        })
        const finish = (settle: () => void) => {
          stopTimer()
          letGo()
          bounds.release()
          settle()
        }
        answer.then(
          (value) => finish(() => resolve(value)),
          (thrown: unknown) => finish(() => reject(thrown)),
        )
      }),
    over: () => {
      if (signal?.aborted) note('aborted')
      else if (deadlineAt !== undefined && elapsedOn(clock) >= deadlineAt) note('deadline')
      return ended !== undefined && graceLeft(ended) <= 0 ? ended.how : undefined
    },
  }
}
