import type { LicenseProvider } from '../../index.ts'
import type { Forecasts } from '../../provider-kit/index.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import type { Invocation } from '../invocation.ts'
import type { Progress } from '../output/progress.ts'
import { withProviders } from './with-providers.ts'

/** What a command that changes nothing will read. */
export interface PlannedReading {
  /** The providers that the user asked for. Absent: all. */
  readonly only: readonly string[] | undefined
  /** What it calls of each provider. */
  readonly calls: (provider: LicenseProvider) => readonly Forecasts.PlannedCall[]
  /** A folder of snapshots, which know how large organizations are. */
  readonly history?: string | undefined
}

/** Reads providers, for a command that changes nothing; or with `--explain` only says what that would ask of the vendors. */
export const withReading = async (
  invocation: Invocation,
  reading: PlannedReading,
  use: (providers: readonly LicenseProvider[], progress: Progress) => Promise<readonly ProviderOutcome[]>,
): Promise<readonly ProviderOutcome[]> => {
  if (invocation.explained === undefined) return withProviders(invocation, reading.only, use)
  const { explain } = await import('./explain.ts')
  return explain(invocation, invocation.explained, reading)
}
