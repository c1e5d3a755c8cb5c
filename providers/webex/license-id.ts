/** `ciscospark://<cluster>/LICENSE/<organisation>:<offer code>_<uuid>[_<site>]`; documentation samples have no offer code. */
const WITH_OFFER_CODE = /^ciscospark:\/\/[^/]+\/LICENSE\/[^:]+:([A-Za-z0-9]+)_/

/**
 * The offer code in a license id, the most stable key of a product that Webex has. The vendor does not document the
 * inside of ids, so this is a hint: undefined where there is none, and never used to build anything.
 */
export const offerCodeOf = (licenseId: string): string | undefined => {
  try {
    return WITH_OFFER_CODE.exec(atob(licenseId.replaceAll('-', '+').replaceAll('_', '/')))?.[1]
  } catch {
    // Not base64: an id of another kind.
    return undefined
  }
}
