import type { DeclaredLicenses } from '../contract/declared-license.ts'
import type { License } from '../model/license.ts'
import { licenseMatcher } from '../model/match-licenses.ts'
import type { IdleDeclaration } from './license-report.ts'
import type { ProviderReading } from './provider-reading.ts'
import { doubtOf } from './uncertainty.ts'

/** What was declared of licenses, by their ids, and is of none of all those that a provider lists or that users hold. */
export const idleDeclarationsAmong = (
  provider: string,
  licenses: readonly License[],
  declared: DeclaredLicenses,
  isHeld: (licenseId: string) => boolean,
): readonly IdleDeclaration[] => {
  if (declared.size === 0) return []
  const defined = new Set(licenses.map(({ id }) => id))
  const matching = licenseMatcher(licenses)
  return [...declared.keys()].flatMap((key): readonly IdleDeclaration[] => {
    if (defined.has(key) || isHeld(key)) return []
    const ids = matching(key).map(({ id }) => id)
    const which = { provider, key }
    return [ids.length === 0 ? { ...which, why: 'not listed' } : { ...which, why: 'not one license', licenses: ids }]
  })
}

/** The same of a reading. Where not all licenses could be read, nothing can be said of it: it may be of one of the others. */
export const idleDeclarations = ({
  provider,
  licenses,
  users,
  declared,
}: ProviderReading): readonly IdleDeclaration[] =>
  doubtOf(licenses.ledger) === undefined
    ? idleDeclarationsAmong(provider.id, licenses.value, declared, (id) => users.value.byLicense.has(id))
    : []
