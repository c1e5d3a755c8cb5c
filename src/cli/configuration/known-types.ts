import { type ConfigurationProblem, type ProviderDefinition, Values } from '../../provider-kit/index.ts'
import type { Environment } from '../environment.ts'
import type { OutsideTypes } from '../outside/load-outside.ts'
import { isOutsideType } from '../outside/outside-type.ts'
import type { Registry } from '../registry-entry.ts'

/** The key of defaults that hold for providers of every type. */
export const EVERY_TYPE = '*'

/** Why a type from outside cannot be used. */
export type UnusableType = Pick<ConfigurationProblem, 'expected' | 'found'>

/** The types of providers that a configuration can name. */
export interface KnownTypes {
  /** The `type` of each is what the configuration names: `seatlens-zoom`. */
  readonly definitions: readonly ProviderDefinition[]
  readonly unusable: OutsideTypes['unusable']
}

/** A configuration before it is checked. */
export interface ConfigurationSource {
  /** For messages: the file as the user would name it. */
  readonly name: string
  /** What relative paths in it are relative to. */
  readonly folder: string
  readonly value: unknown
}

export const NOTHING_OUTSIDE: OutsideTypes = { entries: [], unusable: new Map() }

const providersIn = (value: unknown): readonly unknown[] =>
  Values.isRecord(value) && Array.isArray(value.providers) ? value.providers : []

const typeOf = (provider: unknown): unknown => (Values.isRecord(provider) ? provider.type : undefined)

/**
 * The types of a configuration that come from other packages and from files. Their code runs, so that they are read as they are
 * written: no variable of the environment is put in.
 */
export const outsideTypesOf = async (
  source: ConfigurationSource,
  registry: Registry,
  environment: Environment,
): Promise<OutsideTypes> => {
  const named = new Set(providersIn(source.value).map(typeOf).filter(isOutsideType))
  for (const { type } of registry) named.delete(type)
  if (named.size === 0) return NOTHING_OUTSIDE
  const { loadOutside } = await import('../outside/load-outside.ts')
  return loadOutside([...named], source, registry, environment)
}

/** Where a configuration names types that cannot be used, and why. */
export const problemsOfTypes = (value: unknown, { unusable }: OutsideTypes): readonly ConfigurationProblem[] =>
  providersIn(value).flatMap((provider, index) => {
    const type = typeOf(provider)
    const problem = typeof type === 'string' ? unusable.get(type) : undefined
    return problem === undefined ? [] : [{ field: `providers[${index}].type`, ...problem }]
  })

const loaded = async (entries: Registry, unusable: OutsideTypes['unusable']): Promise<KnownTypes> => ({
  definitions: await Promise.all(entries.map(async ({ type, load }) => ({ ...(await load()), type }))),
  unusable,
})

/** All types: those of this package, and those from outside. */
export const knownTypes = async (
  registry: Registry,
  { entries, unusable }: OutsideTypes = NOTHING_OUTSIDE,
): Promise<KnownTypes> => loaded([...registry, ...entries], unusable)

/**
 * The types that a configuration names, for its providers and in its defaults. If it names one that there is not, all types are
 * loaded, so that the message can list them.
 */
export const namedTypes = async (
  value: unknown,
  registry: Registry,
  { entries, unusable }: OutsideTypes,
): Promise<KnownTypes> => {
  const defaults = Values.isRecord(value) && Values.isRecord(value.defaults) ? Object.keys(value.defaults) : []
  const named = new Set([...providersIn(value).map(typeOf), ...defaults.filter((type) => type !== EVERY_TYPE)])
  const all = [...registry, ...entries]
  // No two entries have one type.
  const those = all.filter(({ type }) => named.has(type))
  return loaded(those.length === named.size ? those : all, unusable)
}
