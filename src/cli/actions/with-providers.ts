import { type LicenseProvider, providerWith } from '../../index.ts'
import type { ProviderRuntime } from '../../provider-kit/index.ts'
import { createProviders, providersAskedFor } from '../configuration/create-providers.ts'
import { loadConfiguration } from '../configuration/load-configuration.ts'
import type { Invocation } from '../invocation.ts'
import { type Progress, startProgress } from '../output/progress.ts'
import { readProxySettings } from '../proxy-settings.ts'
import type { Registry } from '../registry-entry.ts'

/** What the vendor is known to refuse needs no request, so a plan from a snapshot says it too. */
const withVendorsReview = async (provider: LicenseProvider, registry: Registry): Promise<LicenseProvider> => {
  const definition = await registry.find(({ type }) => type === provider.vendor)?.load()
  const { reviewChanges } = definition ?? {}
  return reviewChanges === undefined ? provider : providerWith(provider, { reviewChanges })
}

/** The way to the vendors: straight, or through the proxy of the environment. */
const networkOf = async ({ environment }: Invocation): Promise<Pick<ProviderRuntime, 'fetch'>> => {
  const settings = readProxySettings(environment.variables)
  if (settings === undefined) return {}
  const { createProxyFetch } = await import('../../node/index.ts')
  return { fetch: await createProxyFetch(settings) }
}

const openProviders = async (
  invocation: Invocation,
  only: readonly string[] | undefined,
): Promise<(progress: Progress) => readonly LicenseProvider[]> => {
  const { environment, snapshot, registry } = invocation
  if (snapshot !== undefined) {
    const providers = await Promise.all(snapshot.providers.map((provider) => withVendorsReview(provider, registry)))
    return () => providersAskedFor(providers, only)
  }
  const configuration = await loadConfiguration(invocation)
  const network = await networkOf(invocation)
  return ({ onEvent }) => createProviders(configuration, only, { ...network, onEvent }, environment.files)
}

/**
 * Does something with the providers, or those of them asked for, while progress is shown: the configured ones, or those
 * of the snapshot of `--from`, for which nothing needs to be configured.
 */
export const withProviders = async <A>(
  invocation: Invocation,
  only: readonly string[] | undefined,
  use: (providers: readonly LicenseProvider[], progress: Progress) => Promise<A>,
): Promise<A> => {
  const open = await openProviders(invocation, only)
  const progress = startProgress(invocation.environment)
  try {
    return await use(open(progress), progress)
  } finally {
    progress.stop()
  }
}
