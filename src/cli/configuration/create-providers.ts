import { resolve } from 'node:path'
import { boundedProvider, type LicenseProvider, providerWith, withDeclaredLicenses } from '../../index.ts'
import { createFileTokenStore } from '../../node/index.ts'
import {
  createRequestBudget,
  type Forecasts,
  type ProviderHost,
  type ProviderRuntime,
  type SignIn,
} from '../../provider-kit/index.ts'
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
const byCredential = (providers: readonly ConfiguredProvider[]): readonly (readonly ConfiguredProvider[])[] => {
  const groups = new Map<string, ConfiguredProvider[]>()
  for (const configured of providers) {
    const key = configured.factory.credential?.key ?? `only ${configured.id}`
    groups.set(key, [...(groups.get(key) ?? []), configured])
  }
  return [...groups.values()]
}

const create = ({ factory, displayName, declared }: ConfiguredProvider, host: ProviderHost): LicenseProvider => {
  // A provider from another package may not keep to deadlines.
  const provider = boundedProvider(factory.create(host))
  const named = displayName === undefined ? provider : providerWith(provider, { displayName })
  return declared.size === 0 ? named : withDeclaredLicenses(named, declared)
}

/** What all providers of a run have in common. */
type RunRuntime = Pick<ProviderRuntime, 'fetch' | 'clock' | 'onEvent'>

/** What providers of one credential share: its budget and, of the first of them, the file of its tokens. */
const hostOf = (
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
  const openTokenStore = (name = `.seatlens/${group[0]?.id}.token`) => {
    const path = resolve(folder, name)
    files.keeps(path, name)
    return createFileTokenStore(path)
  }
  return { ...runtime, budget, openTokenStore }
}

/** A provider of a configuration, and what is known of its requests before it makes any. */
export interface ProviderSource {
  readonly provider: LicenseProvider
  /** Undefined: nobody knows what it will ask. */
  readonly forecast: () => Forecasts.ProviderForecast | undefined
  /** The first provider of the same credential, whose budget and token all of them share. */
  readonly sharesWith: string
  /** Of that budget, where it is configured. */
  readonly requestsPerMinute: number | undefined
}

/** Providers of one credential, which they have from the first of them. */
const createGroup = (
  group: readonly ConfiguredProvider[],
  folder: string,
  runtime: RunRuntime,
  files: RunFiles,
): readonly ProviderSource[] => {
  const host = hostOf(group, folder, runtime, files)
  const credential = group[0]?.factory.credential
  const shared = credential === undefined ? host : { ...host, credentials: credential.open(host) }
  const requestsPerMinute = strictest(group.map(({ budget }) => budget.requestsPerMinute))
  return group.map((configured) => ({
    provider: create(configured, shared),
    forecast: () => configured.factory.forecast?.(shared),
    sharesWith: group[0]?.id ?? configured.id,
    requestsPerMinute,
  }))
}

/** All of the providers, or those asked for, in their order. */
export const providersAskedFor = (
  providers: readonly LicenseProvider[],
  only: readonly string[] | undefined,
  groups: ProviderGroups | undefined,
): readonly LicenseProvider[] => {
  if (only === undefined) return providers
  const meant = only.map((text) => providersMeant(providers, text, groups))
  const problems = meant.flatMap((one) => one.problems)
  if (problems.length > 0) throw new UsageError(problems.map((problem) => `--provider: ${problem}`))
  const asked = new Set(meant.flatMap((one) => one.providers))
  return providers.filter((provider) => asked.has(provider))
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
  return configured?.factory.signIn?.(hostOf(group, folder, runtime, files))
}

/** The providers of a configuration in its order: all of them, or those asked for. */
export const createSources = (
  { folder, providers, groups }: Configuration,
  only: readonly string[] | undefined,
  runtime: RunRuntime,
  files: RunFiles,
): readonly ProviderSource[] => {
  const ids = providers.map(({ id }) => id)
  // All of them, so that a run over some of the providers finds the tokens that a run over all has left.
  const created = byCredential(providers)
    .flatMap((group) => createGroup(group, folder, runtime, files))
    .sort((one, other) => ids.indexOf(one.provider.id) - ids.indexOf(other.provider.id))
  const asked = new Set(
    providersAskedFor(
      created.map(({ provider }) => provider),
      only,
      groups,
    ),
  )
  return created.filter(({ provider }) => asked.has(provider))
}
