import { groupedBy } from '../model/grouped-by.ts'
import type { License } from '../model/license.ts'
import { licenseMatcher } from '../model/match-licenses.ts'
import { type DeclaredLicenses, declare } from './declared-license.ts'

/** Which license each declaration is of, among licenses that a vendor lists. */
export interface MatchedDeclarations {
  /** The license with what is declared of it by its id; the same license where nothing is. */
  readonly byId: (license: License) => License
  /** The same by its product code or name too, where that is its alone. Only of use where all licenses are known. */
  readonly byIdOrText: (license: License) => License
  /** The two differ. */
  readonly namesByText: boolean
}

/**
 * A license is declared by its id; where no license has that id, by a product code or name that one license has, compared
 * as everywhere. A declaration that may be of several licenses, and those of one license that is declared twice, are of none.
 */
export const matchDeclarations = (declared: DeclaredLicenses, licenses: readonly License[]): MatchedDeclarations => {
  const matching = licenseMatcher(licenses)
  const byText = [...declared.keys()].flatMap((key) => {
    const matches = matching(key)
    return matches.some(({ id }) => id === key) ? [] : [{ key, matches }]
  })
  const claims = groupedBy(
    byText.flatMap(({ key, matches: [only, another] }) =>
      only === undefined || another !== undefined ? [] : [{ key, id: only.id }],
    ),
    ({ id }) => id,
  )
  const byId = (license: License): License => declare(license, declared.get(license.id))
  return {
    byId,
    byIdOrText: (license) => {
      const [claim, another] = declared.has(license.id) ? [] : (claims.get(license.id) ?? [])
      if (claim === undefined || another !== undefined) return byId(license)
      return { ...declare(license, declared.get(claim.key)), declaredAs: claim.key }
    },
    namesByText: byText.some(({ matches }) => matches.length > 0),
  }
}

/** What was declared, by the id of the license that it is of; a declaration of no listed license, by what it was called. */
export const declarationsById = (
  declared: DeclaredLicenses = new Map(),
  licenses: Iterable<Pick<License, 'id' | 'declaredAs'>>,
): DeclaredLicenses => {
  const ids = new Map<string, string>()
  for (const { id, declaredAs } of licenses) if (declaredAs !== undefined) ids.set(declaredAs, id)
  return new Map([...declared].map(([key, known]) => [ids.get(key) ?? key, known]))
}
