import type { LicenseProvider } from '../../index.ts'
import type { Invocation } from '../invocation.ts'

/**
 * What `readHistory` gives for the folder of `--history`, and nothing is added where there is none. Only a run that has one loads
 * what reads snapshots.
 */
export const withHistoryOf = async (
  folder: string | undefined,
  invocation: Invocation,
): Promise<(providers: readonly LicenseProvider[]) => readonly LicenseProvider[]> => {
  if (folder === undefined) return (providers) => providers
  const { readHistory } = await import('./read-history.ts')
  return readHistory(folder, invocation)
}
