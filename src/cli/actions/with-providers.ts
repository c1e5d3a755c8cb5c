import { type LicenseProvider, withFacts } from '../../index.ts'
import type { ProviderRuntime, TransportEvent } from '../../provider-kit/index.ts'
import { createSources, type ProvidersRequest, providersAskedFor } from '../configuration/create-providers.ts'
import { type Configuration, loadConfiguration, readPolicies } from '../configuration/load-configuration.ts'
import { factsByProvider, type KnownProviders } from '../facts/facts-by-provider.ts'
import type { FactsOfFile } from '../facts/read-facts.ts'
import { watchHeap } from '../frugal-heap.ts'
import type { Invocation } from '../invocation.ts'
import { entryOf } from '../organizations/needed-organizations.ts'
import type { OpenedOrganizations } from '../organizations/open-organizations.ts'
import { notify, tellRequest } from '../output/notify.ts'
import { type Progress, startProgress } from '../output/progress.ts'
import { readProxySettings } from '../proxy-settings.ts'

/** Hears what the providers of a run do, and keeps what they are answered. */
type Watch = { readonly onEvent: (event: TransportEvent) => void } & Pick<ProviderRuntime, 'answers'>

/** The way to the vendors: straight, or through the proxy of the environment. With `--verbose`, each request on it is told. */
export const networkOf = async ({
  environment,
}: Invocation): Promise<Pick<ProviderRuntime, 'fetch'> & Pick<Watch, 'onEvent'>> => {
  const onEvent: Watch['onEvent'] = (event) => {
    if (environment.manners.isVerbose && event.type === 'attempt') tellRequest(environment, event)
  }
  const settings = readProxySettings(environment.variables)
  const { createNodeFetch, createProxyFetch } = await import('../../node/index.ts')
  return { fetch: settings === undefined ? createNodeFetch() : await createProxyFetch(settings), onEvent }
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
  known: KnownProviders,
  asked: readonly LicenseProvider[],
): readonly LicenseProvider[] => {
  if (files.length === 0) return asked
  const facts = factsByProvider(files, known, asked)
  return asked.map((provider) => {
    const own = facts.get(provider.id)
    return own === undefined ? provider : withFacts(provider, own)
  })
}

/** Providers that can be made, and the configuration that they are made of, unless they are those of a snapshot. */
interface OpenedProviders {
  readonly open: (watch: Watch) => Promise<readonly LicenseProvider[]>
  readonly configuration?: Configuration
}

/** Tells of all that is done until its end, where the run is to say what it took. */
const openStats = async ({ environment, account }: Invocation) => {
  if (!account.stats) return undefined
  const { tallyRequests } = await import('../../provider-kit/index.ts')
  const { tellStats } = await import('../output/run-stats.ts')
  const { onEvent, all } = tallyRequests()
  return {
    onEvent,
    tell: (answersKept: number | undefined) => {
      const milliseconds = Math.round(performance.now() - account.startedAt)
      const peakMemoryBytes = environment.peakMemory?.()
      tellStats(environment, { milliseconds, peakMemoryBytes, answersKept, providers: all() })
    },
  }
}

/** Says what came and went of the organizations that were listed, and which are in no list. */
const tellOrganizations = async (
  { environment }: Invocation,
  { folder }: Configuration,
  opened: OpenedOrganizations,
): Promise<void> => {
  const { compareWithSeen } = await import('../organizations/seen-organizations.ts')
  await compareWithSeen(opened, folder, environment)
  for (const { provider, name, unlisted, error } of opened.organizations) {
    if (unlisted && error === undefined)
      notify(environment, `${provider}: ${name ?? 'it'} is in no list of organizations`)
  }
}

const openProviders = async (
  invocation: Invocation,
  only: readonly string[] | undefined,
  needed: readonly string[] | undefined,
): Promise<OpenedProviders> => {
  const { environment, snapshot } = invocation
  const files = await factsOf(invocation)
  if (snapshot !== undefined) {
    const { providers } = snapshot
    const groups = only === undefined ? undefined : (await readPolicies(invocation)).groups
    return { open: async () => withFactsOf(files, { known: providers }, providersAskedFor(providers, only, groups)) }
  }
  const configuration = await loadConfiguration(invocation)
  const network = await networkOf(invocation)
  return {
    configuration,
    open: async ({ onEvent, answers }) => {
      const watched: Watch['onEvent'] = (event) => {
        network.onEvent(event)
        onEvent(event)
      }
      const request: ProvidersRequest = {
        only,
        needed,
        bounds: invocation.bounds,
        onOrganizations: async (opened) => tellOrganizations(invocation, configuration, opened),
      }
      const { known, sources } = await createSources(
        configuration,
        request,
        { ...network, answers, onEvent: watched },
        environment.files,
      )
      const isOrganization = (id: string) => entryOf(configuration.providers, id) !== undefined
      return withFactsOf(
        files,
        { known, isOrganization },
        sources.map(({ provider }) => provider),
      )
    },
  }
}

/** Only where the command line asks for it is what keeps answers loaded. */
const openAnswers = async (invocation: Invocation, configuration: Configuration | undefined) => {
  if (invocation.resume === undefined || configuration === undefined) return undefined
  const { openResumed } = await import('./resumed.ts')
  return openResumed(invocation, invocation.resume, configuration)
}

/**
 * Does something with the providers, or those of them asked for, while progress is shown: the configured ones, or those
 * of the snapshot of `--from`, for which nothing needs to be configured. `needed`: of organizations that are listed, only these
 * are needed, so that a run about one of them need not list all.
 */
export const withProviders = async <A>(
  invocation: Invocation,
  only: readonly string[] | undefined,
  use: (providers: readonly LicenseProvider[], progress: Progress) => Promise<A>,
  needed?: readonly string[],
): Promise<A> => {
  const { open, configuration } = await openProviders(invocation, only, needed)
  const resumed = await openAnswers(invocation, configuration)
  const stats = await openStats(invocation)
  const progress = startProgress(invocation.environment)
  const watch = watchHeap()
  const onEvent: Watch['onEvent'] = (event) => {
    watch(event)
    progress.onEvent(event)
    stats?.onEvent(event)
  }
  let isThrough = false
  try {
    const result = await use(await open({ onEvent, answers: resumed?.answers }), progress)
    isThrough = true
    return result
  } finally {
    progress.stop()
    await resumed?.close(isThrough)
    stats?.tell(resumed?.used())
  }
}
