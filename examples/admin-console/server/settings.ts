import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import * as t from 'io-ts'
import { errorCodeOf, parseJson } from 'seatlens/node'
import { Role } from '../shared/api.ts'
import { textUpTo, wholeFrom } from '../shared/codecs.ts'
import { problemsIn } from './decode.ts'
import { isHash } from './sign-in/passwords.ts'

const text = textUpTo(10_000)

/** Members that may be absent. Others are left out when it is decoded, as `t.strict` does. */
const optional = <P extends t.Props>(members: P) => t.exact(t.partial(members))
const slug = t.refinement(t.string, (value) => /^[a-z0-9][a-z0-9-]{0,62}$/.test(value), 'lower-case letters, digits, -')

/** What the vendor's API does not tell, by license: its id, or its product code or name where only one license has it. */
const Licenses = t.record(
  t.string,
  optional({
    purchased: t.union([wholeFrom(0), t.literal('unlimited')], 'a number of seats or "unlimited"'),
    price: t.strict(
      { amount: wholeFrom(0), currency: text, per: text },
      'a price in minor units, with currency and per',
    ),
  }),
)

const common = optional({ displayName: text, licenses: Licenses })

const Genesys = t.intersection([
  t.strict({ id: slug, type: t.literal('genesys'), region: text, clientId: text, clientSecret: text }),
  optional({
    apiUrl: text,
    loginUrl: text,
    directory: t.keyof({ standard: null, extended: null }, 'standard or extended'),
  }),
  common,
])

const webexCommon = t.intersection([
  t.strict({ id: slug, type: t.literal('webex') }),
  optional({ orgId: text, apiUrl: text }),
  common,
])
const WebexWithToken = t.intersection([webexCommon, t.strict({ accessToken: text })])
const WebexWithRefresh = t.intersection([
  webexCommon,
  // The vendor rotates the refresh token: the newest one is kept in the file.
  t.strict({ clientId: text, clientSecret: text, refreshToken: text, tokenFile: text }),
])

const Typed = t.type({ type: t.keyof({ genesys: null, webex: null }, 'genesys or webex') })

/** The one that is meant, so that problems are about no other. */
const meant = (value: unknown) => {
  if (!Typed.is(value)) return Typed
  if (value.type === 'genesys') return Genesys
  return 'refreshToken' in value ? WebexWithRefresh : WebexWithToken
}

type AnyProvider = t.TypeOf<typeof Genesys> | t.TypeOf<typeof WebexWithToken> | t.TypeOf<typeof WebexWithRefresh>

const isProvider = (value: unknown): value is AnyProvider => Typed.is(value) && meant(value).is(value)

const Provider = new t.Type<AnyProvider>(
  'a provider',
  isProvider,
  (value, context) => {
    const type = meant(value)
    const [own] = context.slice(-1)
    const found = type.validate(value, own === undefined ? context : [...context.slice(0, -1), { ...own, type }])
    if (found._tag === 'Left') return found
    return isProvider(found.right) ? t.success(found.right) : t.failure(value, context)
  },
  t.identity,
)
export type ProviderSettings = t.TypeOf<typeof Provider>

const Tenant = t.strict({ id: slug, name: text, providers: t.readonlyArray(Provider, 'a list of providers') })
export type TenantSettings = t.TypeOf<typeof Tenant>

const MOST = 65_535
const port = t.refinement(wholeFrom(0), (value) => value <= MOST, `a port from 0 to ${MOST}`)

const User = t.strict({
  name: text,
  /** As `npm run password` prints it. */
  password: t.refinement(t.string, isHash, 'what npm run password prints'),
  /** By tenant. */
  roles: t.record(t.string, Role),
})
export type UserSettings = t.TypeOf<typeof User>

const Settings = t.intersection(
  [
    t.strict({
      tenants: t.readonlyArray(Tenant, 'a list of tenants'),
      users: t.readonlyArray(User, 'a list of users'),
    }),
    optional({
      /** Default: 127.0.0.1. Other machines should come by way of a proxy that speaks TLS. */
      host: text,
      /** Default: 8080. 0: any free one. */
      port,
      /** The address that browsers use. With https, cookies are sent by https alone. Default: http on this machine. */
      publicUrl: text,
      /** `postgres://…`, or a file for SQLite. Default: `DATABASE_URL` of the environment, else `console.db` beside the configuration. */
      database: text,
      /** How long a killed server keeps others from the plans that it was at work on, in seconds. Default: 15. */
      leaseSeconds: wholeFrom(1),
    }),
  ],
  'a configuration',
)
export type Settings = t.TypeOf<typeof Settings>

/** A server has nothing to do with such a configuration. The message is for its owner. */
export class SettingsMistake extends Error {}

type Variables = Readonly<Record<string, string | undefined>>

/** Every `${NAME}` in a text is replaced by that variable; all that are missing are named together. */
const interpolated = (value: unknown, variables: Variables, missing: Set<string>): unknown => {
  if (typeof value === 'string') {
    return value.replaceAll(/\$\{([A-Za-z_]\w*)\}/g, (_, name: string) => {
      const found = variables[name]
      if (found === undefined || found === '') missing.add(name)
      return found ?? ''
    })
  }
  if (Array.isArray(value)) return value.map((item) => interpolated(item, variables, missing))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, interpolated(item, variables, missing)]))
}

const twice = (ids: readonly string[]): readonly string[] => ids.filter((id, place) => ids.indexOf(id) !== place)

/** What the codec cannot see. */
const contradictions = ({ tenants, users }: Settings): readonly string[] => {
  const ids = new Set(tenants.map(({ id }) => id))
  return [
    ...twice(tenants.map(({ id }) => id)).map((id) => `tenants: two have the id ${id}`),
    ...twice(users.map(({ name }) => name)).map((name) => `users: two have the name ${name}`),
    ...tenants.flatMap((tenant) =>
      twice(tenant.providers.map(({ id }) => id)).map((id) => `tenants.${tenant.id}: two providers have the id ${id}`),
    ),
    ...users.flatMap(({ name, roles }) =>
      Object.keys(roles).flatMap((id) => (ids.has(id) ? [] : [`users.${name}.roles: there is no tenant ${id}`])),
    ),
  ]
}

/** Members of a value that were left out when it was decoded: misspelled ones, above all. */
const leftOut = (value: unknown, decoded: unknown, path: readonly string[] = []): readonly string[] => {
  if (typeof value !== 'object' || value === null || typeof decoded !== 'object' || decoded === null) return []
  const known = new Map(Object.entries(decoded))
  return Object.entries(value).flatMap(([key, member]) => {
    const place = [...path, key]
    return known.has(key) ? leftOut(member, known.get(key), place) : [`${place.join('.')}: there is no such setting`]
  })
}

/** Checks a configuration. Throws a {@link SettingsMistake} with everything that is wrong, and none of the values. */
export const checkedSettings = (value: unknown, variables: Variables): Settings => {
  const missing = new Set<string>()
  const settings = interpolated(value, variables, missing)
  if (missing.size > 0) throw new SettingsMistake(`not set in the environment: ${[...missing].join(', ')}`)
  const decoded = Settings.decode(settings)
  if (decoded._tag === 'Left') throw new SettingsMistake(problemsIn(Settings, settings).join('\n'))
  const problems = [...leftOut(settings, decoded.right), ...contradictions(decoded.right)]
  if (problems.length > 0) throw new SettingsMistake(problems.join('\n'))
  return decoded.right
}

/** Reads a configuration. Paths in it are from its folder. */
export const readSettings = async (path: string, variables: Variables): Promise<Settings & { database: string }> => {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new SettingsMistake(`it cannot be read (${errorCodeOf(error)}); README.md shows what to write there`)
  })
  const parsed = parseJson(text)
  if (parsed._tag === 'Left') throw new SettingsMistake(parsed.left.message)
  const settings = checkedSettings(parsed.right, variables)
  const from = (name: string) => resolve(dirname(path), name)
  const database = settings.database ?? (variables.DATABASE_URL || 'console.db')
  return {
    ...settings,
    database: /^postgres(ql)?:/.test(database) ? database : from(database),
    tenants: settings.tenants.map((tenant) => ({
      ...tenant,
      providers: tenant.providers.map((provider) =>
        'tokenFile' in provider ? { ...provider, tokenFile: from(provider.tokenFile) } : provider,
      ),
    })),
  }
}
