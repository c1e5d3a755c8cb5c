import { type Count, known, unknown } from '../model/count.ts'
import { type Ledger, shortfallFinder } from '../model/ledger.ts'
import type { ProviderReading } from './provider-reading.ts'

/** {@link gapOf} for many licenses of one list: with a license id, only what can change that license's number counts. */
export const gapFinder = (ledger: Ledger): ((licenseId?: string) => string | undefined) => {
  const shortfallsOf = shortfallFinder(ledger)
  return (licenseId) => [...shortfallsOf(licenseId), ...ledger.omits].join('; ') || undefined
}

/** Why a number counted from a list is not the whole number, or undefined where it is. */
export const gapOf = (ledger: Ledger): string | undefined => gapFinder(ledger)()

/** Why it is not known of all users of a provider who they are, with the provider's id; undefined where it is. */
export const gapAboutPeople = ({
  provider,
  users,
}: Pick<ProviderReading, 'provider' | 'users'>): string | undefined => {
  const gaps = [gapOf(users.ledger), users.directory && gapOf(users.directory)].filter((gap) => gap)
  return gaps.length === 0 ? undefined : `${provider.id}: ${gaps.join('; ')}`
}

/** A number counted from a list about which there may be a gap. */
export const counted = (value: number, gap: string | undefined): Count => {
  if (gap === undefined) return known(value)
  return value > 0 ? unknown(gap, value) : unknown(gap)
}
