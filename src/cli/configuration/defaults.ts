import { type ConfigurationProblem, Fields, Values } from '../../provider-kit/index.ts'
import { isWithin } from './interpolate.ts'
import { EVERY_TYPE } from './known-types.ts'

/** What belongs to one provider, or stands at the top for all of them already. */
const NOT_SHARED: readonly string[] = ['id', 'type', 'displayName', 'limits']

/** A setting of a provider that is a default, by the name that it has in the provider. */
interface Origin {
  /** `region`, or `licenses.cloudCX2.price`. */
  readonly field: string
  /** Where the default is: `defaults.genesys`. */
  readonly place: string
}

/** A provider with the defaults in it. */
export interface WithDefaults {
  readonly value: unknown
  /** The same problem where it is to be mended: in the defaults, if the value is from there. `path`: of the provider. */
  readonly placed: (problem: ConfigurationProblem, path: string) => ConfigurationProblem
  /** Licenses of which everything is a default, so that a provider need not have them. */
  readonly sharedLicenses: ReadonlySet<string>
}

const recordOf = (value: unknown): Readonly<Record<string, unknown>> => (Values.isRecord(value) ? value : {})

const layersOf = (
  defaults: unknown,
  type: unknown,
): readonly { readonly place: string; readonly settings: unknown }[] =>
  [type, EVERY_TYPE].flatMap((key) => {
    const settings =
      typeof key === 'string' && Object.hasOwn(recordOf(defaults), key) ? recordOf(defaults)[key] : undefined
    return settings === undefined ? [] : [{ place: `defaults.${Fields.shownName(String(key))}`, settings }]
  })

/**
 * The settings of a provider with the defaults of its type, and then those of every type, for what it does not say itself. A
 * setting is taken whole, but for overrides: of a license, each field is a default by itself.
 */
export const withDefaults = (provider: unknown, defaults: unknown): WithDefaults => {
  const origins: Origin[] = []
  const shared = new Set<string>()
  /** What is there, and what is not there of the layer. */
  const joined = (
    own: Readonly<Record<string, unknown>>,
    layer: Readonly<Record<string, unknown>>,
    origin: (key: string) => Origin,
  ): Readonly<Record<string, unknown>> => {
    const missing = Object.entries(layer).filter(([key]) => own[key] === undefined)
    origins.push(...missing.map(([key]) => origin(key)))
    return { ...own, ...Object.fromEntries(missing) }
  }
  const joinedLicenses = (own: unknown, layer: unknown, place: string): unknown => {
    if (!Values.isRecord(own) || !Values.isRecord(layer)) return own
    const all = joined(own, layer, (license) => {
      shared.add(license)
      return { field: `licenses.${Fields.shownName(license)}`, place }
    })
    return Object.fromEntries(
      Object.entries(all).map(([license, known]) => {
        const ofLayer = layer[license]
        if (known === ofLayer || !Values.isRecord(known) || !Values.isRecord(ofLayer)) return [license, known]
        const field = `licenses.${Fields.shownName(license)}`
        return [license, joined(known, ofLayer, (key) => ({ field: `${field}.${key}`, place }))]
      }),
    )
  }
  const value = layersOf(defaults, recordOf(provider).type).reduce<unknown>((own, { place, settings }) => {
    if (!Values.isRecord(own) || !Values.isRecord(settings)) return own
    const { licenses, ...others } = settings
    const layer = Object.fromEntries(Object.entries(others).filter(([key]) => !NOT_SHARED.includes(key)))
    const all = joined(own, layer, (field) => ({ field, place }))
    if (licenses === undefined) return all
    return { ...all, licenses: joinedLicenses(own.licenses ?? {}, licenses, place) }
  }, provider)
  return {
    value,
    sharedLicenses: shared,
    placed: (problem, path) => {
      const origin = origins.find(({ field }) => isWithin(problem, `${path}.${field}`))
      return origin === undefined
        ? problem
        : { ...problem, field: `${origin.place}${problem.field.slice(path.length)}` }
    },
  }
}

/** What is wrong with `defaults`, which may be absent, besides the settings in it: they are checked with each provider. */
export const problemsOfDefaults = (value: unknown, providers: readonly unknown[]): readonly ConfigurationProblem[] => {
  if (value === undefined) return []
  const expected = `an object with a type of provider or "${EVERY_TYPE}" as each key`
  if (!Values.isRecord(value)) return [{ field: 'defaults', expected, ...Fields.foundKind(value) }]
  const types = [...new Set(providers.flatMap((provider) => recordOf(provider).type ?? []))].filter(
    (type) => typeof type === 'string',
  )
  return Object.entries(value).flatMap(([type, settings]): readonly ConfigurationProblem[] => {
    const field = `defaults.${Fields.shownName(type)}`
    if (type !== EVERY_TYPE && !types.includes(type)) {
      return [Fields.problemOfUnknown(type, [...types, EVERY_TYPE], 'defaults')]
    }
    if (!Values.isRecord(settings)) return [{ field, expected: 'an object of settings', ...Fields.foundKind(settings) }]
    const own = NOT_SHARED.filter((name) => settings[name] !== undefined).map((name) => ({
      field: `${field}.${name}`,
      expected:
        name === 'limits' ? 'nothing; limits for all providers are at the top' : 'nothing; each provider has its own',
    }))
    const { licenses } = settings
    return licenses === undefined || Values.isRecord(licenses)
      ? own
      : [
          ...own,
          { field: `${field}.licenses`, expected: 'an object of overrides by license', ...Fields.foundKind(licenses) },
        ]
  })
}
