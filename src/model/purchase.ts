import { type Capacity, type Count, known, leastOf, unknown } from './count.ts'
import type { LicenseMetric } from './license.ts'
import { dayBefore } from './moment.ts'
import { isWholeNumber } from './whole-number.ts'

/** A period of billing. */
export interface BillingPeriod {
  /** Its first day, as `2026-01-31`. */
  readonly start: string
  /** Its last day. */
  readonly end: string
  /** The numbers of an `open` period are provisional. */
  readonly status: 'open' | 'closed' | 'unknown'
}

/** Where a number comes from that is not in the vendor's list of licenses. */
export interface Origin {
  /** What kind of source: `contract`, `partner overview`, `file`, `configuration`, or that of another provider. */
  readonly source: string
  /** Which one, for people: the number of a contract, the name of a file. */
  readonly name?: string | undefined
  /** The day or time as of which it is true, in ISO 8601. Absent: when it was read; of a file, the file does not tell. */
  readonly at?: string | undefined
  /** The billing period that it is of. */
  readonly period?: BillingPeriod | undefined
}

/** A price of a contract. It is shown as it is written there; what it buys is not always certain. */
export interface ContractPrice {
  /** A decimal number as text, exact: `75.50`. */
  readonly amount: string
  /** ISO 4217. */
  readonly currency: string
  /** What it is the price of, in the vendor's words. */
  readonly per?: string | undefined
  /** The first day on which it is valid, as `2026-01-31`. */
  readonly validFrom?: string | undefined
  /** The last day on which it is valid. */
  readonly validTo?: string | undefined
}

/** For how long something was bought. Days are written as `2026-01-31`. */
export interface Term {
  readonly start?: string | undefined
  /** The last day. */
  readonly end?: string | undefined
  /** A renewal must be canceled so many days before the end. */
  readonly noticeDays?: number | undefined
}

/** The last day on which the renewal can be canceled, as `2026-01-31`. Undefined where the end or the notice is not known. */
export const noticeDayOf = ({ end, noticeDays }: Term): string | undefined =>
  end === undefined || noticeDays === undefined ? undefined : dayBefore(end, noticeDays)

/** The term that ends first: what was bought for longer may be kept when that one is over. */
export const firstToEnd = (terms: readonly Term[]): Term | undefined =>
  terms.reduce<Term | undefined>((first, term) => {
    if (first?.end === undefined) return term.end === undefined ? (first ?? term) : term
    return term.end !== undefined && term.end < first.end ? term : first
  }, undefined)

/** What a contract, a bill or a file says about one product. */
export interface Purchase {
  /** The vendor's key of the product; several products may be seats of one license. */
  readonly sku?: string | undefined
  /** For people. */
  readonly name: string
  /** What one seat of it stands for. Absent: the source does not say. */
  readonly metric?: LicenseMetric | undefined
  /** Seats that were bought. Absent: the source does not say. */
  readonly quantity?: Capacity | undefined
  /** Seats in use as they are billed. Absent: the source does not say. */
  readonly billed?: Count | undefined
  /** What a seat that was bought costs. */
  readonly committedPrices?: readonly ContractPrice[] | undefined
  /** What a seat beyond those that were bought costs. */
  readonly overagePrices?: readonly ContractPrice[] | undefined
  readonly term?: Term | undefined
  /** Of the quantity, the prices and the term. Of what is billed, it may have a period. */
  readonly from: Origin
}

/**
 * A quantity of a contract or a bill in whole seats. Negative and fractional ones are unknown, with the number in the
 * reason. `what` names the number: `contract 4711`.
 */
export const seatsTold = (value: number, what: string): Count => {
  if (isWholeNumber(value)) return known(value)
  return unknown(`${what} says ${value}, which is no number of seats`)
}

/** The sum. It is unknown where a part is, and at least what is known. */
export const sumOfCounts = (counts: readonly Count[]): Count => {
  const told = counts.filter(({ kind }) => kind !== 'notApplicable')
  const sum = told.reduce((total, count) => total + (leastOf(count) ?? 0), 0)
  const gap = told.find((count) => count.kind === 'unknown')
  if (gap === undefined || gap.kind !== 'unknown') return known(sum)
  return unknown(gap.reason, sum === 0 ? undefined : sum)
}

/** The sum, unlimited where a part is. */
export const sumOfCapacities = (capacities: readonly Capacity[]): Capacity => {
  const counts = capacities.flatMap((capacity) => (capacity.kind === 'unlimited' ? [] : [capacity]))
  return counts.length < capacities.length ? { kind: 'unlimited' } : sumOfCounts(counts)
}
