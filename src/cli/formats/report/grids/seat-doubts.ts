import { shortfallsOf } from '../../../../model/ledger.ts'
import type { ProviderReport } from '../../../../report/license-report.ts'

/**
 * Why somebody who is not seen with a license may hold it all the same; undefined where they do not. Without a license
 * id: any license.
 */
export const doubtOfSeats = (provider: ProviderReport, licenseId?: string): string | undefined => {
  if (provider.status === 'failed') return provider.error?.message ?? 'the provider failed'
  return shortfallsOf(provider.ledgers.assignments, licenseId).join('; ') || undefined
}
