import type { LicenseProvider } from '../../contract/license-provider.ts'
import { createProviders } from '../configuration/create-providers.ts'
import { loadConfiguration } from '../configuration/load-configuration.ts'
import type { Invocation } from '../invocation.ts'
import { type Progress, startProgress } from '../output/progress.ts'

/** Does something with the configured providers, or those of them asked for, while progress is shown. */
export const withProviders = async <A>(
  invocation: Invocation,
  only: readonly string[] | undefined,
  use: (providers: readonly LicenseProvider[], progress: Progress) => Promise<A>,
): Promise<A> => {
  const configuration = await loadConfiguration(invocation)
  const progress = startProgress(invocation.environment)
  try {
    return await use(createProviders(configuration, only, progress.onEvent), progress)
  } finally {
    progress.stop()
  }
}
