import { amountOfSeats, type MonthlyPrice, type Unpriced } from '../../report/cost/monthly-price.ts'
import type { LicenseRow } from '../../report/license-report.ts'
import { costChange, type PricedLicense, type PricedSeats } from './cost-change.ts'
import type { CostChange, UnknownCostChange } from './snapshot-diff.ts'

/** A license as it was in both snapshots, with what it cost in each. */
export interface ComparedLicense {
  readonly provider: string
  readonly id: string
  readonly name: string
  readonly before: CostedSide
  readonly after: CostedSide
}

/** `absent` is for certain. */
export type CostedSide =
  | { readonly kind: 'absent' }
  | { readonly kind: 'missing'; readonly reason: string }
  | {
      readonly kind: 'there'
      readonly purchased: LicenseRow['purchased']
      readonly price: MonthlyPrice | Unpriced
    }

/** What a side costs; `undefined` where it costs nothing, a text where that is not known. */
const costOf = (side: CostedSide): { readonly currency: string; readonly seats: PricedSeats } | string | undefined => {
  if (side.kind === 'absent') return undefined
  if (side.kind === 'missing') return side.reason
  const { purchased, price } = side
  if (purchased.kind === 'notApplicable') return undefined
  if (price.kind === 'unpriced') return price.reason
  if (purchased.kind === 'unlimited') return 'a price for each seat does not tell what unlimited seats cost'
  if (purchased.kind === 'unknown') return `how many seats were bought is not known: ${purchased.reason}`
  const seats = { seats: purchased.value, amountOf: (count: number) => amountOfSeats(price, count) }
  if (!Number.isSafeInteger(seats.amountOf(seats.seats))) return 'more than can be counted exactly'
  return { currency: price.currency, seats }
}

export interface ComparedCosts {
  readonly changes: readonly CostChange[]
  readonly unknown: readonly UnknownCostChange[]
}

/** What the licenses of one provider cost more or less, each currency by itself, as far as it is known in both snapshots. */
export const compareCosts = (licenses: readonly ComparedLicense[]): ComparedCosts => {
  const byCurrency = new Map<string, PricedLicense[]>()
  const unknown: UnknownCostChange[] = []
  const enter = (currency: string, license: PricedLicense) => {
    const others = byCurrency.get(currency)
    if (others === undefined) byCurrency.set(currency, [license])
    else others.push(license)
  }
  for (const { provider, id, name, before, after } of licenses) {
    const [old, now] = [costOf(before), costOf(after)]
    if (typeof old === 'string' || typeof now === 'string') {
      const reasons = [old, now].filter((side) => typeof side === 'string')
      unknown.push({ provider, id, name, reason: [...new Set(reasons)].join('; ') })
    } else if (old !== undefined && now !== undefined && old.currency === now.currency) {
      enter(old.currency, { before: old.seats, after: now.seats })
    } else {
      // Paid for in another currency now, it has gone from the one and come to the other.
      if (old !== undefined) enter(old.currency, { before: old.seats })
      if (now !== undefined) enter(now.currency, { after: now.seats })
    }
  }
  const changes = [...byCurrency].map(([currency, priced]) => costChange(currency, priced))
  return { changes: changes.sort((one, other) => (one.currency < other.currency ? -1 : 1)), unknown }
}
