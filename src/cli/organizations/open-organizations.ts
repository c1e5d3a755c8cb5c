import type { LicenseProvider, RequestOptions } from '../../index.ts'
import {
  type FoundOrganization,
  type FoundOrganizations,
  findOrganization,
  findOrganizations,
  type LicenseError,
  type OrganizationSource,
  organizationProviderId,
  type ProviderHost,
  unreadableProvider,
} from '../../provider-kit/index.ts'
import type { ConfiguredProvider } from '../configuration/check-configuration.ts'
import type { NeededOrganizations } from './needed-organizations.ts'

/** The organizations of one entry of the configuration, as one run needs them. */
export interface OpenedOrganizations extends FoundOrganizations {
  /** The configured entry. */
  readonly entry: string
  /** Whether these are all that the vendor lists: `orgs` is `all`, and the lists were read to their ends. */
  readonly areAll: boolean
}

/** One that is asked for alone: by its own request, and where that fails by the lists, before it is given up. */
const findOne = async (
  entry: string,
  source: OrganizationSource,
  provider: string,
  bounds: RequestOptions,
): Promise<FoundOrganization> => {
  const alone = await findOrganization(entry, source, provider.slice(entry.length + 1), bounds)()
  if (alone.error === undefined) return alone
  const { organizations } = await findOrganizations(entry, source, 'all', bounds)()
  return organizations.find((one) => one.provider === provider) ?? { ...alone, provider }
}

/** Those of a list of ids that are needed. */
const askedAmong = (
  entry: string,
  { keyOf }: OrganizationSource,
  ids: readonly string[],
  needed: NeededOrganizations,
): readonly string[] =>
  needed === 'all' ? ids : ids.filter((id) => needed.includes(organizationProviderId(entry, keyOf(id))))

/** Finds the organizations that an entry stands for, as far as they are needed. */
export const openOrganizations = async (
  { id: entry, orgs = [] }: Pick<ConfiguredProvider, 'id' | 'orgs'>,
  source: OrganizationSource,
  needed: NeededOrganizations,
  bounds: RequestOptions,
): Promise<OpenedOrganizations> => {
  if (orgs !== 'all') {
    const ids = askedAmong(entry, source, orgs, needed)
    if (needed === 'all') return { entry, areAll: false, ...(await findOrganizations(entry, source, ids, bounds)()) }
    const some = await Promise.all(ids.map((id) => findOrganization(entry, source, id, bounds)()))
    return { entry, areAll: false, organizations: some, gaps: [] }
  }
  if (needed === 'all') {
    const found = await findOrganizations(entry, source, 'all', bounds)()
    return { entry, areAll: found.gaps.length === 0, ...found }
  }
  const some = await Promise.all(needed.map((provider) => findOne(entry, source, provider, bounds)))
  return { entry, areAll: false, organizations: some, gaps: [] }
}

/** Of an organization, for people: its name, and which entry it belongs to. */
export const organizationName = (
  { displayName, vendor }: Pick<ConfiguredProvider, 'displayName' | 'vendor'>,
  { name, key }: Pick<FoundOrganization, 'name' | 'key'>,
): string => `${name ?? key} (${displayName ?? vendor.displayName})`

/** Why organizations may be missing, as one failure. */
const failureOf = (
  { id, vendor }: Pick<ConfiguredProvider, 'id' | 'vendor'>,
  { organizations, gaps }: OpenedOrganizations,
  needed: NeededOrganizations,
): LicenseError | undefined => {
  const [first] = gaps
  if (first !== undefined) return { ...first, message: gaps.map(({ message }) => message).join('; ') }
  if (organizations.length > 0 || needed !== 'all') return undefined
  const message = `${vendor.displayName} lists no organization for this credential`
  return { _tag: 'NotFound', provider: id, operation: 'list organizations', message }
}

/** What stands in a run for organizations that may be missing from it, under the id of the entry; undefined: none are. */
export const standInFor = (
  configured: ConfiguredProvider,
  opened: OpenedOrganizations,
  needed: NeededOrganizations,
  host: ProviderHost,
): LicenseProvider | undefined => {
  const failure = failureOf(configured, opened, needed)
  if (failure === undefined) return undefined
  const { id, displayName, vendor } = configured
  const name = `${displayName ?? vendor.displayName}: organizations that may be missing`
  return unreadableProvider({ id, vendor: vendor.type, displayName: name }, failure, host)
}
