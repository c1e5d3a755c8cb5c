import { readHydraId } from './hydra-id.ts'

/** `<organization>:<offer code>_<uuid>[_<site>]`; documentation samples are a uuid and nothing else. */
const insideOf = (licenseId: string): string | undefined => {
  const id = readHydraId(licenseId)
  return id?.type === 'LICENSE' ? id.inner : undefined
}

const OFFER_CODE = /^[^:]+:([A-Za-z0-9]+)_/

/**
 * The offer code in a license id, the most stable key of a product that Webex has. The vendor does not document the
 * inside of ids, so this is a hint: undefined where there is none, and never used to build anything.
 */
export const offerCodeOf = (licenseId: string): string | undefined => OFFER_CODE.exec(insideOf(licenseId) ?? '')?.[1]

/** The uuid of the organization in a license id, as it stands there; undefined where there is none. */
export const organizationUuidOf = (licenseId: string): string | undefined => {
  const inside = insideOf(licenseId) ?? ''
  const end = inside.indexOf(':')
  return end > 0 ? inside.slice(0, end) : undefined
}
