import { type Count, known, unknown } from '../model/count.ts'
import { gapLinesByLicense, type Ledger } from '../model/ledger.ts'
import type { ProviderReading } from './provider-reading.ts'
import { LIST_NAMES } from './report-problems.ts'

/** {@link gapOf} for many licenses of one list: with a license id, only what can change that license's number counts. */
export const gapFinder = (ledger: Ledger, of: string): ((licenseId?: string) => string | undefined) => {
  const gapLines = gapLinesByLicense(ledger, of)
  return (licenseId) => [...gapLines(licenseId), ...ledger.omits].join('; ') || undefined
}

/** Why a number counted from a list may be too small; undefined if it is exact. `of`: what it is a list of. */
export const gapOf = (ledger: Ledger, of: string): string | undefined => gapFinder(ledger, of)()

/** Why some users of a provider, or their names, may be missing, with the provider's id before it; undefined if none can be. */
export const gapAboutPeople = ({
  provider,
  users,
}: Pick<ProviderReading, 'provider' | 'users'>): string | undefined => {
  const gaps = [
    gapOf(users.ledger, LIST_NAMES.users),
    users.directory && gapOf(users.directory, LIST_NAMES.directory),
  ].filter((gap) => gap)
  return gaps.length === 0 ? undefined : `${provider.id}: ${gaps.join('; ')}`
}

/** A number counted from a list. With a gap it is unknown, and at least what was counted. */
export const counted = (value: number, gap: string | undefined): Count => {
  if (gap === undefined) return known(value)
  return value > 0 ? unknown(gap, value) : unknown(gap)
}
