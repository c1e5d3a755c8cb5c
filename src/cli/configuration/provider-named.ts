import { didYouMean, foldedText, type LicenseProvider } from '../../index.ts'
import { Fields } from '../../provider-kit/index.ts'

type Named = Pick<LicenseProvider, 'id' | 'displayName'>

/** The providers that a user may mean: the one with that very id; where there is none, those whose id or name it is in any case. */
export const providersNamed = <A extends Named>(providers: readonly A[], text: string): readonly A[] => {
  const exact = providers.filter(({ id }) => id === text)
  if (exact.length > 0) return exact
  const wanted = foldedText(text)
  return providers.filter(({ id, displayName }) => [id, displayName].some((name) => foldedText(name) === wanted))
}

/** What is wrong where a text names no provider, or several; undefined where it names one. */
export const problemOfProvider = (providers: readonly Named[], text: string): string | undefined => {
  const [only, another] = providersNamed(providers, text)
  if (only !== undefined && another === undefined) return undefined
  const ids = providers.map(({ id }) => id)
  const found = Fields.shownText(text)
  return only === undefined
    ? `expected one of ${ids.join(', ')}, found ${found}${didYouMean(text, ids)}`
    : `expected the id of one provider, found ${found}, which is the name of ${providersNamed(providers, text)
        .map(({ id }) => id)
        .join(', ')}`
}
