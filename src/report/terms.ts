import { groupedBy } from '../model/grouped-by.ts'
import { isDay } from '../model/moment.ts'
import { type Purchase, sumOfCapacities, type Term } from '../model/purchase.ts'
import type { LicenseRow } from './license-report.ts'

/** Seats that were bought for one term. */
export interface TermOfSeats {
  readonly term: Term
  /** Undefined: it is not known how many of the purchased seats were bought for this term. */
  readonly seats: number | undefined
}

type Termed = Pick<LicenseRow, 'purchased' | 'purchasedFrom' | 'term' | 'purchases'>

const isNone = ({ quantity }: Purchase): boolean =>
  quantity === undefined || (quantity.kind === 'known' && quantity.value === 0)

/** The products whose quantities are the purchased seats. */
const boughtProducts = ({ purchases = [], purchasedFrom }: Termed): readonly Purchase[] =>
  purchases.filter((purchase) => {
    const { source, name } = purchase.from
    const isOfOrigin = purchasedFrom?.source === 'several sources' || purchasedFrom?.source === source
    return !isNone(purchase) && isOfOrigin && (purchasedFrom?.name ?? name) === name
  })

const endOf = ({ term }: Pick<Purchase, 'term'>): string => term?.end ?? ''

/** Those whose end is not known come last. */
const inOrder = (one: TermOfSeats, other: TermOfSeats): number => {
  const [end, otherEnd] = [endOf(one) || '~', endOf(other) || '~']
  return end < otherEnd ? -1 : Number(end > otherEnd)
}

/** The end of the term; undefined where it is not known, or no day of the calendar. */
export const endOfTerm = ({ end }: Term): string | undefined => (end !== undefined && isDay(end) ? end : undefined)

/**
 * The terms of the purchased seats, the first to end first. A license has several if its products were bought for different
 * ones, unless the configuration gives it a term.
 */
export const termsOf = (row: Termed): readonly TermOfSeats[] => {
  const { purchased, term, purchases = [] } = row
  const all = purchased.kind === 'known' ? purchased.value : undefined
  const byEnd = groupedBy(boughtProducts(row), endOf)
  const isDeclared = term?.end !== undefined && !purchases.some((purchase) => endOf(purchase) === term.end)
  if (isDeclared || ![...byEnd.keys()].some((end) => end !== ''))
    return term === undefined ? [] : [{ term, seats: all }]
  const parts = [...byEnd.values()].map((own): TermOfSeats => {
    const sum = sumOfCapacities(own.flatMap(({ quantity }) => quantity ?? []))
    const [first] = own
    const ofProduct = first.term ?? {}
    // The configuration may add a notice to the term of a contract.
    const ofPart = endOf(first) === term?.end ? { ...ofProduct, ...term } : ofProduct
    return { term: ofPart, seats: sum.kind === 'known' ? sum.value : undefined }
  })
  const isSum = parts.reduce((sum, { seats = Number.NaN }) => sum + seats, 0) === all
  return (isSum ? parts : parts.map(({ term: ofPart }) => ({ term: ofPart, seats: undefined }))).sort(inOrder)
}
