import type { ProviderReport } from '../../index.ts'

export const INTERRUPTED = 'the run was interrupted'

interface ReadProviders {
  readonly providers: readonly Pick<ProviderReport, 'status'>[]
}

/** Why what was made must not be kept, in the place of an older file or at all; undefined where it may. */
export const reasonToKeepOld = ({ providers }: ReadProviders, signal: AbortSignal): string | undefined => {
  if (signal.aborted) return INTERRUPTED
  return providers.every(({ status }) => status === 'failed') ? 'every provider failed' : undefined
}
