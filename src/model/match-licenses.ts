import { foldedText } from './folded-text.ts'
import { groupedBy } from './grouped-by.ts'
import type { License } from './license.ts'

type Named = Pick<License, 'id' | 'name' | 'productCode'>

/**
 * Finds licenses by what people call them: the one with that very id; where there is none, all whose product code or name
 * it is, compared as {@link foldedText} says. For many questions about the same licenses.
 */
export const licenseMatcher = <A extends Named>(licenses: Iterable<A>): ((wanted: string) => readonly A[]) => {
  const all = [...licenses]
  const byId = groupedBy(all, ({ id }) => id)
  const byText = groupedBy(
    all.flatMap((license) =>
      [...new Set([foldedText(license.name), foldedText(license.productCode ?? license.name)])].map((text) => ({
        text,
        license,
      })),
    ),
    ({ text }) => text,
  )
  return (wanted) => {
    const text = foldedText(wanted)
    return byId.get(wanted) ?? (text === '' ? [] : (byText.get(text) ?? [])).map(({ license }) => license)
  }
}

/** The licenses that a text may mean: see {@link licenseMatcher}. */
export const matchLicenses = <A extends Named>(licenses: Iterable<A>, wanted: string): readonly A[] =>
  licenseMatcher(licenses)(wanted)
