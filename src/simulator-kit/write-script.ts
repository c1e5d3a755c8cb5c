import { createScript, type Program, type Repetition, type RuleControl } from './script.ts'

/** One license that is to be given to one user, or taken from them, wherever in a request it stands. */
export interface LicenseWrite {
  readonly userId: string
  readonly licenseId: string
  readonly action: 'assign' | 'remove'
}

/** Which writes misbehave. What is absent fits every write. */
export interface WriteMatch extends Repetition {
  readonly userId?: string | undefined
  readonly licenseId?: string | undefined
  readonly action?: LicenseWrite['action'] | undefined
}

/**
 * What becomes of a write in place of what should. Of several writes in one request, the others are done as ever, unless
 * it says otherwise. What a whole request meets with whatever is in it (a lost answer, an answer without a body, a gateway's
 * error) is a `Fault`.
 */
export type WriteEffect =
  /**
   * Not done, and said so in the vendor's way for one write of several. The words are the vendor's own by default. With a
   * `status` the whole request is refused with it, and nothing of it is done.
   */
  | {
      readonly kind: 'refuse'
      readonly code?: string | undefined
      readonly message?: string | undefined
      readonly status?: number | undefined
    }
  /** Not done, and said to be. */
  | { readonly kind: 'ignore' }
  /** Said to be done, and done only after that time on the simulator's clock: no reading shows it before. */
  | { readonly kind: 'late'; readonly afterMs: number }
  /** Done, and the user gets or loses these licenses with it, which the request did not ask for. */
  | {
      readonly kind: 'implicit'
      readonly gives?: readonly string[] | undefined
      readonly takes?: readonly string[] | undefined
    }
  /**
   * Only the first half of its request is done, at least one write of it. The answer leaves the others out (the default),
   * or is a failure on the vendor's side that says nothing of what was done.
   */
  | { readonly kind: 'half'; readonly answer?: 'leftOut' | 'failed' | undefined }
  /** Its request is not taken, as there were too many: a 429 that names a time. Default one second. */
  | { readonly kind: 'throttle'; readonly afterSeconds?: number | undefined }
  /** There is no seat left for it, and the vendor says so: in its own way by default. With `skip`, seats run out half-way. */
  | { readonly kind: 'seatsOut'; readonly message?: string | undefined }

/** One way in which writes misbehave, as data. A write is struck by the first that fits it and still has times left. */
export interface WriteMisbehavior {
  readonly match?: WriteMatch | undefined
  readonly effect: WriteEffect
}

/** A misbehavior that is in force. */
export interface ActiveWriteMisbehavior extends RuleControl {
  readonly misbehavior: WriteMisbehavior
}

/** How the writes of a running simulator misbehave, in their order. It can be changed at any time. */
export type WriteProgram = Program<WriteMisbehavior, ActiveWriteMisbehavior>

/** What a simulator does with the changes that it gets. */
export interface WriteScript extends WriteProgram {
  /** The effect on one write, which counts as seen by every misbehavior that it passes; none where it is to be done. */
  readonly meet: (write: LicenseWrite) => WriteEffect | undefined
}

const matcherOf =
  ({ match = {} }: WriteMisbehavior) =>
  ({ userId, licenseId, action }: LicenseWrite): boolean =>
    (match.userId ?? userId) === userId &&
    (match.licenseId ?? licenseId) === licenseId &&
    (match.action ?? action) === action

/** Plays misbehaviors on the changes that match them. */
export const createWriteScript = (misbehaviors: readonly WriteMisbehavior[] = []): WriteScript => {
  const { add, clear, active, meet } = createScript<WriteMisbehavior, ActiveWriteMisbehavior, LicenseWrite>({
    show: (misbehavior, control) => ({ misbehavior, ...control }),
    repetitionOf: ({ match = {} }) => match,
    matcherOf,
  })
  for (const misbehavior of misbehaviors) add(misbehavior)
  return { add, clear, active, meet: (write) => meet(write)?.effect }
}
