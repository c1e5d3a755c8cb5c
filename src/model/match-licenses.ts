import { foldedText } from './folded-text.ts'
import { groupedBy } from './grouped-by.ts'
import type { License } from './license.ts'

/** What people can call a license by. */
export type NamedLicense = Pick<
  License,
  'id' | 'name' | 'productCode' | 'siteUrl' | 'subscriptionId' | 'boughtOnly'
> & {
  readonly provider?: string | undefined
}

/** The name of a license with its place, for licenses of one name: `Webex Suite (site-a.webex.com)`. */
const placedNamesOf = ({ name, siteUrl, subscriptionId }: NamedLicense): readonly string[] =>
  [siteUrl, subscriptionId].flatMap((place) => (place === undefined ? [] : [`${name} (${place})`]))

/** What reports call a license where several have its name. */
const labelsOf = (license: NamedLicense): readonly string[] => [
  ...placedNamesOf(license),
  `${license.name} (${license.id})`,
]

/** Everything that a license is called in any output, so that people can copy it from there. */
const callingsOf = (license: NamedLicense): readonly string[] => {
  const { provider, id, name, productCode } = license
  const names = [name, ...labelsOf(license)]
  const headings = provider === undefined ? [] : names.map((text) => `${provider}: ${text}`)
  return [id, ...(productCode === undefined ? [] : [productCode]), ...names, ...headings]
}

/**
 * Finds licenses by what people call them: the one with exactly that id; else all with that id, product code, name, or name
 * in a report (`name (site)`), compared as {@link foldedText} says. What was bought only is meant only where no license is: a
 * product may be called as the license is. For many questions about the same licenses.
 */
export const licenseMatcher = <A extends NamedLicense>(licenses: Iterable<A>): ((wanted: string) => readonly A[]) => {
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
    const matches = byId.get(wanted) ?? (text === '' ? [] : (byText.get(text) ?? [])).map(({ license }) => license)
    const listed = matches.filter(({ boughtOnly }) => !boughtOnly)
    return listed.length === 0 ? matches : listed
  }
}

/** What people can call this license so that no other one is meant: its name with its site or subscription, else its id. */
export const distinctName = (license: NamedLicense, matching: (wanted: string) => readonly unknown[]): string =>
  placedNamesOf(license).find((label) => matching(label).length === 1) ?? license.id

/** The licenses that a text may mean: see {@link licenseMatcher}. */
export const matchLicenses = <A extends NamedLicense>(licenses: Iterable<A>, wanted: string): readonly A[] =>
  licenseMatcher(licenses)(wanted)

/** The names, product codes and ids that can be suggested where a text means no license. */
export const licenseNames = (licenses: Iterable<NamedLicense>): readonly string[] =>
  [...licenses].flatMap(({ id, name, productCode }) => [name, ...(productCode === undefined ? [] : [productCode]), id])
