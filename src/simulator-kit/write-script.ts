import { createScript, type Repetition } from './script.ts'

/** One license that is to be given to one user, or taken from them, wherever in a request it stands. */
export interface LicenseWrite {
  readonly userId: string
  readonly licenseId: string
  readonly action: 'assign' | 'remove'
}

/** Which writes misbehave. What is absent fits every write. */
export interface WriteMatch extends Partial<LicenseWrite>, Repetition {}

/** What becomes of a write in place of what should. Of several in one request, the others are done as ever. */
export type WriteEffect =
  /** Not done, and said so in the vendor's way for one write of several. The words are the vendor's own by default. */
  | { readonly kind: 'refuse'; readonly code?: string; readonly message?: string }
  /** Not done, and said to be. */
  | { readonly kind: 'ignore' }

/** One way in which writes misbehave, as data. A write is struck by the first that fits it and still has times left. */
export interface WriteMisbehaviour {
  readonly match?: WriteMatch
  readonly effect: WriteEffect
}

/** A misbehaviour that is in force. */
export interface ActiveWriteMisbehaviour {
  readonly misbehaviour: WriteMisbehaviour
  /** How often it has struck. */
  readonly strikes: () => number
  /** Takes it out of force; harmless when it is out already. */
  readonly remove: () => void
}

/** How the writes of a running simulator misbehave, in their order. It can be changed at any time. */
export interface WriteProgramme {
  /** Puts a misbehaviour in force, after those that are. */
  readonly add: (misbehaviour: WriteMisbehaviour) => ActiveWriteMisbehaviour
  readonly clear: () => void
  readonly active: () => readonly ActiveWriteMisbehaviour[]
}

export interface WriteScript extends WriteProgramme {
  /** The effect on one write, which counts as seen by every misbehaviour that it passes; none where it is to be done. */
  readonly meet: (write: LicenseWrite) => WriteEffect | undefined
}

const matcherOf =
  ({ match = {} }: WriteMisbehaviour) =>
  ({ userId, licenseId, action }: LicenseWrite): boolean =>
    (match.userId ?? userId) === userId &&
    (match.licenseId ?? licenseId) === licenseId &&
    (match.action ?? action) === action

export const createWriteScript = (misbehaviours: readonly WriteMisbehaviour[] = []): WriteScript => {
  const { add, clear, active, meet } = createScript<WriteMisbehaviour, ActiveWriteMisbehaviour, LicenseWrite>({
    show: (misbehaviour, standing) => ({ misbehaviour, ...standing }),
    repetitionOf: ({ match = {} }) => match,
    matcherOf,
  })
  for (const misbehaviour of misbehaviours) add(misbehaviour)
  return { add, clear, active, meet: (write) => meet(write)?.effect }
}
