import type { ProtectedSeat } from '../../plan/index.ts'
import { loadConfiguration } from '../configuration/load-configuration.ts'
import { readProtectedFile } from '../input/protected-file.ts'
import type { Invocation } from '../invocation.ts'

/**
 * Seats that no plan may change: those of the configuration and those of `--protected`. A plan from a snapshot takes those
 * of the file alone, as nothing needs to be configured for it; apply looks at both again.
 */
export const protectedSeats = async (
  invocation: Invocation,
  file: string | undefined,
): Promise<readonly ProtectedSeat[]> => {
  const { environment, snapshot } = invocation
  const configured = snapshot === undefined ? (await loadConfiguration(invocation)).protectedSeats : []
  return [...configured, ...(file === undefined ? [] : await readProtectedFile(file, environment))]
}
