import type { ProviderReading } from './provider-reading.ts'
import { LIST_NAMES } from './report-problems.ts'
import { gapOf, gapOfHolders } from './uncertainty.ts'

/** The gaps of one provider that sums over several providers depend on; undefined if there is none. */
export interface ReadingGaps {
  readonly provider: string
  /** Licenses may be missing. */
  readonly licenses: string | undefined
  /** Users, or what they hold, may be missing. */
  readonly users: string | undefined
  /** Names, departments and the like may be missing. */
  readonly directory: string | undefined
}

export const gapsOfReading = (reading: ProviderReading): ReadingGaps => {
  const { provider, licenses, users } = reading
  return {
    provider: provider.id,
    licenses: gapOf(licenses.ledger, LIST_NAMES.licenses),
    users: gapOfHolders(reading)(),
    directory: users.directory && gapOf(users.directory, LIST_NAMES.directory),
  }
}

/** One reason for all providers with such a gap. `what`, in the plural, may be missing. */
export const notAll = (
  what: string,
  gaps: readonly ReadingGaps[],
  of: (gaps: ReadingGaps) => string | undefined,
): readonly string[] => {
  const providers = gaps.filter((one) => of(one) !== undefined).map(({ provider }) => provider)
  return providers.length === 0 ? [] : [`not all ${what} of ${providers.join(', ')} are known`]
}
