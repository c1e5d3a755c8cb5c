import type { ProviderReport } from '../../report/license-report.ts'

interface ReadProviders {
  readonly providers: readonly Pick<ProviderReport, 'status'>[]
}

/** Why what was made must not take the place of an older file, or undefined where it may. */
export const reasonToKeepOld = ({ providers }: ReadProviders, signal: AbortSignal): string | undefined => {
  if (signal.aborted) return 'the run was interrupted'
  return providers.every(({ status }) => status === 'failed') ? 'every provider failed' : undefined
}
