import { didYouMean } from '../../index.ts'
import { type ConfigurationProblem, Fields, Values } from '../../provider-kit/index.ts'

/** The ids of providers of a configuration that is not checked yet. */
export const idsOf = (providers: readonly unknown[]): readonly string[] =>
  providers.flatMap((provider) => (Values.isRecord(provider) && typeof provider.id === 'string' ? provider.id : []))

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
  const ids = idsOf(providers)
  return value.flatMap((entry: unknown, index) => {
    const path = `${field}[${index}]`
    const provider = Values.isRecord(entry) ? entry.provider : undefined
    const isOther = typeof provider === 'string' && !ids.includes(provider)
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
