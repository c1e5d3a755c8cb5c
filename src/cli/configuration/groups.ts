import { didYouMean, foldedText } from '../../index.ts'
import { type ConfigurationProblem, Fields, Values } from '../../provider-kit/index.ts'
import { commonSettings, isSetTo } from './common-settings.ts'
import { idsOf, organizationsOf } from './listed-entries.ts'

/** Groups of providers by name: ids, and patterns of ids and names such as `genesys-*`. */
export type ProviderGroups = ReadonlyMap<string, readonly string[]>

export const NO_GROUPS: ProviderGroups = new Map()

/** What is in the group of that name, in any case; undefined where there is none. */
export const membersOf = (groups: ProviderGroups, name: string): readonly string[] | undefined =>
  groups.get(foldedText(name))

/** What the members of a group may be. */
interface Members {
  readonly ids: readonly string[]
  readonly isOrganization: (id: string) => boolean
}

const problemOfMember = (
  member: unknown,
  field: string,
  { ids, isOrganization }: Members,
): ConfigurationProblem | undefined => {
  const expected = 'the id of a provider, or a pattern such as "genesys-*"'
  if (typeof member !== 'string') return { field, expected, ...Fields.foundKind(member) }
  // What a pattern fits may be a name, which is known when the providers are.
  if (member.includes('*') || ids.includes(member) || isOrganization(member)) return undefined
  return { field, expected: `${expected}: one of ${ids.join(', ')}${didYouMean(member, ids)}`, ...Fields.found(member) }
}

/** What is wrong with `groups`, which may be absent. */
export const problemsOfGroups = (value: unknown, providers: readonly unknown[]): readonly ConfigurationProblem[] => {
  if (value === undefined) return []
  if (!Values.isRecord(value)) {
    return [{ field: 'groups', expected: 'an object with a name of a group as each key', ...Fields.foundKind(value) }]
  }
  const ids = idsOf(providers)
  const isOrganization = organizationsOf(providers)
  return Object.entries(value).flatMap(([name, members]): readonly ConfigurationProblem[] => {
    const field = `groups.${Fields.shownName(name)}`
    if (!isSetTo(commonSettings.id, name)) return [{ field, expected: 'a name in lower case, such as "emea"' }]
    if (ids.includes(name)) return [{ field, expected: 'a name that no provider has as its id' }]
    if (!Array.isArray(members) || members.length === 0) {
      const kind = Array.isArray(members) ? { found: 'an empty list' } : Fields.foundKind(members)
      return [{ field, expected: 'a list of at least one provider', ...kind }]
    }
    return members.flatMap(
      (member: unknown, index) => problemOfMember(member, `${field}[${index}]`, { ids, isOrganization }) ?? [],
    )
  })
}

/** The groups of a `groups` in which nothing is wrong. */
export const readGroups = (value: unknown): ProviderGroups =>
  new Map(
    Object.entries(Values.isRecord(value) ? value : {}).map(([name, members]) => [
      name,
      (Array.isArray(members) ? members : []).filter((member) => typeof member === 'string'),
    ]),
  )
