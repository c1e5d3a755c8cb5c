import { type Count, known, Purchases, unknown } from '../../../src/provider-kit/index.ts'
import type { Amount, BillingPlanItem } from './codecs.ts'
import { toldDay, toldNumber, toldText } from './told.ts'

/** Seats that were bought: a number, none, or no limit. */
export type Quantity = NonNullable<Purchases.Purchase['quantity']>

/** A quantity that the vendor says. `what`: what says it: `contract 4711`. */
export const quantityTold = (amount: Amount | null | undefined, what: string): Count => {
  const number = toldNumber(amount)
  if (number !== undefined) return Purchases.seatsTold(number, what)
  return unknown(
    `${what} ${amount === null || amount === undefined ? 'has a line without a quantity' : 'has a quantity that is no number'}`,
  )
}

/**
 * The sum of lines that are alike. Unlike a sum over products, it has no lower bound: a negative line may take back others.
 */
export const sumOfLines = (counts: readonly Count[]): Count => {
  const gap = counts.find((count) => count.kind === 'unknown')
  if (gap?.kind === 'unknown') return unknown(gap.reason)
  return known(counts.reduce((sum, count) => sum + (count.kind === 'known' ? count.value : 0), 0))
}

const kindOf = ({ type, function: use }: BillingPlanItem): string =>
  [type, use].flatMap((word) => toldText(word) ?? []).join(' ')

/** The vendor publishes no words for kinds of lines. These say that a line is no seat that was committed to. */
const NOT_COMMITTED = /non[\s_-]?recurring|one[\s_-]?time|overage|on[\s_-]?demand/i

/** Whether a line is for seats that were committed to, as far as its words say. */
export const isCommitted = (item: BillingPlanItem): boolean => !NOT_COMMITTED.test(kindOf(item))

const isWritten = (date: string | null | undefined): boolean => toldText(date) !== undefined

/** Whether a line is in force on a day; undefined where its dates cannot be read. */
const isInForce = ({ dateEffectiveStart, dateEffectiveEnd }: BillingPlanItem, day: string): boolean | undefined => {
  const start = toldDay(dateEffectiveStart)
  const end = toldDay(dateEffectiveEnd)
  if ((start === undefined && isWritten(dateEffectiveStart)) || (end === undefined && isWritten(dateEffectiveEnd))) {
    return undefined
  }
  return (start === undefined || start <= day) && (end === undefined || day <= end)
}

/** What to do where a contract does not tell how many seats were bought. */
export const INSTEAD = 'set purchased of the license in the configuration'

/**
 * The seats that the lines of a contract say were bought, on a day; undefined where no line is for such seats. Lines that are
 * over or have not begun do not count, as in a ramp. Lines of unlike kinds are not added up, as the vendor does not document
 * what the kinds mean. `endedOn`: the last day of a contract that is over, where lines without an end may be over, too.
 */
export const quantityInForce = (
  items: readonly BillingPlanItem[],
  { day, endedOn }: { readonly day: string; readonly endedOn?: string | undefined },
  what: string,
): Quantity | undefined => {
  const committed = items.filter(isCommitted)
  if (committed.length === 0) return undefined
  const inForce = committed.map((item) => ({ item, holds: isInForce(item, day) }))
  if (inForce.some(({ holds }) => holds === undefined)) {
    return unknown(`${what} has a line with a date that cannot be read; ${INSTEAD}`)
  }
  const counted = inForce.flatMap(({ item, holds }) => (holds ? [item] : []))
  if (endedOn !== undefined && counted.some(({ dateEffectiveEnd }) => !isWritten(dateEffectiveEnd))) {
    return unknown(`${what} ended on ${endedOn}, is listed as active, and has a line without an end; ${INSTEAD}`)
  }
  const kinds = new Map<string, BillingPlanItem[]>()
  for (const item of counted) kinds.set(kindOf(item), [...(kinds.get(kindOf(item)) ?? []), item])
  if (kinds.size > 1) {
    const sums = [...kinds].map(([kind, own]) => {
      const sum = sumOfLines(own.map(({ quantity }) => quantityTold(quantity, what)))
      return `${sum.kind === 'known' ? sum.value : 'an unknown number of'} ${kind || 'of no kind'}`
    })
    return unknown(`${what} has lines of unlike kinds, which cannot be added up: ${sums.join(', ')}; ${INSTEAD}`)
  }
  return sumOfLines(counted.map(({ quantity }) => quantityTold(quantity, what)))
}
