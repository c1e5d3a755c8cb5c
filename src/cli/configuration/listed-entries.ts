import { didYouMean } from '../../index.ts'
import { type ConfigurationProblem, Fields, Values } from '../../provider-kit/index.ts'

/** The ids of providers of a configuration that is not checked yet. */
export const idsOf = (providers: readonly unknown[]): readonly string[] =>
  providers.flatMap((provider) => (Values.isRecord(provider) && typeof provider.id === 'string' ? provider.id : []))

/** Whether a provider of a configuration that is not checked yet stands for the organizations of a partner. */
export const standsForOrganizations = (provider: unknown): boolean =>
  Values.isRecord(provider) && provider.orgs !== undefined

/**
 * Whether an id can be that of an organization's provider: it begins with the id of a provider that stands for organizations. Which
 * there are is known when the vendor has listed them.
 */
export const organizationsOf = (providers: readonly unknown[]): ((id: string) => boolean) => {
  const entries = idsOf(providers.filter(standsForOrganizations))
  return (id) => entries.some((entry) => id.startsWith(`${entry}-`))
}

/** A list at the top of the configuration, each entry of which may name a provider. */
interface EntryList {
  readonly field: string
  /** `a list of seats`. */
  readonly expected: string
  readonly problemsOf: (entry: unknown, path: string) => readonly ConfigurationProblem[]
}

/** What is wrong with a list, which may be absent. An entry for a provider that is not configured would have no effect. */
export const problemsOfEntries = (
  { field, expected, problemsOf }: EntryList,
  value: unknown,
  providers: readonly unknown[],
): readonly ConfigurationProblem[] => {
  if (value === undefined) return []
  if (!Array.isArray(value)) return [{ field, expected, ...Fields.foundKind(value) }]
  // One that stands for organizations is read as these.
  const ids = idsOf(providers.filter((provider) => !standsForOrganizations(provider)))
  const isOrganization = organizationsOf(providers)
  return value.flatMap((entry: unknown, index) => {
    const path = `${field}[${index}]`
    const provider = Values.isRecord(entry) ? entry.provider : undefined
    const isOther = typeof provider === 'string' && !ids.includes(provider) && !isOrganization(provider)
    return [
      ...problemsOf(entry, path),
      ...(isOther
        ? [
            {
              field: `${path}.provider`,
              expected: `one of ${ids.join(', ')}${didYouMean(provider, ids)}`,
              ...Fields.found(provider),
            },
          ]
        : []),
    ]
  })
}
