import { licenseMatcher } from '../model/match-licenses.ts'
import type { IdleDeclaration } from './license-report.ts'
import type { ProviderReading } from './provider-reading.ts'
import { doubtOf } from './uncertainty.ts'

/**
 * What was declared of licenses and is of none. Where not all licenses could be read, nothing can be said of it: it may be
 * of one of the others.
 */
export const idleDeclarations = ({
  provider,
  licenses,
  users,
  declared,
}: ProviderReading): readonly IdleDeclaration[] => {
  if (declared.size === 0 || doubtOf(licenses.ledger) !== undefined) return []
  const defined = new Set(licenses.value.map(({ id }) => id))
  const matching = licenseMatcher(licenses.value)
  return [...declared.keys()].flatMap((key): readonly IdleDeclaration[] => {
    if (defined.has(key) || users.value.byLicense.has(key)) return []
    const ids = matching(key).map(({ id }) => id)
    const which = { provider: provider.id, key }
    return [ids.length === 0 ? { ...which, why: 'not listed' } : { ...which, why: 'not one license', licenses: ids }]
  })
}
