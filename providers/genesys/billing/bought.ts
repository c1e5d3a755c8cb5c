import {
  Calls,
  type Count,
  type LicenseError,
  type Purchases,
  unknown,
  Values,
} from '../../../src/provider-kit/index.ts'

/** What an organization has bought and is billed for, as far as the source could be read. */
export interface Bought {
  readonly purchases: readonly Purchases.Purchase[]
  /** Why numbers of licenses of which no product was bought are unknown, for people. */
  readonly reason: string
  /** What else is to be said, as sentences. */
  readonly remarks: readonly string[]
}

/** Nothing could be read. The list of licenses is as complete as before. */
export const nothingRead = (reason: string): Bought => ({
  purchases: [],
  reason,
  remarks: [`What was bought and billed is unknown: ${reason}.`],
})

const atLeast = (count: Count, reason: string): Count =>
  count.kind === 'known' ? unknown(reason, count.value === 0 ? undefined : count.value) : count

/** Not all contracts could be read: each number is at least what the others say. */
export const partlyRead = (purchases: readonly Purchases.Purchase[], reason: string): Bought => ({
  ...nothingRead(reason),
  remarks: [`Not all that was bought and billed is known: ${reason}.`],
  purchases: purchases.map(({ quantity, billed, ...purchase }) =>
    Values.withoutUndefined({
      ...purchase,
      quantity: quantity === undefined || quantity.kind === 'unlimited' ? quantity : atLeast(quantity, reason),
      billed: billed && atLeast(billed, reason),
    }),
  ),
})

/** A source of what was bought, in the words of messages. */
export interface SourceWords {
  /** Whose permission it takes: `the OAuth client`. */
  readonly who: string
  /** What is read: `contracts`. */
  readonly what: string
  /** Needed for it, where the vendor does not name the missing one. */
  readonly permission: string
  /** What it means that the vendor does not find it. */
  readonly notFound: string
}

/** Why a source could not be read, and what to do, as a clause for people. */
export const reasonIn =
  ({ who, what, permission, notFound }: SourceWords) =>
  (error: LicenseError): string => {
    if (error._tag === 'NotFound') return notFound
    if (error._tag === 'DeadlineExceeded') return `the ${what} could not be read: ${Calls.NO_SPARE_TIME}`
    if (error._tag !== 'PermissionDenied') return `the ${what} could not be read: ${error.message}`
    const [missing = permission] = error.missing ?? []
    return `${who} may not read the ${what}; grant it the permission ${missing || permission}`
  }
