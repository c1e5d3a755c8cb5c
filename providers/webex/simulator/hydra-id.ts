/** Webex's public ids: base64 without padding of `ciscospark://us/<TYPE>/<inner>`. */
export const hydraId = (type: string, inner: string): string =>
  Buffer.from(`ciscospark://us/${type}/${inner}`).toString('base64').replace(/=+$/, '')

/** What is inside of an id of a type, or undefined where it is not one. Both alphabets of base64 are read. */
export const readHydraId = (type: string, id: string): string | undefined => {
  const text = Buffer.from(id, 'base64').toString('utf8')
  const prefix = `ciscospark://us/${type}/`
  return text.startsWith(prefix) ? text.slice(prefix.length) : undefined
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The uuid of a thing that is named by its id or by the bare uuid; Webex takes both. */
export const uuidOf = (type: string, id: string): string | undefined =>
  UUID.test(id) ? id.toLowerCase() : readHydraId(type, id)

/** What the id of a license is made of. */
export interface WebexLicenseIdParts {
  readonly organizationUuid: string
  readonly offerCode: string
  readonly uuid: string
  readonly siteUrl?: string | undefined
}

/** An id as live licenses have it: with the organization, the offer code and, for meetings, the site. */
export const webexLicenseId = ({ organizationUuid, offerCode, uuid, siteUrl }: WebexLicenseIdParts): string =>
  hydraId('LICENSE', `${organizationUuid}:${offerCode}_${uuid}${siteUrl === undefined ? '' : `_${siteUrl}`}`)

/** The offer code inside of a license id; the short ids of the documentation have none. */
export const offerCodeIn = (licenseId: string): string | undefined =>
  /^[^:]+:([A-Za-z0-9]+)_/.exec(readHydraId('LICENSE', licenseId) ?? '')?.[1]
