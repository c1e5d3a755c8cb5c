import { type LicenseProvider, withFacts } from '../../index.ts'
import type { ProviderRuntime } from '../../provider-kit/index.ts'
import { createSources, providersAskedFor } from '../configuration/create-providers.ts'
import { loadConfiguration, readPolicies } from '../configuration/load-configuration.ts'
import { factsByProvider } from '../facts/facts-by-provider.ts'
import type { FactsOfFile } from '../facts/read-facts.ts'
import type { Invocation } from '../invocation.ts'
import { tellRequest } from '../output/notify.ts'
import { type Progress, startProgress } from '../output/progress.ts'
import { readProxySettings } from '../proxy-settings.ts'

/** The way to the vendors: straight, or through the proxy of the environment. */
export const networkOf = async ({ environment }: Invocation): Promise<Pick<ProviderRuntime, 'fetch'>> => {
  const settings = readProxySettings(environment.variables)
  if (settings === undefined) return {}
  const { createProxyFetch } = await import('../../node/index.ts')
  return { fetch: await createProxyFetch(settings) }
}

const NO_FACTS: readonly FactsOfFile[] = []

/** The facts of the files that the command line names. Only where it names some is what reads them loaded. */
const factsOf = async (invocation: Invocation): Promise<readonly FactsOfFile[]> =>
  Object.values(invocation.factFiles).every((given) => given === undefined)
    ? NO_FACTS
    : (await import('../facts/read-facts.ts')).readFacts(invocation.factFiles, invocation)

/** The providers with the facts about them, which come before what the configuration says. */
const withFactsOf = (
  files: readonly FactsOfFile[],
  known: readonly Pick<LicenseProvider, 'id' | 'displayName'>[],
  asked: readonly LicenseProvider[],
): readonly LicenseProvider[] => {
  if (files.length === 0) return asked
  const facts = factsByProvider(files, known, asked)
  return asked.map((provider) => {
    const own = facts.get(provider.id)
    return own === undefined ? provider : withFacts(provider, own)
  })
}

/** Hears what the providers of a run do. */
type Watch = Required<Pick<ProviderRuntime, 'onEvent'>>

/** Tells of all that is done until its end, where the run is to say what it took. */
const openStats = async ({ environment, account }: Invocation) => {
  if (!account.stats) return undefined
  const { tallyRequests } = await import('../../provider-kit/index.ts')
  const { tellStats } = await import('../output/run-stats.ts')
  const { onEvent, all } = tallyRequests()
  return {
    onEvent,
    tell: () => {
      const milliseconds = Math.round(performance.now() - account.startedAt)
      const peakMemoryBytes = environment.peakMemory?.()
      tellStats(environment, { milliseconds, peakMemoryBytes, providers: all() })
    },
  }
}

const openProviders = async (
  invocation: Invocation,
  only: readonly string[] | undefined,
): Promise<(watch: Watch) => readonly LicenseProvider[]> => {
  const { environment, snapshot } = invocation
  const files = await factsOf(invocation)
  if (snapshot !== undefined) {
    const { providers } = snapshot
    const groups = only === undefined ? undefined : (await readPolicies(invocation)).groups
    return () => withFactsOf(files, providers, providersAskedFor(providers, only, groups))
  }
  const configuration = await loadConfiguration(invocation)
  const network = await networkOf(invocation)
  const known = configuration.providers.map(({ id, displayName = id }) => ({ id, displayName }))
  return ({ onEvent }) => {
    const sources = createSources(configuration, only, { ...network, onEvent }, environment.files)
    const providers = sources.map(({ provider }) => provider)
    return withFactsOf(files, known, providers)
  }
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
  const stats = await openStats(invocation)
  const progress = startProgress(invocation.environment)
  const { isVerbose } = invocation.environment.manners
  const onEvent: Watch['onEvent'] = (event) => {
    progress.onEvent(event)
    stats?.onEvent(event)
    if (isVerbose && event.type === 'attempt') tellRequest(invocation.environment, event)
  }
  try {
    return await use(open({ onEvent }), progress)
  } finally {
    progress.stop()
    stats?.tell()
  }
}
