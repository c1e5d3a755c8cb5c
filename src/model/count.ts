import { isWholeNumber, wholeNumberOf } from './whole-number.ts'

/**
 * A number of seats or people. Absent, zero and unknown are different things:
 * `known` is a number that was counted; zero is known. `unknown`: there is a number, and it is not known.
 * `notApplicable`: the question makes no sense here.
 */
export type Count = KnownCount | UnknownCount | NotApplicable

/** Purchased seats: a {@link Count}, or no limit at all. */
export type Capacity = Count | Unlimited

/** A number that was counted. Zero is known. */
export interface KnownCount {
  readonly kind: 'known'
  /** Seats, users, licenses: what was counted, in whole ones. Only available seats can be negative. */
  readonly value: number
}

/** The vendor does not provide the number, or the list that it is counted from has a gap. */
export interface UnknownCount {
  readonly kind: 'unknown'
  /** Why it is unknown, for people. */
  readonly reason: string
  /** A lower bound, where something was counted despite the gap. */
  readonly atLeast?: number | undefined
}

/** The question makes no sense here: how many seats of a free license were purchased. */
export interface NotApplicable {
  readonly kind: 'notApplicable'
}

/** There is no limit. */
export interface Unlimited {
  readonly kind: 'unlimited'
}

/** A known number, of seats or holders. */
export const known = (value: number): KnownCount => ({ kind: 'known', value })

/** An unknown number. `reason`: why, for people. `atLeast`: a lower bound, if there is one. */
export const unknown = (reason: string, atLeast?: number): UnknownCount =>
  atLeast === undefined ? { kind: 'unknown', reason } : { kind: 'unknown', reason, atLeast }

/** The question makes no sense here. Not zero, and not unknown. */
export const notApplicable: NotApplicable = { kind: 'notApplicable' }

/** There is no limit. Not a number. */
export const unlimited: Unlimited = { kind: 'unlimited' }

/** What is certain of a number: that it is not less than this, which may be 0; undefined where nothing is. */
export const leastOf = (count: Count): number | undefined => {
  if (count.kind === 'notApplicable') return undefined
  return count.kind === 'known' ? count.value : count.atLeast
}

export const NOT_WHOLE = 'the number that was given is not a number of seats'

/**
 * A provider's count in whole seats. A number that is not one of seats becomes unknown; nothing is rounded. Numbers beyond
 * 9,007,199,254,740,991 are not exact in JavaScript, and become unknown too.
 */
export const inWholeSeats = <A extends Capacity>(count: A): A | KnownCount | UnknownCount => {
  if (count.kind === 'known') {
    const value = wholeNumberOf(count.value)
    return value === undefined ? unknown(NOT_WHOLE) : known(value)
  }
  if (count.kind !== 'unknown' || count.atLeast === undefined || isWholeNumber(count.atLeast)) return count
  return unknown(count.reason)
}
