import type { License } from '../../src/provider-kit/index.ts'
import { offerCodeOf } from './license-id.ts'

/** The products with known rules about other products of the same user. */
export type CallingProduct =
  | 'professional'
  | 'standard'
  /** Another license for calling, with unknown rules. */
  | 'otherCalling'
  | 'attendantConsole'
  | 'customerExperience'
  | 'unifiedCM'

/**
 * What identifies a product: its offer code, or its name, which changes with the vendor's marketing, where no
 * offer code is publicly known. The first that fits is it.
 */
const PRODUCTS: readonly (readonly ['code' | 'name', RegExp, CallingProduct | undefined])[] = [
  // "STD" notwithstanding: it was called Standard Enterprise once.
  ['code', /^BCSTD$/i, 'professional'],
  ['code', /^UCPREM$/i, 'unifiedCM'],
  ['name', /^webex calling - (standard|basic)$/i, 'standard'],
  ['name', /^webex (calling - )?attendant console$/i, 'attendantConsole'],
  ['name', /^(customer experience - essentials?|cx essentials?|customer assist)\b/i, 'customerExperience'],
  // Workspaces, hot desks, route lists: no person makes calls with these.
  ['code', /^(BCCA|BCHDO|BCRLC)$/i, undefined],
  ['code', /^BC/i, 'otherCalling'],
]

export const offerCodeIn = (licenseId: string, license: License | undefined): string | undefined =>
  license?.productCode ?? offerCodeOf(licenseId)

/** What a license is for, by its offer code, or else by its name. */
export const callingProductOf = (licenseId: string, license: License | undefined): CallingProduct | undefined => {
  const told = { code: offerCodeIn(licenseId, license) ?? '', name: license?.name.trim() ?? '' }
  return PRODUCTS.find(([by, pattern]) => pattern.test(told[by]))?.[2]
}

export const isCalling = (product: CallingProduct | undefined): boolean =>
  product === 'professional' || product === 'standard' || product === 'otherCalling'

/** Customer Experience Essentials has a number and an extension of its own, too. */
export const takesCallingSettings = (product: CallingProduct | undefined): boolean =>
  isCalling(product) || product === 'customerExperience'
