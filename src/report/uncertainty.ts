import { type Count, known, unknown } from '../model/count.ts'
import { gapLinesByLicense, type Ledger } from '../model/ledger.ts'
import { omittedByLicense } from '../model/license.ts'
import type { UserKeeper } from './holders.ts'
import type { ProviderReading } from './provider-reading.ts'
import { LIST_NAMES } from './report-problems.ts'

/** Several reasons in one text, each once; undefined where there is none. */
export const allOf = (reasons: Iterable<string | undefined>): string | undefined =>
  [...new Set(reasons)].filter((reason) => reason !== undefined).join('; ') || undefined

/** {@link gapOf} for many licenses of one list: with a license id, only what can change that license's number counts. */
const gapFinder = (ledger: Ledger, of: string): ((licenseId?: string) => string | undefined) => {
  const gapLines = gapLinesByLicense(ledger, of)
  return (licenseId) => [...gapLines(licenseId), ...ledger.omits].join('; ') || undefined
}

/** Why a number counted from a list may be too small; undefined if it is exact. `of`: what it is a list of. */
export const gapOf = (ledger: Ledger, of: string): string | undefined => gapFinder(ledger, of)()

/** What was read of the licenses and the users of a provider. */
type ReadSeats = Pick<ProviderReading<UserKeeper>, 'licenses' | 'users'>

/** Why the list of users may lack holders, of one license or of any: it has a gap, or no list of the vendor names them. */
export const gapOfHolders = ({ licenses, users }: ReadSeats): ((licenseId?: string) => string | undefined) => {
  const gapInList = gapFinder(users.ledger, LIST_NAMES.users)
  const omitted = omittedByLicense(licenses.value)
  return (licenseId) =>
    allOf([gapInList(licenseId), ...(licenseId === undefined ? omitted.values() : [omitted.get(licenseId)])])
}

/**
 * Why users who hold a license may be more than were counted. Holders of a license that requires another one are counted as
 * holders of that one.
 */
export const gapOfUsers = ({ licenses, users }: ReadSeats): string | undefined => {
  const omitted = omittedByLicense(licenses.value)
  const whole = new Set(licenses.value.flatMap(({ id }) => (omitted.has(id) ? [] : id)))
  const uncounted = licenses.value.filter(({ requires }) => !requires.some((id) => whole.has(id)))
  return allOf([gapOf(users.ledger, LIST_NAMES.users), ...uncounted.map(({ id }) => omitted.get(id))])
}

/**
 * Why the names and addresses of users may be missing. Undefined if none can be, also if the directory only adds to another
 * list: users then have a name and an address without it.
 */
export const gapOfNames = (directory: Ledger | undefined): string | undefined =>
  directory === undefined || directory.supplementary === true ? undefined : gapOf(directory, LIST_NAMES.directory)

/** Why some users of a provider, or their names, may be missing, with the provider's id before it; undefined if none can be. */
export const gapAboutPeople = (reading: ReadSeats & Pick<ProviderReading, 'provider'>): string | undefined => {
  const gap = allOf([gapOfUsers(reading), gapOfNames(reading.users.directory)])
  return gap === undefined ? undefined : `${reading.provider.id}: ${gap}`
}

/** A number counted from a list. With a gap it is unknown, and at least what was counted. */
export const counted = (value: number, gap: string | undefined): Count => {
  if (gap === undefined) return known(value)
  return value > 0 ? unknown(gap, value) : unknown(gap)
}
