import * as E from 'fp-ts/lib/Either.js'
import { type LicenseProvider, soundProvider } from '../../index.ts'
import { errorCodeOf } from '../../node/index.ts'
import {
  type ConfigurationProblem,
  Fields,
  Http,
  type ProviderDefinition,
  type ProviderFactory,
  Values,
} from '../../provider-kit/index.ts'
import { UsageError } from '../usage-error.ts'

type Configuration = Readonly<Record<string, unknown>>

const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return value === '' ? [] : [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn)
}

/** All texts in the secrets of a configuration. */
const secretsIn = (settings: Fields.Settings, configuration: Configuration): readonly string[] =>
  Object.entries(configuration).flatMap(([field, value]) => {
    const setting = Object.hasOwn(settings, field) ? settings[field] : undefined
    if (setting?.secret === true) return textsIn(value)
    return setting?.fields !== undefined && Values.isRecord(value) ? secretsIn(setting.fields, value) : []
  })

const isProblem = (value: unknown): value is ConfigurationProblem =>
  Values.isRecord(value) &&
  typeof value.field === 'string' &&
  typeof value.expected === 'string' &&
  (value.found === undefined || typeof value.found === 'string')

const isFactory = (value: unknown): value is ProviderFactory =>
  Values.isRecord(value) &&
  typeof value.create === 'function' &&
  (value.signIn === undefined || typeof value.signIn === 'function') &&
  (value.forecast === undefined || typeof value.forecast === 'function') &&
  (value.credential === undefined ||
    (Values.isRecord(value.credential) &&
      typeof value.credential.key === 'string' &&
      typeof value.credential.open === 'function'))

const isConfigured = (value: unknown): value is ReturnType<ProviderDefinition['configure']> =>
  Values.isRecord(value) &&
  (value._tag === 'Right'
    ? isFactory(value.right)
    : value._tag === 'Left' && Array.isArray(value.left) && value.left.length > 0 && value.left.every(isProblem))

/** What is wrong with a provider that foreign code has made. */
const flawOf = (provider: unknown, id: string, vendor: string): string | undefined => {
  if (!Values.isRecord(provider)) return 'expected a provider'
  const expected = { specificationVersion: 'v1', id, vendor }
  const wrong = Object.entries(expected).find(([member, value]) => provider[member] !== value)
  const missing = ['listLicenses', 'getLicense', 'listUsers', 'getUser'].find(
    (member) => typeof provider[member] !== 'function',
  )
  if (wrong === undefined) return missing === undefined ? undefined : `${missing}: expected a function`
  const [member, value] = wrong
  const { found = 'nothing' } = Fields.found(provider[member])
  return `${member}: expected ${JSON.stringify(value)}, found ${found}`
}

/** Whose definition it is, for messages. */
interface Origin {
  /** The configuration as the user would name it. */
  readonly source: string
  /** The `type`, as it is shown. */
  readonly label: string
}

const guardedFactory = (
  { create, credential, signIn, forecast }: ProviderFactory,
  { source, label }: Origin,
  { id, vendor, secrets }: { readonly id: string; readonly vendor: string; readonly secrets: readonly string[] },
): ProviderFactory => {
  const refuse = (problem: string): never => {
    throw new UsageError([`${source}: ${label} cannot make the provider ${id}: ${problem}`])
  }
  const guarded = <A>(make: () => A): A => {
    try {
      return make()
    } catch (thrown) {
      return refuse(Http.thrownText(thrown, secrets))
    }
  }
  return {
    create: (host) => {
      const provider: LicenseProvider = guarded(() => create(host))
      const flaw = guarded(() => flawOf(provider, id, vendor))
      return flaw === undefined ? guarded(() => soundProvider(provider)) : refuse(flaw)
    },
    ...(credential === undefined
      ? {}
      : { credential: { key: credential.key, open: (host) => guarded(() => credential.open(host)) } }),
    ...(signIn === undefined ? {} : { signIn: (host) => guarded(() => signIn(host)) }),
    ...(forecast === undefined ? {} : { forecast: (host) => guarded(() => forecast(host)) }),
  }
}

/**
 * The same definition, from code that we did not write: what its functions throw or return instead of what they should is
 * told with the name of the package, and never with a secret of the configuration.
 */
export const guardedDefinition = (definition: ProviderDefinition, origin: Origin): ProviderDefinition => {
  const { type: vendor, settings } = definition
  const failed = (problem: string) =>
    E.left([{ field: 'type', expected: 'a package that can read its settings', found: `${origin.label}, ${problem}` }])
  return {
    ...definition,
    configure: (id, configuration) => {
      const secrets = secretsIn(settings, configuration)
      const masked = (text: string): string => Http.maskSensitive(text, secrets)
      try {
        const configured = definition.configure(id, configuration)
        if (!isConfigured(configured)) return failed('which gave neither problems nor a provider')
        return E.isRight(configured)
          ? E.right(guardedFactory(configured.right, origin, { id, vendor, secrets }))
          : E.left(
              configured.left.map(({ field, expected, found }) => ({
                field: masked(field),
                expected: masked(expected),
                ...(found === undefined ? {} : { found: masked(found) }),
              })),
            )
      } catch (thrown) {
        return failed(`which failed: ${Http.thrownText(thrown, secrets)}`)
      }
    },
    startSimulator: async (options) => {
      try {
        return await definition.startSimulator(options)
      } catch (thrown) {
        // What the system says, as that a port is taken, has its own words.
        if (errorCodeOf(thrown) !== undefined) throw thrown
        throw new Error(`the simulator of ${origin.label}: ${Http.thrownText(thrown)}`)
      }
    },
  }
}
