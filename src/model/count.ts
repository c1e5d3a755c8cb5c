/**
 * A number of seats or people. Absent, zero and unknown are different things:
 * `known` is a number that somebody counted, `unknown` is a number that exists but that nobody told us,
 * `notApplicable` is a question that makes no sense here.
 */
export type Count = KnownCount | UnknownCount | NotApplicable

/** What was bought: a {@link Count}, or no limit at all. */
export type Capacity = Count | Unlimited

export interface KnownCount {
  readonly kind: 'known'
  readonly value: number
}

/** The vendor does not say, or the list that it would be counted from has a gap. */
export interface UnknownCount {
  readonly kind: 'unknown'
  /** Why it is not known, for people. */
  readonly reason: string
  /** A lower bound, where something was counted before the gap. */
  readonly atLeast?: number
}

export interface NotApplicable {
  readonly kind: 'notApplicable'
}

export interface Unlimited {
  readonly kind: 'unlimited'
}

export const known = (value: number): KnownCount => ({ kind: 'known', value })

export const unknown = (reason: string, atLeast?: number): UnknownCount =>
  atLeast === undefined ? { kind: 'unknown', reason } : { kind: 'unknown', reason, atLeast }

export const notApplicable: NotApplicable = { kind: 'notApplicable' }

export const unlimited: Unlimited = { kind: 'unlimited' }
