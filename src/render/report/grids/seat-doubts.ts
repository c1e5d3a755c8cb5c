import { shortfallFinder } from '../../../model/ledger.ts'
import type { ProviderReport } from '../../../report/license-report.ts'

/**
 * Why somebody who is not seen with a license may hold it all the same; undefined where they do not. Without a license
 * id: any license.
 */
export const seatDoubtFinder = ({
  status,
  error,
  ledgers,
}: ProviderReport): ((licenseId?: string) => string | undefined) => {
  if (status === 'failed') return () => error?.message ?? 'the provider failed'
  const shortfallsOf = shortfallFinder(ledgers.assignments)
  return (licenseId) => shortfallsOf(licenseId).join('; ') || undefined
}

export const doubtOfSeats = (provider: ProviderReport): string | undefined => seatDoubtFinder(provider)()

/** The same of any license of each provider, by its id; only of those where there is a doubt. */
export const doubtsOfSeats = (providers: readonly ProviderReport[]): ReadonlyMap<string, string> =>
  new Map(
    providers.flatMap((provider) => {
      const doubt = doubtOfSeats(provider)
      return doubt === undefined ? [] : [[provider.id, doubt] as const]
    }),
  )

/** One line for each provider in which somebody may hold more than is seen. */
export const doubtLines = (providers: readonly ProviderReport[]): readonly string[] =>
  [...doubtsOfSeats(providers)].map(([provider, doubt]) => `${provider}: ${doubt}`)
