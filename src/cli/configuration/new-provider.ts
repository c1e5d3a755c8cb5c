import * as E from 'fp-ts/lib/Either.js'
import { type ConfigurationProblem, type ProviderDefinition, Values } from '../../provider-kit/index.ts'
import type { Variables } from '../environment.ts'
import { interpolate, isWithin, variablesIn } from './interpolate.ts'
import type { KnownTypes } from './known-types.ts'
import { readVariable } from './read-variable.ts'
import { isSecretSource, openSecrets, type SecretPlace } from './secret-sources.ts'

/** A provider that is to be added to a configuration, as it is written there. */
export interface NewProvider {
  readonly id: string
  /** As the configuration names it. */
  readonly type: string
  readonly values: Readonly<Record<string, unknown>>
}

/** What the configuration has of it. */
export const entryOf = ({ id, type, values }: NewProvider): Readonly<Record<string, unknown>> => ({
  id,
  type,
  ...values,
})

/** It passes where a secret is expected, and is never kept. */
const IN_PLACE_OF_SECRET = 'placeholder'

const problemsWith = (
  { configure }: ProviderDefinition,
  id: string,
  values: Readonly<Record<string, unknown>>,
  isTolerated: (problem: ConfigurationProblem) => boolean,
): readonly ConfigurationProblem[] => {
  const configured = configure(id, values)
  return E.isRight(configured) ? [] : configured.left.filter((problem) => !isTolerated(problem))
}

/** What is missing or wrong, as far as it can be said without any secret: no program is run, and no file is read. */
export const problemsOfEntry = (
  definition: ProviderDefinition,
  { id, values }: NewProvider,
  variables: Variables,
): readonly ConfigurationProblem[] => {
  const { value, problems: unset } = interpolate(values, variables)
  const read = Object.entries(Values.isRecord(value) ? value : {})
  const filled = read.map(([field, one]) => [field, isSecretSource(one) ? IN_PLACE_OF_SECRET : one] as const)
  return problemsWith(
    definition,
    id,
    Object.fromEntries(filled),
    (problem) =>
      unset.some(({ field }) => isWithin(problem, field)) ||
      read.some(([field, one]) => isSecretSource(one) && isWithin(problem, field)),
  )
}

/** What came of opening all that the provider names. */
export interface OpenedEntry {
  /** What is wrong, by field. */
  readonly problems: readonly ConfigurationProblem[]
  /** The variables that are not set yet. */
  readonly unset: readonly string[]
}

/** Tries what the provider names: reads its files, and runs its programs. Variables may be set later. */
export const openEntry = async (
  definition: ProviderDefinition,
  entry: NewProvider,
  types: KnownTypes,
  place: SecretPlace,
): Promise<OpenedEntry> => {
  const { variables } = place.environment
  const { value, problems: unset } = interpolate({ providers: [entryOf(entry)] }, variables)
  const opened = await openSecrets({ value, problems: unset }, types, place)
  const [provider] =
    Values.isRecord(opened.value) && Array.isArray(opened.value.providers) ? opened.value.providers : []
  const { id: _, type: __, ...values } = Values.isRecord(provider) ? provider : {}
  const withinField = ({ field, ...problem }: ConfigurationProblem): ConfigurationProblem => ({
    ...problem,
    field: field.replace(/^providers\[0\]\./, ''),
  })
  const unsetHere = unset.map(withinField)
  const ofSources = opened.problems.slice(unset.length).map(withinField)
  const known = [...unsetHere, ...ofSources]
  return {
    problems: [
      ...ofSources,
      ...problemsWith(definition, entry.id, values, (problem) => known.some(({ field }) => isWithin(problem, field))),
    ],
    unset: variablesIn(JSON.stringify(entry.values)).filter((name) => !readVariable(variables, name)),
  }
}
