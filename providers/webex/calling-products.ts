import type { License } from '../../src/provider-kit/index.ts'
import { offerCodeOf } from './license-id.ts'

/** The products of which it is known what they allow beside them. */
export type CallingProduct =
  | 'professional'
  | 'standard'
  /** Another license for calling of which the rules are not known. */
  | 'otherCalling'
  | 'attendantConsole'
  | 'customerExperience'
  | 'unifiedCM'

/** Offer codes of calling that begin alike and that no person makes calls with: workspaces, hot desks, route lists. */
const NOT_OF_PERSONS = new Set(['BCCA', 'BCHDO', 'BCRLC'])

const BY_OFFER_CODE: ReadonlyMap<string, CallingProduct> = new Map([
  // "STD" notwithstanding: it was called Standard Enterprise once.
  ['BCSTD', 'professional'],
  ['UCPREM', 'unifiedCM'],
])

/** Names change with the vendor's marketing. These have no offer code that is publicly known. */
const BY_NAME: readonly (readonly [RegExp, CallingProduct])[] = [
  [/^webex calling - (standard|basic)$/i, 'standard'],
  [/^webex (calling - )?attendant console$/i, 'attendantConsole'],
  [/^(customer experience - essentials?|cx essentials?|customer assist)\b/i, 'customerExperience'],
]

export const offerCodeIn = (licenseId: string, license: License | undefined): string | undefined =>
  license?.productCode ?? offerCodeOf(licenseId)

/** What a license is for, told by its offer code, or else by its name where it is known. */
export const callingProductOf = (licenseId: string, license: License | undefined): CallingProduct | undefined => {
  const code = offerCodeIn(licenseId, license)?.toUpperCase()
  const known = code === undefined ? undefined : BY_OFFER_CODE.get(code)
  if (known !== undefined) return known
  const name = license?.name.trim() ?? ''
  const named = BY_NAME.find(([pattern]) => pattern.test(name))?.[1]
  if (named !== undefined) return named
  return code?.startsWith('BC') && !NOT_OF_PERSONS.has(code) ? 'otherCalling' : undefined
}

export const isCalling = (product: CallingProduct | undefined): boolean =>
  product === 'professional' || product === 'standard' || product === 'otherCalling'

/** Customer Experience Essentials has a number and an extension of its own, too. */
export const takesCallingSettings = (product: CallingProduct | undefined): boolean =>
  isCalling(product) || product === 'customerExperience'
