import { foldedText } from './folded-text.ts'
import { groupedBy } from './grouped-by.ts'
import type { License } from './license.ts'

type Named = Pick<License, 'id' | 'name'> &
  Partial<Pick<License, 'provider' | 'productCode' | 'siteUrl' | 'subscriptionId'>>

/** A license told apart from others of its name by where it is: `Webex Suite (site-a.webex.com)`. */
const placedNamesOf = ({ name, siteUrl, subscriptionId }: Named): readonly string[] =>
  [siteUrl, subscriptionId].flatMap((place) => (place === undefined ? [] : [`${name} (${place})`]))

/** All that reports call a license to tell it apart. */
const labelsOf = (license: Named): readonly string[] => [...placedNamesOf(license), `${license.name} (${license.id})`]

/** All that a license is called: what people read of it anywhere, to be written down again. */
const callingsOf = (license: Named): readonly string[] => {
  const { provider, id, name, productCode } = license
  const names = [name, ...labelsOf(license)]
  const headings = provider === undefined ? [] : names.map((text) => `${provider}: ${text}`)
  return [id, ...(productCode === undefined ? [] : [productCode]), ...names, ...headings]
}

/**
 * Finds licenses by what people call them: the one with that very id; where there is none, all whose id, product code,
 * name or name in a report (`name (site)`) it is, compared as {@link foldedText} says. For many questions about the same licenses.
 */
export const licenseMatcher = <A extends Named>(licenses: Iterable<A>): ((wanted: string) => readonly A[]) => {
  const all = [...licenses]
  const byId = groupedBy(all, ({ id }) => id)
  const byText = groupedBy(
    all.flatMap((license) =>
      [...new Set(callingsOf(license).map(foldedText))].map((text) => ({
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

/** What means this license alone, for people to choose by: its name with its site or subscription, or else its id. */
export const distinctName = (license: Named, matching: (wanted: string) => readonly unknown[]): string =>
  placedNamesOf(license).find((label) => matching(label).length === 1) ?? license.id

/** The licenses that a text may mean: see {@link licenseMatcher}. */
export const matchLicenses = <A extends Named>(licenses: Iterable<A>, wanted: string): readonly A[] =>
  licenseMatcher(licenses)(wanted)

/** What may be suggested where a text means no license: the names, product codes and ids that there are. */
export const licenseNames = (licenses: Iterable<Named>): readonly string[] =>
  [...licenses].flatMap(({ id, name, productCode }) => [name, ...(productCode === undefined ? [] : [productCode]), id])
