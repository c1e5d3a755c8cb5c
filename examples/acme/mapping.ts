import {
  type Capacity,
  known,
  type License,
  type LicensedUser,
  notApplicable,
  type UserStatus,
  unknown,
  unlimited,
} from 'seatlens/provider-kit'
import type { Product, Seat } from './codecs.ts'

const purchasedOf = ({ bought }: Product): Capacity => {
  if (bought === undefined) return unknown('Acme does not say')
  if (bought === null) return notApplicable
  return bought === 'unlimited' ? unlimited : known(bought)
}

export const licenseOf =
  (provider: string, includeRaw = false) =>
  (product: Product): License => ({
    provider,
    id: product.id,
    name: product.name || product.id,
    metric: 'named',
    purchased: purchasedOf(product),
    consumed: typeof product.used === 'number' ? known(product.used) : unknown('Acme does not say'),
    includes: [],
    requires: [],
    ...(includeRaw ? { raw: product } : {}),
  })

const statuses: ReadonlyMap<unknown, UserStatus> = new Map([
  ['enabled', 'active'],
  ['disabled', 'inactive'],
])

export const userOf =
  (provider: string, includeRaw = false) =>
  (seat: Seat): LicensedUser => ({
    provider,
    id: seat.id,
    kind: 'internal',
    status: statuses.get(seat.state) ?? 'unknown',
    licenseIds: [...new Set(seat.products)],
    pendingLicenseIds: [],
    ...(seat.name ? { displayName: seat.name } : {}),
    ...(seat.email ? { email: seat.email } : {}),
    ...(includeRaw ? { raw: seat } : {}),
  })
