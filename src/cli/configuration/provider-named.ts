import { didYouMean, foldedText, type LicenseProvider, textPattern } from '../../index.ts'
import { Fields } from '../../provider-kit/index.ts'
import { membersOf, NO_GROUPS, type ProviderGroups } from './groups.ts'

/** Ids in a message, at most. */
const MOST_IDS = 20

const listOf = (ids: readonly string[]): string =>
  ids.length <= MOST_IDS ? ids.join(', ') : `${ids.slice(0, MOST_IDS).join(', ')} and ${ids.length - MOST_IDS} more`

/** What a text may mean. */
export type Named = Pick<LicenseProvider, 'id' | 'displayName'>

/** Whether a text stands for several providers by what they are called: `genesys-*`. */
const isPattern = (text: string): boolean => text.includes('*')

const withId = <A extends Named>(providers: readonly A[], id: string): readonly A[] =>
  providers.filter((provider) => provider.id === id)

const calledSo = <A extends Named>(providers: readonly A[], fits: (name: string) => boolean): readonly A[] =>
  providers.filter(({ id, displayName }) => [id, displayName].some((name) => fits(foldedText(name))))

/** The providers that a user may mean: the one with that very id; where there is none, those whose id or name it is in any case. */
export const providersNamed = <A extends Named>(providers: readonly A[], text: string): readonly A[] => {
  const exact = withId(providers, text)
  if (exact.length > 0) return exact
  const wanted = foldedText(text)
  return calledSo(providers, (name) => name === wanted)
}

/** What is wrong where a text names no provider, or several; undefined where it names one. `others`: what else it can name. */
export const problemOfProvider = (
  providers: readonly Named[],
  text: string,
  others: readonly string[] = [],
): string | undefined => {
  const [only, another] = providersNamed(providers, text)
  if (only !== undefined && another === undefined) return undefined
  const ids = providers.map(({ id }) => id)
  const found = Fields.shownText(text)
  return only === undefined
    ? `expected one of ${listOf([...others, ...ids])}, found ${found}${didYouMean(text, [...others, ...ids])}`
    : `expected the id of one provider, found ${found}, which is the name of ${providersNamed(providers, text)
        .map(({ id }) => id)
        .join(', ')}`
}

/** The providers that a text means, or what is wrong with it. */
type Meant<A> = { readonly providers: readonly A[]; readonly problems: readonly string[] }

const ofPattern = <A extends Named>(providers: readonly A[], pattern: string): Meant<A> => {
  const found = calledSo(providers, textPattern(foldedText(pattern)))
  if (found.length > 0) return { providers: found, problems: [] }
  const ids = providers.map(({ id }) => id)
  const stars = didYouMean(pattern.replaceAll('*', ''), ids)
  return {
    providers: [],
    problems: [`no id or name of a provider fits ${Fields.shownText(pattern)}; expected one of ${listOf(ids)}${stars}`],
  }
}

/**
 * The providers that `--provider` means: by id, the members of a group, by name, or by a pattern in which `*` stands for any
 * characters. Every member of a group must fit a provider.
 */
export const providersMeant = <A extends Named>(
  providers: readonly A[],
  text: string,
  groups: ProviderGroups = NO_GROUPS,
): Meant<A> => {
  const members = membersOf(groups, text)
  if (members !== undefined) {
    // A group may have what stands for organizations, which is a group too, and nothing else.
    const inner = new Map([...groups].filter(([name]) => members.includes(name) && name !== foldedText(text)))
    const all = members.map((member) => providersMeant(providers, member, inner))
    const problems = all.flatMap((meant) =>
      meant.problems.map((problem) => `the group ${Fields.shownText(text)}: ${problem}`),
    )
    return { providers: all.flatMap((meant) => meant.providers), problems }
  }
  const problem = problemOfProvider(providers, text, [...groups.keys()])
  if (problem === undefined) return { providers: providersNamed(providers, text), problems: [] }
  return isPattern(text) ? ofPattern(providers, text) : { providers: [], problems: [problem] }
}
