import { type Count, known, unknown } from '../model/count.ts'
import { gapLinesByLicense, type Ledger } from '../model/ledger.ts'
import type { ProviderReading } from './provider-reading.ts'

/** {@link doubtOf} for many licenses of one list: with a license id, only what can change that license's number counts. */
export const doubtFinder = (ledger: Ledger): ((licenseId?: string) => string | undefined) => {
  const gapLines = gapLinesByLicense(ledger)
  return (licenseId) => [...gapLines(licenseId), ...ledger.omits].join('; ') || undefined
}

/** Why a number counted from a list is not the whole number, or undefined where it is. */
export const doubtOf = (ledger: Ledger): string | undefined => doubtFinder(ledger)()

/** Why it is not known of all users of a provider who they are, with the provider's id; undefined where it is. */
export const doubtAboutPeople = ({
  provider,
  users,
}: Pick<ProviderReading, 'provider' | 'users'>): string | undefined => {
  const doubts = [doubtOf(users.ledger), users.directory && doubtOf(users.directory)].filter((doubt) => doubt)
  return doubts.length === 0 ? undefined : `${provider.id}: ${doubts.join('; ')}`
}

/** A number counted from a list about which there may be a doubt. */
export const counted = (value: number, doubt: string | undefined): Count => {
  if (doubt === undefined) return known(value)
  return value > 0 ? unknown(doubt, value) : unknown(doubt)
}
