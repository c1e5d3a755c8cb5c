import { notApplicable } from '../../model/count.ts'
import type { Cost, LicenseRow, UserRow } from '../license-report.ts'
import { holderIsSeat } from '../seats.ts'
import { knownCost, unknownCost } from './cost-tally.ts'
import { amountOfSeatAt, amountOfSeats, type MonthlyPrice } from './monthly-price.ts'
import type { Pricing } from './pricing.ts'

const NO_ROW = unknownCost('the license is not in the report')
const FREE_WITH_PRICE = unknownCost(
  'it has a price although it comes free with the organization (set purchased in its overrides)',
)
const UNLIMITED = unknownCost('the license is unlimited, so a price per seat gives no total')
export const SHARED = unknownCost('the license is shared or metered, so no seat belongs to one user')

/** The price of the seats of a license, or what they cost where none counts. */
export const seatPrice = (
  { provider, id, purchased }: Pick<LicenseRow, 'provider' | 'id' | 'purchased'>,
  { priceOf }: Pricing,
): MonthlyPrice | Cost => {
  const price = priceOf(provider, id)
  if (purchased.kind === 'notApplicable') return price.kind === 'priced' ? FREE_WITH_PRICE : notApplicable
  if (price.kind === 'unpriced') return unknownCost(price.reason)
  return purchased.kind === 'unlimited' ? UNLIMITED : price
}

/** What the purchased seats of a license cost a month. */
export const costOfPurchased = (row: LicenseRow, pricing: Pricing): Cost => {
  const { purchased, declaredOnly } = row
  // A license with nothing but overrides has no seats: its price does not count.
  if (declaredOnly) return notApplicable
  const price = seatPrice(row, pricing)
  if (price.kind !== 'priced') return price
  if (purchased.kind === 'known') return knownCost(amountOfSeats(price, purchased.value), price.currency)
  if (purchased.kind !== 'unknown') return notApplicable
  const reason = `purchased seats unknown: ${purchased.reason}`
  if (purchased.atLeast === undefined) return unknownCost(reason)
  const least = knownCost(amountOfSeats(price, purchased.atLeast), price.currency)
  return least.kind === 'known' ? unknownCost(reason, least.amounts) : least
}

/** What single seats of licenses cost a month. */
export interface SeatCosts {
  /** The seat of one holder. */
  readonly ofHolder: (provider: string, licenseId: string, holderId: string) => Cost
  /** How much more so many seats cost than so many fewer: packs are bought whole. */
  readonly ofDifference: (license: LicenseRow, more: number, fewer: number) => Cost
  /** Whether seats are sold in packs of several. */
  readonly isInPacks: (license: LicenseRow) => boolean
}

/** What holds seats: a user, or a workspace. */
type SeatHolder = Pick<UserRow, 'provider' | 'id' | 'licenseIds'>

/** Holders of each of these licenses of one provider, and their places in the order of their ids. */
const placesOf = (
  all: readonly SeatHolder[],
  isInPacks: (provider: string, licenseId: string) => boolean,
): ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, number>>> => {
  const holders = new Map<string, Map<string, string[]>>()
  for (const { provider, id, licenseIds } of all) {
    for (const licenseId of licenseIds) {
      if (!isInPacks(provider, licenseId)) continue
      const ofProvider = holders.get(provider) ?? new Map<string, string[]>()
      holders.set(provider, ofProvider)
      const ids = ofProvider.get(licenseId) ?? []
      ofProvider.set(licenseId, ids)
      ids.push(id)
    }
  }
  const placed = (ids: readonly string[]) => new Map([...ids].sort().map((id, place) => [id, place]))
  return new Map(
    [...holders].map(([provider, licenses]) => [
      provider,
      new Map([...licenses].map(([licenseId, ids]) => [licenseId, placed(ids)])),
    ]),
  )
}

type CostOfHolder = (holderId: string) => Cost

export const createSeatCosts = (
  licenses: readonly LicenseRow[],
  /** Users, and workspaces. */
  all: readonly SeatHolder[],
  pricing: Pricing,
): SeatCosts => {
  const isInPacks = (provider: string, licenseId: string): boolean => {
    const price = pricing.priceOf(provider, licenseId)
    return price.kind === 'priced' && price.packSize > 1
  }
  const places = placesOf(all, isInPacks)
  const costOfHolderOf = (row: LicenseRow): CostOfHolder => {
    const { provider, id, metric } = row
    const price = seatPrice(row, pricing)
    if (price.kind === 'notApplicable') return () => notApplicable
    if (!holderIsSeat(metric)) return () => SHARED
    if (price.kind !== 'priced') return () => price
    if (price.packSize === 1) {
      const cost = knownCost(price.amount, price.currency)
      return () => cost
    }
    const ofLicense = places.get(provider)?.get(id)
    return (holderId) => knownCost(amountOfSeatAt(price, ofLicense?.get(holderId) ?? 0), price.currency)
  }
  const byProvider = new Map<string, Map<string, CostOfHolder>>()
  for (const license of licenses) {
    const ofProvider = byProvider.get(license.provider) ?? new Map<string, CostOfHolder>()
    byProvider.set(license.provider, ofProvider.set(license.id, costOfHolderOf(license)))
  }
  return {
    ofHolder: (provider, licenseId, holderId) => byProvider.get(provider)?.get(licenseId)?.(holderId) ?? NO_ROW,
    ofDifference: (row, more, fewer) => {
      const price = seatPrice(row, pricing)
      return price.kind === 'priced'
        ? knownCost(amountOfSeats(price, more) - amountOfSeats(price, fewer), price.currency)
        : price
    },
    isInPacks: ({ provider, id }) => isInPacks(provider, id),
  }
}
