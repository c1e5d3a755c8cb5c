import { gapLinesByLicense } from '../../model/ledger.ts'
import type { ProviderReport } from '../../report/license-report.ts'
import { gapOf } from '../../report/uncertainty.ts'

/** Why something that providers say may not be all, by the id of each of which that is so. */
export type Doubts = ReadonlyMap<string, string>

const doubtsIn = (
  providers: readonly ProviderReport[],
  doubtIn: (provider: ProviderReport) => string | undefined,
): Doubts =>
  new Map(
    providers.flatMap((provider) => {
      const doubt = doubtIn(provider)
      return doubt === undefined ? [] : [[provider.id, doubt] as const]
    }),
  )

/**
 * Why a user who is not seen with a license may hold it all the same; undefined where they do not. Without a license id:
 * any license.
 */
export const seatDoubtFinder = ({
  status,
  error,
  ledgers,
}: ProviderReport): ((licenseId?: string) => string | undefined) => {
  if (status === 'failed') return () => error?.message ?? 'the provider failed'
  const gapLines = gapLinesByLicense(ledgers.assignments)
  return (licenseId) => gapLines(licenseId).join('; ') || undefined
}

export const doubtOfSeats = (provider: ProviderReport): string | undefined => seatDoubtFinder(provider)()

/** Of any license. */
export const doubtsOfSeats = (providers: readonly ProviderReport[]): Doubts => doubtsIn(providers, doubtOfSeats)

/** One line for each provider in which users may hold more than is seen. */
export const doubtLines = (providers: readonly ProviderReport[]): readonly string[] =>
  [...doubtsOfSeats(providers)].map(([provider, doubt]) => `${provider}: ${doubt}`)

/** Holders may be missing, or something that they hold. */
export const doubtsOfHolders = (providers: readonly ProviderReport[]): Doubts =>
  doubtsIn(
    providers,
    ({ error, licensedUsers }) =>
      error?.message ?? (licensedUsers.kind === 'unknown' ? licensedUsers.reason : undefined),
  )

/** It is not known of all users who they are, so that one person may be listed twice. */
export const doubtsOfNames = (providers: readonly ProviderReport[]): Doubts =>
  doubtsIn(providers, ({ ledgers: { directory } }) => directory && gapOf(directory))
