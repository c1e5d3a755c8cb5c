import type { ConfiguredProvider } from '../configuration/check-configuration.ts'
import { membersOf, type ProviderGroups } from '../configuration/groups.ts'
import { providersNamed } from '../configuration/provider-named.ts'

/** What a run must know of the organizations of an entry: all that it stands for, or these, by the ids of their providers. */
export type NeededOrganizations = 'all' | readonly string[]

/** The entry that stands for an organization, by the id of the organization's provider. */
export const entryOf = <A extends Pick<ConfiguredProvider, 'id' | 'orgs'>>(
  entries: readonly A[],
  provider: string,
): A | undefined =>
  entries
    .filter(({ id, orgs }) => orgs !== undefined && provider.startsWith(`${id}-`))
    .sort((one, other) => other.id.length - one.id.length)[0]

/**
 * What must be known of each entry with `orgs`, so that `asked` can be told apart from everything else; nothing of an entry that
 * is not in the map. One organization that is asked for by the id of its provider can be read without the others.
 */
export const neededOrganizations = (
  providers: readonly ConfiguredProvider[],
  asked: readonly string[] | undefined,
  groups: ProviderGroups,
): ReadonlyMap<string, NeededOrganizations> => {
  const entries = providers.filter(({ orgs }) => orgs !== undefined)
  const needed = new Map<string, NeededOrganizations>()
  if (asked === undefined) return new Map(entries.map(({ id }) => [id, 'all']))
  const known = providers.map(({ id, displayName = id }) => ({ id, displayName }))
  for (const text of asked.flatMap((one) => membersOf(groups, one) ?? [one])) {
    const own = entryOf(entries, text)
    if (entries.some(({ id }) => id === text)) needed.set(text, 'all')
    else if (providersNamed(known, text).length > 0) continue
    else if (own === undefined || text.includes('*')) for (const { id } of entries) needed.set(id, 'all')
    else {
      const some = needed.get(own.id) ?? []
      if (some !== 'all') needed.set(own.id, [...some, text])
    }
  }
  return needed
}
