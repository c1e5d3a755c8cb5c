import type { ProviderDiagnosis } from '../../contract/index.ts'
import { type RenderTarget, surfaceFor } from '../rendering.ts'

/**
 * What was found of providers, for people: whether and as whom each can be read, and a table of what its credentials are good for.
 * For programs, it is plain data.
 */
export const renderDiagnoses = async (
  found: readonly ProviderDiagnosis[],
  target: RenderTarget = {},
): Promise<string> => {
  const { renderDiagnosisTable } = await import('./diagnosis-table.ts')
  return renderDiagnosisTable(found, surfaceFor(target))
}
