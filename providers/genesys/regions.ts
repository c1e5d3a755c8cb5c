import type { GenesysPlace } from './config.ts'

/** The public regions by their AWS names, as Genesys lists them (November 2026). The list grows: any other domain is taken as it is. */
const DOMAINS: ReadonlyMap<string, string> = new Map([
  ['us-east-1', 'mypurecloud.com'],
  ['us-east-2', 'use2.us-gov-pure.cloud'],
  ['us-west-2', 'usw2.pure.cloud'],
  ['ca-central-1', 'cac1.pure.cloud'],
  ['sa-east-1', 'sae1.pure.cloud'],
  ['mx-central-1', 'mxc1.pure.cloud'],
  ['eu-west-1', 'mypurecloud.ie'],
  ['eu-west-2', 'euw2.pure.cloud'],
  ['eu-central-1', 'mypurecloud.de'],
  ['eu-central-2', 'euc2.pure.cloud'],
  ['eusc-de-east-1', 'edee1.eusc-pure.cloud'],
  ['me-central-1', 'mec1.pure.cloud'],
  ['ap-south-1', 'aps1.pure.cloud'],
  ['ap-southeast-1', 'apse1.pure.cloud'],
  ['ap-southeast-2', 'mypurecloud.com.au'],
  ['ap-northeast-1', 'mypurecloud.jp'],
  ['ap-northeast-2', 'apne2.pure.cloud'],
  ['ap-northeast-3', 'apne3.pure.cloud'],
])

/** The domains of the public regions. */
export const regionDomains: readonly string[] = [...DOMAINS.values()]

/** The domain of a region, which is given by its AWS name or its domain. */
export const domainOfRegion = (region: string): string => DOMAINS.get(region) ?? region

/** Hosts that every region has; people copy them from the address bar. */
const HOSTS = 'api|apps|login'

/** What a region may look like: an AWS name of the list, or a domain, and not one of its hosts. */
export const REGION = new RegExp(`^(${[...DOMAINS.keys()].join('|')}|(?!(${HOSTS})\\.)[a-z0-9-]+(\\.[a-z0-9-]+)+)$`)

const HOST_OF_REGION = new RegExp(`^(?:https?://)?(?:${HOSTS})\\.([a-z0-9.-]+)`, 'i')

/** No name of a host is longer. */
const MAX_HOST_LENGTH = 253

/** The region of one of its hosts, or of an address there; undefined for anything else. */
export const regionOfHost = (host: string): string | undefined => {
  const [, domain] = HOST_OF_REGION.exec(host.trim().slice(0, MAX_HOST_LENGTH)) ?? []
  const region = domain?.toLowerCase()
  return region !== undefined && REGION.test(region) ? region : undefined
}

export interface RegionUrls {
  readonly apiUrl: string
  readonly loginUrl: string
}

/** The hosts of a region, given by its AWS name (`eu-west-1`) or its domain (`mypurecloud.ie`). */
export const urlsOfRegion = (region: string): RegionUrls => {
  const domain = domainOfRegion(region)
  return { apiUrl: `https://api.${domain}`, loginUrl: `https://login.${domain}` }
}

/** The hosts of an organization: those of its region, or those that are given. */
export const urlsOf = (place: GenesysPlace): RegionUrls => {
  const { apiUrl, loginUrl } = place
  if (apiUrl !== undefined && loginUrl !== undefined) return { apiUrl, loginUrl }
  const ofRegion = 'region' in place ? urlsOfRegion(place.region) : { apiUrl: '', loginUrl: '' }
  return { apiUrl: apiUrl ?? ofRegion.apiUrl, loginUrl: loginUrl ?? ofRegion.loginUrl }
}
