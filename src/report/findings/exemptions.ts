import { addressesOf } from '../../model/addresses.ts'
import { foldedText, trimmedText } from '../../model/folded-text.ts'
import { groupedBy } from '../../model/grouped-by.ts'
import { licenseMatcher } from '../../model/match-licenses.ts'
import { textPattern } from '../../model/text-pattern.ts'
import type { Exemption, IdleExemption, UserRow } from '../license-report.ts'
import type { FindingContext, KnownProvider } from './finding-context.ts'

/** Seats of accounts that never sign in. */
export interface Exempter {
  readonly isExempt: FindingContext['isExempt']
  readonly idle: readonly IdleExemption[]
}

/** What a user is called, each in the form in which it is compared: addresses and names folded, the id as it is. */
const namesOf = (user: UserRow): readonly string[] => {
  const { id, displayName } = user
  return [...new Set([...addressesOf(user), trimmedText(id), ...(displayName ? [foldedText(displayName)] : [])])]
}

const isPattern = (user: string): boolean => user.includes('*')

/**
 * The exemptions that may be about a user, by what the user is called: those with a whole name are found by it, so that thousands
 * of them need not be compared with every user; those with a pattern, and those of everybody, are few.
 */
const createFinder = (exemptions: readonly Exemption[]): ((user: UserRow) => ReadonlySet<Exemption>) => {
  const byName = groupedBy(
    exemptions.flatMap((exemption) => {
      const { user } = exemption
      if (user === undefined || isPattern(user)) return []
      return [...new Set([foldedText(user), trimmedText(user)])].map((name) => ({ name, exemption }))
    }),
    ({ name }) => name,
  )
  const ofAll = exemptions.filter(({ user }) => user === undefined)
  const patterns = exemptions.flatMap((exemption) => {
    const { user } = exemption
    if (user === undefined || !isPattern(user)) return []
    const fits = [...new Set([foldedText(user), trimmedText(user)])].map(textPattern)
    return [{ exemption, fits: (name: string) => fits.some((fitsOne) => fitsOne(name)) }]
  })
  return (user) => {
    const names = namesOf(user)
    return new Set([
      ...ofAll,
      ...names.flatMap((name) => byName.get(name) ?? []).map(({ exemption }) => exemption),
      ...patterns.filter(({ fits }) => names.some(fits)).map(({ exemption }) => exemption),
    ])
  }
}

/** The licenses that each exemption is about, by provider. Absent: every license. */
const licensesOf = (
  exemptions: readonly Exemption[],
  providers: readonly KnownProvider[],
): ReadonlyMap<Exemption, ReadonlyMap<string, ReadonlySet<string>>> => {
  const matching = licenseMatcher(providers.flatMap(({ licenses }) => licenses.map(({ row }) => row)))
  return new Map(
    exemptions.flatMap((exemption) => {
      const { license, provider } = exemption
      if (license === undefined) return []
      const meant = matching(license).filter((row) => provider === undefined || row.provider === provider)
      const byProvider = [...groupedBy(meant, (row) => row.provider)].map(
        ([id, rows]) => [id, new Set(rows.map((row) => row.id))] as const,
      )
      return [[exemption, new Map(byProvider)] as const]
    }),
  )
}

/** Finds out which seats are exempt, and which exemptions are about no seat. */
export const createExempter = (exemptions: readonly Exemption[], providers: readonly KnownProvider[]): Exempter => {
  if (exemptions.length === 0) return { isExempt: () => false, idle: [] }
  const licenses = licensesOf(exemptions, providers)
  const exemptionsOf = createFinder(exemptions)
  const used = new Set<Exemption>()
  /** By user. */
  const exempt = new Map<UserRow, ReadonlySet<string>>()
  for (const user of providers.flatMap(({ holders }) => holders)) {
    const seats = new Set<string>()
    for (const exemption of exemptionsOf(user)) {
      const { provider } = exemption
      if (provider !== undefined && provider !== user.provider) continue
      const ofProvider = licenses.get(exemption)?.get(user.provider)
      const about = user.licenseIds.filter((id) => exemption.license === undefined || ofProvider?.has(id) === true)
      if (about.length > 0) used.add(exemption)
      for (const licenseId of about) seats.add(licenseId)
    }
    if (seats.size > 0) exempt.set(user, seats)
  }
  const idleOf = (exemption: Exemption): readonly IdleExemption[] => {
    const { provider } = exemption
    const asked = providers.filter(({ id }) => provider === undefined || id === provider)
    const isUnread = asked.some(
      ({ licensesGap, holdersGap, directoryGap }) => (licensesGap ?? holdersGap ?? directoryGap) !== undefined,
    )
    // What was not read may have what it is about.
    if (used.has(exemption) || isUnread) return []
    if (asked.length === 0) return [{ ...exemption, why: 'no such provider' }]
    const isLicenseUnknown = exemption.license !== undefined && (licenses.get(exemption)?.size ?? 0) === 0
    return [{ ...exemption, why: isLicenseUnknown ? 'no such license' : 'no such seat' }]
  }
  return {
    isExempt: (user, licenseId) => exempt.get(user)?.has(licenseId) === true,
    idle: exemptions.flatMap(idleOf),
  }
}
