import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import { type DeclaredLicenses, didYouMean, type Exemption, type LimitEntry, type ProtectedSeat } from '../../index.ts'
import {
  type BudgetOptions,
  type ConfigurationProblem,
  Fields,
  type ProviderDefinition,
  type ProviderFactory,
  Values,
} from '../../provider-kit/index.ts'
import { isOutsideType } from '../outside/outside-type.ts'
import { COMMON_FIELDS, commonSettings, isSetTo, organizationSettings } from './common-settings.ts'
import { problemsOfLicenses, readDeclaredLicenses } from './declared-licenses.ts'
import { problemsOfDefaults, withDefaults } from './defaults.ts'
import { problemsOfExempt, readExempt } from './exemptions.ts'
import { type ProviderGroups, problemsOfGroups, readGroups } from './groups.ts'
import type { KnownTypes } from './known-types.ts'
import { problemsOfAllLimits, readAllLimits } from './license-limits.ts'
import { problemsOfProtected, readProtected } from './protected-seats.ts'

/** One provider of a configuration in which nothing is wrong. */
export interface ConfiguredProvider {
  readonly id: string
  readonly displayName: string | undefined
  readonly budget: Pick<BudgetOptions, 'concurrency' | 'requestsPerMinute'>
  readonly declared: DeclaredLicenses
  readonly factory: ProviderFactory
  /** Its settings, without the secret ones. */
  readonly told: Readonly<Record<string, unknown>>
  /** Of a partner: the organizations that it stands for, each of which has a provider of its own. */
  readonly orgs?: 'all' | readonly string[] | undefined
  /** The vendor, and its name for people. */
  readonly vendor: Pick<ProviderDefinition, 'type' | 'displayName'>
}

type Checked = Either<readonly ConfigurationProblem[], ConfiguredProvider>

const oneOf = (names: readonly string[]): string => `one of ${names.map((name) => `"${name}"`).join(', ')}`

/** What is wrong with a type of which there is no definition. */
const problemOfType = (type: unknown, { definitions, unusable }: KnownTypes): Omit<ConfigurationProblem, 'field'> => {
  const told = typeof type === 'string' ? unusable.get(type) : undefined
  if (told !== undefined) return told
  const types = definitions.map((definition) => definition.type)
  const meant = typeof type === 'string' ? didYouMean(type, types) : ''
  // Code runs only where the configuration itself names it.
  const expected = isOutsideType(type)
    ? `${oneOf(types)}; the name of a package must stand here itself, and not in a variable`
    : `${oneOf(types)}, the name of an installed package, or a file such as "./provider.js"${meant}`
  return { expected, ...Fields.found(type) }
}

const withoutSecrets = (
  settings: Fields.Settings,
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const setting = Object.hasOwn(settings, name) ? settings[name] : undefined
      if (setting === undefined || setting.secret) return []
      const within = setting.fields !== undefined && Values.isRecord(value)
      return [[name, within ? withoutSecrets(setting.fields, value) : value]]
    }),
  )

const checkProvider = (given: unknown, path: string, known: KnownTypes, defaults: unknown): Checked => {
  const { value, placed, sharedLicenses } = withDefaults(given, defaults)
  if (!Values.isRecord(value)) return E.left([{ field: path, expected: 'an object', ...Fields.foundKind(value) }])
  const { id, type, displayName, concurrency, requestsPerMinute, licenses, limits: _checkedWithAll, ...others } = value
  const common = Object.fromEntries(
    Object.entries({ id, displayName, concurrency, requestsPerMinute }).filter(([, member]) => member !== undefined),
  )
  const definition = known.definitions.find((candidate) => candidate.type === type)
  const settings = definition?.settings ?? {}
  const ofOrganizations = definition?.organizations === undefined ? {} : organizationSettings
  const isIn =
    (fields: Fields.Settings) =>
    ([key]: readonly [string, unknown]): boolean =>
      Object.hasOwn(fields, key)
  const own = Object.fromEntries(Object.entries(others).filter(isIn(settings)))
  const { orgs } = Object.fromEntries(Object.entries(others).filter(isIn(ofOrganizations)))
  const { setting = '' } = definition?.organizations ?? {}
  const configured = definition?.configure(isSetTo(commonSettings.id, id) ? id : '', own)
  const problems: readonly ConfigurationProblem[] = [
    ...(id === undefined ? [{ field: `${path}.id`, expected: commonSettings.id.expected }] : []),
    ...(definition === undefined ? [{ field: `${path}.type`, ...problemOfType(type, known) }] : []),
    ...Fields.problemsOfFields(commonSettings, common, { path }),
    // Of a type that there is not, it is not known which fields there are.
    ...Object.entries(definition === undefined ? {} : others)
      .filter((field) => !isIn(settings)(field) && !isIn(ofOrganizations)(field))
      .map(([key]) =>
        Fields.problemOfUnknown(
          key,
          [...COMMON_FIELDS, ...Object.keys(ofOrganizations), ...Object.keys(settings)],
          path,
        ),
      ),
    ...(orgs === undefined ? [] : Fields.problemsOfFields(ofOrganizations, { orgs }, { path })),
    ...(orgs !== undefined && own[setting] !== undefined
      ? [{ field: `${path}.${setting}`, expected: 'nothing, as orgs is given', ...Fields.found(own[setting]) }]
      : []),
    ...problemsOfLicenses(licenses, `${path}.licenses`),
    ...(configured !== undefined && E.isLeft(configured)
      ? configured.left.map((problem) => ({ ...problem, field: `${path}.${problem.field}` }))
      : []),
  ]
  if (
    problems.length > 0 ||
    definition === undefined ||
    configured === undefined ||
    E.isLeft(configured) ||
    !isSetTo(commonSettings.id, id)
  ) {
    return E.left(problems.map((problem) => placed(problem, path)))
  }
  return E.right({
    id,
    displayName: isSetTo(commonSettings.displayName, displayName) ? displayName : undefined,
    budget: {
      concurrency: isSetTo(commonSettings.concurrency, concurrency) ? concurrency : undefined,
      requestsPerMinute: isSetTo(commonSettings.requestsPerMinute, requestsPerMinute) ? requestsPerMinute : undefined,
    },
    declared: readDeclaredLicenses(licenses, sharedLicenses),
    factory: configured.right,
    told: { id, type, ...withoutSecrets(settings, own) },
    ...(isSetTo(organizationSettings.orgs, orgs) ? { orgs } : {}),
    vendor: { type: definition.type, displayName: definition.displayName },
  })
}

const problemsOfIds = (providers: readonly unknown[]): readonly ConfigurationProblem[] => {
  const seen = new Set<unknown>()
  return providers.flatMap((provider, index) => {
    const id = Values.isRecord(provider) ? provider.id : undefined
    if (typeof id !== 'string' || !seen.has(id)) {
      seen.add(id)
      return []
    }
    return [{ field: `providers[${index}].id`, expected: 'an id that no other provider has', ...Fields.found(id) }]
  })
}

/** All of a configuration in which nothing is wrong. */
interface CheckedConfiguration {
  readonly providers: readonly ConfiguredProvider[]
  /** Limits of licenses: those for all providers, and of each provider its own. */
  readonly limits: readonly LimitEntry[]
  /** Seats that no plan may change. */
  readonly protectedSeats: readonly ProtectedSeat[]
  /** Seats of accounts that never sign in. */
  readonly exemptions: readonly Exemption[]
  /** Groups of providers by name. */
  readonly groups: ProviderGroups
}

const TOP_FIELDS: readonly string[] = ['$schema', 'providers', 'defaults', 'groups', 'limits', 'protected', 'exempt']

/** A default is checked with every provider that has it, and its problem told once. */
const distinct = (problems: readonly ConfigurationProblem[]): readonly ConfigurationProblem[] => [
  ...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values(),
]

/** Reads a configuration, or says everything that is wrong with it. */
export const checkConfiguration = (
  value: unknown,
  known: KnownTypes,
): Either<readonly ConfigurationProblem[], CheckedConfiguration> => {
  if (!Values.isRecord(value)) {
    return E.left([{ field: 'the configuration', expected: 'an object with "providers"', ...Fields.foundKind(value) }])
  }
  const { $schema: _forEditors, providers, defaults, groups, limits, protected: seats, exempt, ...others } = value
  const unknownFields = Object.keys(others).map((key) => Fields.problemOfUnknown(key, TOP_FIELDS, undefined))
  if (!Array.isArray(providers) || providers.length === 0) {
    const kind = Array.isArray(providers) ? { found: 'an empty list' } : Fields.foundKind(providers)
    const problem = { field: 'providers', expected: 'a list of at least one provider', ...kind }
    return E.left([...unknownFields, problem])
  }
  const list: readonly unknown[] = providers
  const checked = list.map((provider, index) => checkProvider(provider, `providers[${index}]`, known, defaults))
  const problems = [
    ...unknownFields,
    ...problemsOfDefaults(defaults, list),
    ...distinct(checked.flatMap((result) => (E.isLeft(result) ? result.left : []))),
    ...problemsOfIds(list),
    ...problemsOfAllLimits(limits, list),
    ...problemsOfProtected(seats, list),
    ...problemsOfExempt(exempt, list),
    ...problemsOfGroups(groups, list),
  ]
  return problems.length > 0
    ? E.left(problems)
    : E.right({
        providers: checked.flatMap((result) => (E.isRight(result) ? [result.right] : [])),
        limits: readAllLimits(limits, list),
        protectedSeats: readProtected(seats),
        exemptions: readExempt(exempt),
        groups: readGroups(groups),
      })
}
