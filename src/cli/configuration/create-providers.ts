import { resolve } from 'node:path'
import {
  boundedProvider,
  type LicenseProvider,
  providerWith,
  type RequestOptions,
  withDeclaredLicenses,
} from '../../index.ts'
import { createFileTokenStore } from '../../node/index.ts'
import {
  createRequestBudget,
  type Forecasts,
  type ProviderHost,
  type ProviderRuntime,
  type SignIn,
  unreadableProvider,
} from '../../provider-kit/index.ts'
import { type NeededOrganizations, neededOrganizations } from '../organizations/needed-organizations.ts'
import type { OpenedOrganizations } from '../organizations/open-organizations.ts'
import type { RunFiles } from '../run-files.ts'
import { UsageError } from '../usage-error.ts'
import type { ConfiguredProvider } from './check-configuration.ts'
import type { ProviderGroups } from './groups.ts'
import type { Configuration } from './load-configuration.ts'
import { providersMeant } from './provider-named.ts'

/** The lowest of the limits that are set. */
const strictest = (limits: readonly (number | undefined)[]): number | undefined => {
  const set = limits.filter((limit) => limit !== undefined)
  return set.length === 0 ? undefined : Math.min(...set)
}

/** Configured providers by credential, in their order; one that shares nothing is by itself. */
export const byCredential = (providers: readonly ConfiguredProvider[]): readonly (readonly ConfiguredProvider[])[] => {
  const groups = new Map<string, ConfiguredProvider[]>()
  for (const configured of providers) {
    const key = configured.factory.credential?.key ?? `only ${configured.id}`
    groups.set(key, [...(groups.get(key) ?? []), configured])
  }
  return [...groups.values()]
}

const create = (
  { factory, displayName, declared }: Pick<ConfiguredProvider, 'factory' | 'displayName' | 'declared'>,
  host: ProviderHost,
): LicenseProvider => {
  // A provider from another package may not keep to deadlines.
  const provider = boundedProvider(factory.create(host))
  const named = displayName === undefined ? provider : providerWith(provider, { displayName })
  return declared.size === 0 ? named : withDeclaredLicenses(named, declared)
}

/** What all providers of a run have in common. */
export type RunRuntime = Pick<ProviderRuntime, 'fetch' | 'clock' | 'onEvent' | 'answers'>

/** What providers of one credential share: its budget and, of the first of them, the file of its tokens. */
export const hostOf = (
  group: readonly ConfiguredProvider[],
  folder: string,
  runtime: RunRuntime,
  files: RunFiles,
): ProviderHost => {
  const budget = createRequestBudget({
    concurrency: strictest(group.map((configured) => configured.budget.concurrency)),
    requestsPerMinute: strictest(group.map((configured) => configured.budget.requestsPerMinute)),
    clock: runtime.clock,
  })
  const id = group[0]?.id
  const openTokenStore = (name = `.seatlens/${id}.token`) => {
    const path = resolve(folder, name)
    files.keeps(path, name)
    return { ...createFileTokenStore(path), ...(id === undefined ? {} : { signIn: `seatlens login ${id}` }) }
  }
  return { ...runtime, budget, openTokenStore }
}

/** A provider of a configuration, and what is known of its requests before it makes any. */
export interface ProviderSource {
  readonly provider: LicenseProvider
  /** Undefined: what it will ask is unknown. */
  readonly forecast: () => Forecasts.ProviderForecast | undefined
  /** The first provider of the same credential, whose budget and token all of them share. */
  readonly sharesWith: string
  /** Of that budget, where it is configured. */
  readonly requestsPerMinute: number | undefined
}

/** What a configured provider shares with the others of its credential: what is made of it is opened once. */
interface SharedHost extends Pick<ProviderSource, 'sharesWith' | 'requestsPerMinute'> {
  readonly host: ProviderHost
}

const hostsOf = (
  { folder, providers }: Configuration,
  runtime: RunRuntime,
  files: RunFiles,
): ReadonlyMap<ConfiguredProvider, SharedHost> =>
  new Map(
    byCredential(providers).flatMap((group) => {
      const own = hostOf(group, folder, runtime, files)
      const credential = group[0]?.factory.credential
      const host = credential === undefined ? own : { ...own, credentials: credential.open(own) }
      const requestsPerMinute = strictest(group.map(({ budget }) => budget.requestsPerMinute))
      return group.map(
        (configured) => [configured, { host, requestsPerMinute, sharesWith: group[0]?.id ?? configured.id }] as const,
      )
    }),
  )

const sourceOf = (
  configured: Pick<ConfiguredProvider, 'factory' | 'displayName' | 'declared'>,
  { host, ...shared }: SharedHost,
): ProviderSource => ({
  provider: create(configured, host),
  forecast: () => configured.factory.forecast?.(host),
  ...shared,
})

/** All of the providers, or those asked for, in their order. */
export const providersAskedFor = <A extends Pick<LicenseProvider, 'id' | 'displayName'>>(
  providers: readonly A[],
  only: readonly string[] | undefined,
  groups: ProviderGroups | undefined,
  /** What stands for organizations that may be missing: any of them may be what is asked for. */
  standIns: ReadonlySet<A> = new Set(),
): readonly A[] => {
  if (only === undefined) return providers
  const meant = only.map((text) => providersMeant(providers, text, groups))
  const problems = meant.flatMap((one) => one.problems)
  if (problems.length > 0 && standIns.size === 0)
    throw new UsageError(problems.map((problem) => `--provider: ${problem}`))
  const asked = new Set(meant.flatMap((one) => one.providers))
  return providers.filter((provider) => asked.has(provider) || standIns.has(provider))
}

/** How a person signs in to a provider of a configuration, with the tokens kept where its providers look for them. */
export const signInOf = (
  { folder, providers }: Configuration,
  id: string,
  runtime: RunRuntime,
  files: RunFiles,
): SignIn | undefined => {
  const group = byCredential(providers).find((some) => some.some((provider) => provider.id === id)) ?? []
  const configured = group.find((provider) => provider.id === id)
  const { organizations, signIn } = configured?.factory ?? {}
  const way = signIn?.(hostOf(group, folder, runtime, files))
  if (way === undefined || configured?.orgs === undefined) return way
  return { ...way, scopes: [...way.scopes, ...(organizations?.scopes ?? [])] }
}

/** The providers of a run. */
export interface CreatedSources {
  /** All of them, or those asked for, in the order of the configuration. */
  readonly sources: readonly ProviderSource[]
  /** All that the run knows of, also what was not asked for. */
  readonly known: readonly LicenseProvider[]
}

/** What a run asks of a configuration. */
export interface ProvidersRequest {
  /** `--provider`. Absent: all of them. */
  readonly only?: readonly string[] | undefined
  /** What the run needs of them, where it is less: ids of providers. Default: what `only` means. */
  readonly needed?: readonly string[] | undefined
  /** Of the requests for organizations. Default: none. */
  readonly bounds?: (() => RequestOptions) | undefined
  /** Hears of the organizations that were listed. */
  readonly onOrganizations?: ((opened: OpenedOrganizations) => Promise<void>) | undefined
}

interface CreatedOfEntry {
  readonly created: readonly ProviderSource[]
  /** Stands for organizations that may be missing. */
  readonly standIn?: LicenseProvider | undefined
}

/** The providers of the organizations that a configured one stands for, as far as they are needed. */
const createOrganizations = async (
  configured: ConfiguredProvider,
  shared: SharedHost,
  needed: NeededOrganizations,
  { bounds, onOrganizations }: ProvidersRequest,
): Promise<CreatedOfEntry> => {
  const { organizations } = configured.factory
  if (organizations === undefined) return { created: [] }
  const { host, ...about } = shared
  const unreadable = (provider: LicenseProvider): ProviderSource => ({ provider, forecast: () => undefined, ...about })
  const { openOrganizations, organizationName, standInFor } = await import('../organizations/open-organizations.ts')
  const opened = await openOrganizations(configured, organizations.open(host), needed, bounds?.() ?? {})
  await onOrganizations?.(opened)
  const declared = new Map([...configured.declared].map(([license, known]) => [license, { ...known, shared: true }]))
  const created = opened.organizations.map((organization) => {
    const { provider: id, error } = organization
    const displayName = organizationName(configured, organization)
    if (error !== undefined) {
      return unreadable(unreadableProvider({ id, vendor: configured.vendor.type, displayName }, error, host))
    }
    return sourceOf({ displayName, declared, factory: organizations.factoryOf(id, organization) }, shared)
  })
  const standIn = standInFor(configured, opened, needed, host)
  return { created: standIn === undefined ? created : [...created, unreadable(standIn)], standIn }
}

/** The providers of a configuration: all of them, or those asked for, with the organizations that some of them stand for. */
export const createSources = async (
  configuration: Configuration,
  request: ProvidersRequest,
  runtime: RunRuntime,
  files: RunFiles,
): Promise<CreatedSources> => {
  const { providers, groups } = configuration
  const { only, needed = only } = request
  // All of them, so that a run over some of the providers finds the tokens that a run over all has left.
  const hosts = hostsOf(configuration, runtime, files)
  const organizations = neededOrganizations(providers, needed, groups)
  const entries = await Promise.all(
    [...hosts].map(async ([configured, shared]): Promise<readonly [string, CreatedOfEntry]> => {
      if (configured.orgs === undefined) return [configured.id, { created: [sourceOf(configured, shared)] }]
      const asked = organizations.get(configured.id)
      return [
        configured.id,
        asked === undefined ? { created: [] } : await createOrganizations(configured, shared, asked, request),
      ]
    }),
  )
  const created = new Map(entries)
  const all = providers.flatMap(({ id }) => created.get(id)?.created ?? [])
  const known = all.map(({ provider }) => provider)
  const standIns = new Set(entries.flatMap(([, { standIn }]) => standIn ?? []))
  // What stands for organizations is a group of them.
  const ofEntries = providers
    .filter(({ id, orgs }) => orgs !== undefined && organizations.get(id) === 'all')
    .map(({ id }) => [id, (created.get(id)?.created ?? []).map(({ provider }) => provider.id)] as const)
  const asked = new Set(providersAskedFor(known, only, new Map([...groups, ...ofEntries]), standIns))
  return { known, sources: all.filter(({ provider }) => asked.has(provider)) }
}

/** The organizations that the credentials of a configuration reach, by entry. */
export const listOrganizations = async (
  configuration: Configuration,
  runtime: RunRuntime,
  files: RunFiles,
  bounds: () => RequestOptions,
): Promise<readonly { readonly configured: ConfiguredProvider; readonly opened: OpenedOrganizations }[]> => {
  const { openOrganizations } = await import('../organizations/open-organizations.ts')
  const hosts = hostsOf(configuration, runtime, files)
  // Those of a credential without such an entry are listed once, under its first provider.
  const entries = byCredential(configuration.providers).flatMap((group) => {
    const listing = group.filter(({ orgs }) => orgs !== undefined)
    return listing.length > 0 ? listing : group.slice(0, 1)
  })
  const listed = entries.map(async (configured) => {
    const { host } = hosts.get(configured) ?? {}
    const { organizations } = configured.factory
    if (host === undefined || organizations === undefined) return []
    const { id, orgs = 'all' } = configured
    return [{ configured, opened: await openOrganizations({ id, orgs }, organizations.open(host), 'all', bounds()) }]
  })
  return (await Promise.all(listed)).flat()
}
