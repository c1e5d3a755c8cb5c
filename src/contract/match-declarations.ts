import { groupedBy } from '../model/grouped-by.ts'
import type { License } from '../model/license.ts'
import { licenseMatcher } from '../model/match-licenses.ts'
import { type DeclaredLicenses, declare } from './declared-license.ts'

/** Which of a vendor's licenses each override is for. */
export interface MatchedDeclarations {
  /** The license with the overrides for its id; the same license where there are none. */
  readonly byId: (license: License) => License
  /** The same, also by its product code or name, where no other license has it. All licenses must be known. */
  readonly byIdOrText: (license: License) => License
  /** Some overrides name a license by its product code or name. */
  readonly namesByText: boolean
}

/**
 * Overrides name a license by its id, or, where no license has that id, by a product code or name that only one license has.
 * Overrides that may mean several licenses are not used, nor are several ones that mean the same license by name.
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

/** Overrides by the id of their license; those for no listed license stay under the name that they were given. */
export const declarationsById = (
  declared: DeclaredLicenses = new Map(),
  licenses: Iterable<Pick<License, 'id' | 'declaredAs'>>,
): DeclaredLicenses => {
  const ids = new Map<string, string>()
  for (const { id, declaredAs } of licenses) if (declaredAs !== undefined) ids.set(declaredAs, id)
  return new Map([...declared].map(([key, known]) => [ids.get(key) ?? key, known]))
}

/** By product, the id of the license whose overrides name it. All licenses must be given. */
export const licensesOfSkus = (
  declared: DeclaredLicenses,
  licenses: readonly License[],
): ReadonlyMap<string, string> => {
  const matching = licenseMatcher(licenses)
  return new Map(
    [...declared].flatMap(([key, { sku = [] }]) => {
      const [only, another] = matching(key)
      return only === undefined || another !== undefined ? [] : sku.map((product) => [product, only.id] as const)
    }),
  )
}
