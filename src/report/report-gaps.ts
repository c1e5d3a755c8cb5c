import { gapLinesByLicense } from '../model/ledger.ts'
import { someOf } from '../model/some-of.ts'
import type { ProviderReport } from './license-report.ts'
import { LIST_NAMES } from './report-problems.ts'
import { gapOfNames } from './uncertainty.ts'

/** Why something may be missing from a provider, by the provider's id; providers without a gap are not in it. */
export type Gaps = ReadonlyMap<string, string>

const gapsIn = (providers: readonly ProviderReport[], gapIn: (provider: ProviderReport) => string | undefined): Gaps =>
  new Map(
    providers.flatMap((provider) => {
      const gap = gapIn(provider)
      return gap === undefined ? [] : [[provider.id, gap] as const]
    }),
  )

/**
 * Why a user may hold a license that was not read as theirs; undefined where they do not. Without a license id: any
 * license.
 */
export const seatGapFinder = ({
  status,
  error,
  ledgers,
}: ProviderReport): ((licenseId?: string) => string | undefined) => {
  if (status === 'failed') return () => error?.message ?? 'the provider failed'
  const linesOf = gapLinesByLicense(ledgers.assignments, LIST_NAMES.users)
  return (licenseId) => linesOf(licenseId).join('; ') || undefined
}

export const gapOfSeats = (provider: ProviderReport): string | undefined => seatGapFinder(provider)()

/** Of any license. */
export const gapsOfSeats = (providers: readonly ProviderReport[]): Gaps => gapsIn(providers, gapOfSeats)

/** One line for each provider in which users may hold more than was read. */
export const gapLines = (providers: readonly ProviderReport[]): readonly string[] =>
  [...gapsOfSeats(providers)].map(([provider, gap]) => `${provider}: ${gap}`)

/** On every row, so that more of them would make a file very long. */
export const MAX_PROVIDERS_NAMED = 10

/**
 * Why people may hold more than is listed; undefined where none can. A provider with a gap is a reason for every person: also
 * for those whom it does not list.
 */
export const gapOfPeople = (providers: readonly ProviderReport[]): string | undefined =>
  someOf(gapLines(providers), MAX_PROVIDERS_NAMED, 'provider').join('; ') || undefined

/** Holders may be missing, or something that they hold. */
export const gapsOfHolders = (providers: readonly ProviderReport[]): Gaps =>
  gapsIn(
    providers,
    ({ error, licensedUsers }) =>
      error?.message ?? (licensedUsers.kind === 'unknown' ? licensedUsers.reason : undefined),
  )

/** The identity of some users is unknown, so that one person may be listed twice. */
export const gapsOfNames = (providers: readonly ProviderReport[]): Gaps =>
  gapsIn(providers, ({ ledgers: { directory } }) => gapOfNames(directory))
