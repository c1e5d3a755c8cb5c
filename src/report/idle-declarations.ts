import type { DeclaredLicenses } from '../contract/declared-license.ts'
import type { License } from '../model/license.ts'
import { distinctName, licenseMatcher } from '../model/match-licenses.ts'
import type { IdleDeclaration } from './license-report.ts'
import type { ProviderReading } from './provider-reading.ts'
import { LIST_NAMES } from './report-problems.ts'
import { gapOf } from './uncertainty.ts'

/** People read and type no more of an id. */
const LONGEST_ID = 40
const END_OF_ID = 8

/** What means the license alone; its name, product code and the ends of its id where only a long id does. */
const calling = (license: License, matching: (wanted: string) => readonly License[]): string => {
  const { id, name, productCode } = license
  const distinct = distinctName(license, matching)
  if (distinct !== id || id.length <= LONGEST_ID) return distinct
  const product = productCode === undefined ? '' : `${productCode}, `
  return `${name} (${product}id ${id.slice(0, END_OF_ID)}…${id.slice(-END_OF_ID)})`
}

/** Overrides, by the ids of licenses, that match no license that the provider lists or that users or workspaces hold. */
export const idleDeclarationsAmong = (
  provider: string,
  licenses: readonly License[],
  declared: DeclaredLicenses,
  isHeld: (licenseId: string) => boolean,
): readonly IdleDeclaration[] => {
  if (declared.size === 0) return []
  const defined = new Set(licenses.map(({ id }) => id))
  const unmatched = [...declared].filter(([key]) => !defined.has(key) && !isHeld(key))
  if (unmatched.length === 0) return []
  const matching = licenseMatcher(licenses)
  return unmatched.flatMap(([key, { shared = false }]): readonly IdleDeclaration[] => {
    const matches = matching(key)
    const which = { provider, key }
    if (matches.length === 0) return shared ? [] : [{ ...which, why: 'not listed' }]
    const names = matches.map((license) => calling(license, matching))
    return [{ ...which, why: 'not one license', licenses: matches.map(({ id }) => id), names }]
  })
}

/** The same for a reading. If not all licenses could be read, none is idle: it may be of one that is missing. */
export const idleDeclarations = ({
  provider,
  licenses,
  users,
  workspaces,
  declared,
}: ProviderReading): readonly IdleDeclaration[] =>
  gapOf(licenses.ledger, LIST_NAMES.licenses) === undefined
    ? idleDeclarationsAmong(
        provider.id,
        licenses.value,
        declared,
        (id) => users.value.byLicense.has(id) || workspaces?.value.held.has(id) === true,
      )
    : []
