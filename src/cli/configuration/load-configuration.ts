import { dirname } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Exemption, LimitEntry, ProtectedSeat } from '../../index.ts'
import { type ConfigurationProblem, type ProviderDefinition, Values } from '../../provider-kit/index.ts'
import type { Environment, Variables } from '../environment.ts'
import { parseJson, readTextFile, readTextFileIfThere } from '../input/text-file.ts'
import type { Invocation } from '../invocation.ts'
import type { OutsideTypes } from '../outside/load-outside.ts'
import { UsageError } from '../usage-error.ts'
import { type ConfiguredProvider, checkConfiguration } from './check-configuration.ts'
import { CONFIGURATION_FILE, configurationPath } from './configuration-path.ts'
import { readEnvironment, variableOf } from './environment-configuration.ts'
import { problemsOfExempt, readExempt } from './exemptions.ts'
import { NO_GROUPS, type ProviderGroups, problemsOfGroups, readGroups } from './groups.ts'
import { type Interpolated, interpolate, isWithin } from './interpolate.ts'
import {
  type ConfigurationSource,
  type KnownTypes,
  knownTypes,
  NOTHING_OUTSIDE,
  namedTypes,
  outsideTypesOf,
  problemsOfTypes,
} from './known-types.ts'
import { problemsOfAllLimits, readAllLimits } from './license-limits.ts'
import { idsOf, standsForOrganizations } from './listed-entries.ts'
import { problemsOfProtected, readProtected } from './protected-seats.ts'

/** The file given, else the one in the working folder; undefined where neither is. */
export const readConfigurationFile = async (
  given: string | undefined,
  environment: Environment,
): Promise<ConfigurationSource | undefined> => {
  const path = configurationPath(given, environment)
  const name = given ?? CONFIGURATION_FILE
  const read = given === undefined ? readTextFileIfThere : readTextFile
  const text = await read(name, 'the configuration', environment)
  return text === undefined ? undefined : { name, folder: dirname(path), value: parseJson(name, text) }
}

/** A configuration in which nothing is wrong. */
export interface Configuration {
  readonly folder: string
  readonly providers: readonly ConfiguredProvider[]
  /** Limits of licenses: those for all providers, and of each provider its own. */
  readonly limits: readonly LimitEntry[]
  /** Seats that no plan may change. */
  readonly protectedSeats: readonly ProtectedSeat[]
  /** Seats of accounts that never sign in. */
  readonly exemptions: readonly Exemption[]
  /** Groups of providers by name, for `--provider`. */
  readonly groups: ProviderGroups
}

/** A problem in one line, with the file that it is in. */
export const describeProblem = (source: string, { field, expected, found }: ConfigurationProblem): string =>
  `${source}: ${field}: expected ${expected}${found === undefined ? '' : `, found ${found}`}`

/** Entries that say which file they are in. */
const sourced = <A extends { readonly source?: string | undefined }>(
  { name }: ConfigurationSource,
  entries: readonly A[],
): readonly A[] => entries.map((entry) => ({ ...entry, source: `${name}: ${entry.source}` }))

/** A configuration of which all texts are read, or all that is wrong with it. */
const checkTexts = (
  { value, problems: unset }: Interpolated,
  types: KnownTypes,
): ReturnType<typeof checkConfiguration> => {
  const checked = checkConfiguration(value, types)
  if (unset.length === 0) return checked
  // What else is wrong with a text whose variable is not set is for later.
  const others = E.isLeft(checked)
    ? checked.left.filter((problem) => !unset.some(({ field }) => isWithin(problem, field)))
    : []
  return E.left([...unset, ...others])
}

/** Checks a configuration of which all texts are read, or throws a `UsageError` with all that is wrong. */
const checkedConfiguration = (
  source: ConfigurationSource,
  types: KnownTypes,
  interpolated: Interpolated,
): Configuration => {
  const checked = checkTexts(interpolated, types)
  if (E.isLeft(checked)) throw new UsageError(checked.left.map((problem) => describeProblem(source.name, problem)))
  const { providers, limits, protectedSeats, exemptions, groups } = checked.right
  return {
    folder: source.folder,
    providers,
    limits: sourced(source, limits),
    protectedSeats: sourced(source, protectedSeats),
    exemptions: sourced(source, exemptions),
    groups,
  }
}

/** Reads a configuration in which all secrets are, or throws a `UsageError` with all that is wrong. */
export const readConfiguration = (
  source: ConfigurationSource,
  types: KnownTypes,
  variables: Variables,
): Configuration => checkedConfiguration(source, types, interpolate(source.value, variables))

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** Of a provider, what limits its licenses. */
const limitedOf = (provider: unknown) =>
  Values.isRecord(provider) ? { id: provider.id, limits: provider.limits, orgs: provider.orgs } : undefined

/** What a configuration says besides how providers are read. */
export interface Policies extends Pick<Configuration, 'limits' | 'protectedSeats' | 'exemptions' | 'groups'> {
  /** The ids of its providers. */
  readonly ids: readonly string[]
  /** Those of them that stand for organizations. */
  readonly partners: readonly string[]
}

/**
 * What a configuration, where there is one, says of providers that are read from elsewhere. Of the rest of it nothing is looked
 * at: it is for reading providers.
 */
export const readPolicies = async ({ environment, configurationFile }: Invocation): Promise<Policies> => {
  const source = await readConfigurationFile(configurationFile, environment)
  const configuration = Values.isRecord(source?.value) ? source.value : undefined
  if (source === undefined || configuration === undefined)
    return { limits: [], protectedSeats: [], exemptions: [], groups: NO_GROUPS, ids: [], partners: [] }
  const some = {
    limits: configuration.limits,
    protected: configuration.protected,
    exempt: configuration.exempt,
    groups: configuration.groups,
    providers: listOf(configuration.providers).map(limitedOf),
  }
  const { value, problems: unset } = interpolate(some, environment.variables)
  const { limits, protected: seats, exempt, groups, providers: read } = Values.isRecord(value) ? value : {}
  const providers = listOf(read)
  const problems = [
    ...unset,
    ...problemsOfAllLimits(limits, providers),
    ...problemsOfProtected(seats, providers),
    ...problemsOfExempt(exempt, providers),
    ...problemsOfGroups(groups, providers),
  ]
  if (problems.length > 0) throw new UsageError(problems.map((problem) => describeProblem(source.name, problem)))
  return {
    limits: sourced(source, readAllLimits(limits, providers)),
    protectedSeats: sourced(source, readProtected(seats)),
    exemptions: sourced(source, readExempt(exempt)),
    groups: readGroups(groups),
    ids: idsOf(providers),
    partners: idsOf(providers.filter(standsForOrganizations)),
  }
}

const nothingConfigured = (definitions: readonly ProviderDefinition[]): UsageError => {
  const ways = definitions.flatMap(({ type, displayName, settings, configure }) => {
    const configured = configure(type, {})
    const missing = new Set(E.isLeft(configured) ? configured.left.map(({ field }) => field) : [])
    const variablesWhere = (isNeeded: boolean): readonly string[] =>
      Object.entries(settings).flatMap(([field, { variable }]) =>
        variable !== undefined && missing.has(field) === isNeeded ? [variable] : [],
      )
    const [needed, optional] = [variablesWhere(true), variablesWhere(false)]
    if (needed.length + optional.length === 0) return []
    const also = optional.length === 0 ? '' : ` (optional: ${optional.join(', ')})`
    return [`for ${displayName}: ${needed.join(', ')}${also}`]
  })
  return new UsageError([
    `nothing is configured: seatlens init writes ${CONFIGURATION_FILE}; or give --config FILE, or set environment variables`,
    ...ways,
    'to see what it does without credentials: seatlens demo',
  ])
}

/** The configuration that the environment is; throws a `UsageError` where it is none. */
const checkEnvironment = (types: KnownTypes, variables: Variables) => {
  const { definitions } = types
  const providers = readEnvironment(definitions, variables)
  if (providers.length === 0) throw nothingConfigured(definitions)
  const checked = pipe(
    checkConfiguration({ providers }, types),
    E.mapLeft((problems) =>
      problems.map((problem) => ({ ...problem, field: variableOf(problem.field, providers, definitions) })),
    ),
  )
  return { value: { providers }, checked }
}

const fromEnvironment = (
  types: KnownTypes,
  { variables, workingDirectory }: Invocation['environment'],
): Configuration => {
  const { checked } = checkEnvironment(types, variables)
  if (E.isRight(checked)) return { folder: workingDirectory, ...checked.right }
  throw new UsageError(checked.left.map((problem) => describeProblem('environment', problem)))
}

/**
 * The types from outside that the configuration names, whatever else is in it; none where there is no file. Throws a `UsageError`
 * where one of them cannot be used.
 */
export const requireOutsideTypes = async ({
  environment,
  registry,
  configurationFile,
}: Invocation): Promise<OutsideTypes> => {
  const source = await readConfigurationFile(configurationFile, environment)
  if (source === undefined) return NOTHING_OUTSIDE
  const outside = await outsideTypesOf(source, registry, environment)
  const problems = problemsOfTypes(source.value, outside)
  if (problems.length === 0) return outside
  throw new UsageError(problems.map((problem) => describeProblem(source.name, problem)))
}

/** The configuration of this run: the file given, else the one in the working folder, else the environment. */
export const loadConfiguration = async (invocation: Invocation): Promise<Configuration> => {
  const { environment, registry, configurationFile, signal } = invocation
  const source = await readConfigurationFile(configurationFile, environment)
  if (source === undefined) return fromEnvironment(await knownTypes(registry), environment)
  const types = await namedTypes(source.value, registry, await outsideTypesOf(source, registry, environment))
  const interpolated = interpolate(source.value, environment.variables)
  const { openSecrets } = await import('./secret-sources.ts')
  const opened = await openSecrets(interpolated, types, { folder: source.folder, environment, signal })
  return checkedConfiguration(source, types, opened)
}

/** A configuration as it was read, whatever is wrong with it. */
export interface ReadConfiguration {
  /** Where it is written. Undefined: in the environment alone. */
  readonly file: { readonly name: string; readonly path: string } | undefined
  readonly definitions: KnownTypes['definitions']
  /** As it is written. */
  readonly written: unknown
  /** With variables and secrets put in, but for those that commands print. */
  readonly value: unknown
  readonly problems: readonly ConfigurationProblem[]
}

/**
 * The configuration of this run, for showing it: no command runs. Throws a `UsageError` where there is none, and where its
 * file is not JSON.
 */
export const inspectConfiguration = async (invocation: Invocation): Promise<ReadConfiguration> => {
  const { environment, registry, configurationFile, signal } = invocation
  const source = await readConfigurationFile(configurationFile, environment)
  if (source === undefined) {
    const types = await knownTypes(registry)
    const { value, checked } = checkEnvironment(types, environment.variables)
    const problems = E.isLeft(checked) ? checked.left : []
    return { file: undefined, definitions: types.definitions, written: value, value, problems }
  }
  const { name, folder, value: written } = source
  const types = await knownTypes(registry, await outsideTypesOf(source, registry, environment))
  const { openSecrets } = await import('./secret-sources.ts')
  const place = { folder, environment, signal, runsCommands: false }
  const opened = await openSecrets(interpolate(written, environment.variables), types, place)
  const checked = checkTexts(opened, types)
  return {
    file: { name, path: configurationPath(configurationFile, environment) },
    definitions: types.definitions,
    written,
    value: opened.value,
    problems: E.isLeft(checked) ? checked.left : [],
  }
}
