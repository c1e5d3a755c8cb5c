import type { LicenseWrite, WriteEffect, WriteScript } from './write-script.ts'

/** What is to become of one write of a request that was taken. */
export type WriteVerdict =
  | {
      readonly kind: 'do'
      /** In milliseconds; 0 is at once. The answer says that it is done. */
      readonly afterMs: number
      /** What the user gets and loses besides. */
      readonly gives: readonly string[]
      readonly takes: readonly string[]
    }
  /** Not done, and said so; `seatsOut`: for want of a seat. */
  | Extract<WriteEffect, { kind: 'refuse' | 'seatsOut' }>
  /** Not done, and said to be. */
  | { readonly kind: 'ignore' }
  /** Not done, and not mentioned. */
  | { readonly kind: 'leaveOut' }

/** What is to become of a request that carries writes. */
export type RequestVerdict =
  /** Nothing of it is done. */
  | {
      readonly kind: 'refuse'
      readonly status: number
      readonly code?: string | undefined
      readonly message?: string | undefined
    }
  | { readonly kind: 'throttle'; readonly afterSeconds: number }
  | {
      readonly kind: 'take'
      /** One for each write, in their order. */
      readonly verdicts: readonly WriteVerdict[]
      /** The answer is a failure on the vendor's side, whatever was done. */
      readonly fails: boolean
    }

const DONE: WriteVerdict = { kind: 'do', afterMs: 0, gives: [], takes: [] }

const verdictOf = (effect: WriteEffect | undefined): WriteVerdict => {
  switch (effect?.kind) {
    case 'refuse':
    case 'ignore':
    case 'seatsOut':
      return effect
    case 'late':
      return { ...DONE, afterMs: effect.afterMs }
    case 'implicit':
      return { ...DONE, gives: effect.gives ?? [], takes: effect.takes ?? [] }
    default:
      return DONE
  }
}

/** Asks the script about every write of a request, once each, before any of them is carried out. */
export const judgeRequest = (script: WriteScript, writes: readonly LicenseWrite[]): RequestVerdict => {
  const effects = writes.map(script.meet)
  for (const effect of effects) {
    if (effect?.kind === 'throttle') return { kind: 'throttle', afterSeconds: effect.afterSeconds ?? 1 }
    if (effect?.kind === 'refuse' && effect.status !== undefined) return { ...effect, status: effect.status }
  }
  const half = effects.find((effect) => effect?.kind === 'half')
  const end = half === undefined ? writes.length : Math.ceil(writes.length / 2)
  return {
    kind: 'take',
    verdicts: effects.map((effect, place) => (place < end ? verdictOf(effect) : { kind: 'leaveOut' })),
    fails: half?.kind === 'half' && half.answer === 'failed',
  }
}
