import type { LicenseService } from '../../model/license.ts'
import { commonCurrency } from '../cost/compare-costs.ts'
import { sumOfCosts } from '../cost/cost-tally.ts'
import type { Cost, RemovableSeat } from '../license-report.ts'

/** A seat of a person that is paid for. */
export interface PaidSeat extends RemovableSeat {
  /** What its license is for; undefined where that is not known. */
  readonly services: readonly LicenseService[] | undefined
  readonly cost: Cost
}

/** What a person has in one provider of services that others have too. */
export interface ServiceSide {
  readonly provider: string
  readonly seats: readonly PaidSeat[]
}

/** What one person is paid for in several providers. */
export interface SharedServices {
  /** As licenses name them. Empty: nothing that is known. */
  readonly services: readonly LicenseService[]
  /** In the order of the seats. */
  readonly sides: readonly ServiceSide[]
}

const sidesOf = (seats: readonly PaidSeat[]): readonly ServiceSide[] => {
  const byProvider = new Map<string, PaidSeat[]>()
  for (const seat of seats) {
    const side = byProvider.get(seat.provider)
    if (side === undefined) byProvider.set(seat.provider, [seat])
    else side.push(seat)
  }
  return [...byProvider].map(([provider, own]) => ({ provider, seats: own }))
}

/** The services that seats of two providers or more are for, and those seats. What else a license is for is compared with nothing. */
export const sharedServices = (seats: readonly PaidSeat[]): SharedServices => {
  const providers = new Map<LicenseService, Set<string>>()
  for (const { provider, services = [] } of seats) {
    for (const service of services) {
      if (service !== 'other') providers.set(service, (providers.get(service) ?? new Set()).add(provider))
    }
  }
  const shared = new Set([...providers].filter(([, some]) => some.size > 1).map(([service]) => service))
  return {
    services: [...shared],
    sides: sidesOf(seats.filter(({ services = [] }) => services.some((service) => shared.has(service)))),
  }
}

/** Licenses that may be for something that the person is paid for in another provider, if it were known what they are for. */
export const unknownAmong = (seats: readonly PaidSeat[]): readonly PaidSeat[] =>
  seats.filter(
    ({ provider, services }) =>
      services === undefined &&
      seats.some((other) => other.provider !== provider && (other.services === undefined || other.services.length > 0)),
  )

/** Which sides are cheaper than the one that costs most. */
export type Cheaper =
  | { readonly kind: 'known'; readonly dearest: ServiceSide; readonly cheaper: readonly ServiceSide[] }
  | { readonly kind: 'same' }
  | { readonly kind: 'unknown' }

/** Compares what they cost a month. It is known where all costs are known, in one currency. */
export const cheaperOf = (sides: readonly ServiceSide[]): Cheaper => {
  const costs = sides.map(({ seats }) => sumOfCosts(seats.map(({ cost }) => cost)))
  const amounts = costs.flatMap((cost) => (cost.kind === 'known' ? cost.amounts : []))
  if (amounts.length < sides.length || commonCurrency(costs) === undefined) return { kind: 'unknown' }
  const most = Math.max(...amounts.map(({ amount }) => amount))
  const cheaper = sides.filter((_, place) => (amounts[place]?.amount ?? 0) < most)
  const [dearest, another] = sides.filter((side) => !cheaper.includes(side))
  if (dearest === undefined || another !== undefined) return { kind: 'same' }
  return { kind: 'known', dearest, cheaper }
}
