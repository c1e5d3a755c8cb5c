import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { errorCodeOf, parseJson } from 'seatlens/node'

const wholeFrom = (least: number, most = 1_000_000) =>
  t.refinement(t.Integer, (value) => value >= least && value <= most, `a whole number from ${least} to ${most}`)
const text = t.refinement(t.string, (value) => value !== '', 'a text')
/** A provider id, the name of a folder and a part of a key. */
const slug = t.refinement(t.string, (value) => /^[a-z0-9][a-z0-9-]{0,62}$/.test(value), 'lower-case letters, digits, -')
const optional = <P extends t.Props>(members: P) => t.exact(t.partial(members))

/** Of how the library repeats requests. See `RetryPolicy`. */
const retry = optional({
  attempts: wholeFrom(1),
  backoffMs: wholeFrom(0),
  maxBackoffMs: wholeFrom(0),
  timeoutMs: wholeFrom(1),
})
/** `requestsPerMinute`: what the vendor takes from this credential, for all workers together. */
const every = t.intersection([
  t.strict({ id: slug, requestsPerMinute: wholeFrom(1) }),
  optional({ apiUrl: text, concurrency: wholeFrom(1, 64), retry }),
])
const FixedToken = t.strict({ accessToken: text })
/** The newest refresh token is in the database; this one is the first, of a service app or an integration. */
const FirstToken = t.strict({ clientId: text, clientSecret: text, refreshToken: text })
const Webex = t.intersection(
  [every, t.strict({ type: t.literal('webex') }), t.union([FirstToken, FixedToken])],
  'webex with an accessToken, or with clientId, clientSecret and refreshToken',
)
const Genesys = t.intersection(
  [
    every,
    t.strict({ type: t.literal('genesys'), clientId: text, clientSecret: text, region: text }),
    optional({ loginUrl: text }),
  ],
  'genesys with region, clientId and clientSecret',
)
/** By `type`, so that a mistake in one of a vendor is told in the words of that vendor. */
const Credential = t.union([Webex, Genesys], 'a credential of webex or genesys')
export type Credential = t.TypeOf<typeof Credential>

/** `orgId`: with a Webex credential that several organizations share, as a partner's, which of them it is. */
const Organization = t.intersection(
  [t.strict({ id: slug, credential: slug }), optional({ name: text, orgId: text })],
  'an organization',
)
export type Organization = t.TypeOf<typeof Organization>

const Store = t.union(
  [
    t.strict({ folder: text }),
    t.intersection([t.strict({ bucket: text }), optional({ prefix: text, endpoint: text, region: text })]),
  ],
  'a folder or a bucket',
)
export type StoreSettings = t.TypeOf<typeof Store>

const Rhythm = t.keyof(
  { 1: null, 2: null, 3: null, 4: null, 6: null, 8: null, 12: null, 24: null, 48: null, 72: null, 168: null },
  '1, 2, 3, 4, 6, 8, 12, 24, 48, 72 or 168 hours',
)
const hours = t.refinement(t.Integer, (value) => Rhythm.is(String(value)), Rhythm.name)

const Settings = t.intersection(
  [
    t.strict({
      credentials: t.readonlyArray(Credential, 'a list of credentials'),
      organizations: t.readonlyArray(Organization, 'a list of organizations'),
      store: Store,
    }),
    optional({
      /** Where the tables of each snapshot go, as Parquet for other programs. Default: nowhere. */
      tables: Store,
      /** How often each organization gets a snapshot. Default: 24, once a day, in UTC. 168: once a week, from Thursday on. */
      everyHours: hours,
      /** Organizations are spread over so many minutes from the start of the period. Default: five sixths of it. */
      spreadMinutes: wholeFrom(0),
      /** Snapshots at once in one worker. Default: 4. */
      jobs: wholeFrom(1, 64),
      /** The longest time of one snapshot. Default: 60. */
      deadlineMinutes: wholeFrom(1, 600),
      /** Tries of a snapshot after the first one. Default: 6. */
      retries: wholeFrom(0, 50),
      /** The pause before the first of them; each further one is about twice as long. Default: 60. */
      retrySeconds: wholeFrom(1),
      /** How soon a job of a worker that ended is taken up by another one. Default: 15. */
      reapSeconds: wholeFrom(1),
      /** How long SIGTERM lets snapshots end before it stops them. Default: 20. */
      graceSeconds: wholeFrom(0),
      /** Limits of `seatlens check`. Default: those rules that cost money. */
      check: optional({ maxUtilization: wholeFrom(0), minAvailable: wholeFrom(0), failOn: t.readonlyArray(text) }),
      /** Where a message goes when a check has something new: `{"text": "…"}` by POST. Default: nowhere. */
      alerts: t.strict({ url: text }),
    }),
  ],
  'a configuration',
)

export type Settings = Readonly<ReturnType<typeof withDefaults>>

const withDefaults = (settings: t.TypeOf<typeof Settings>) => ({
  everyHours: 24,
  jobs: 4,
  deadlineMinutes: 60,
  retries: 6,
  retrySeconds: 60,
  reapSeconds: 15,
  graceSeconds: 20,
  ...settings,
})

/** The configuration is wrong. The message is for its owner, and has none of its values. */
export class SettingsMistake extends Error {}

/** Every `${NAME}` is that variable of the environment. */
const interpolated = (value: unknown, variables: NodeJS.ProcessEnv, missing: Set<string>): unknown => {
  if (typeof value === 'string') {
    return value.replaceAll(/\$\{([A-Za-z_]\w*)\}/g, (_, name: string) => {
      if (!variables[name]) missing.add(name)
      return variables[name] ?? ''
    })
  }
  if (Array.isArray(value)) return value.map((item) => interpolated(item, variables, missing))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, interpolated(item, variables, missing)]))
}

/** Members that were left out when it was decoded: misspelled ones, above all. */
const leftOut = (value: unknown, decoded: unknown, path: readonly string[] = []): readonly string[] => {
  if (typeof value !== 'object' || value === null || typeof decoded !== 'object' || decoded === null) return []
  const known = new Map(Object.entries(decoded))
  return Object.entries(value).flatMap(([key, member]) =>
    known.has(key)
      ? leftOut(member, known.get(key), [...path, key])
      : [`${[...path, key].join('.')}: there is no such setting`],
  )
}

const twice = (ids: readonly string[]): readonly string[] => {
  const seen = new Set<string>()
  return ids.filter((id) => seen.has(id) || !seen.add(id))
}

/** Webex takes the bare uuid of an organization as well as its public id, which is base64 of an address that ends with it. */
const organizationKey = (orgId: string): string =>
  (Buffer.from(orgId, 'base64').toString().split('/ORGANIZATION/')[1] ?? orgId).toLowerCase()

/** Organizations of one credential that may be the same one of their vendor: their snapshots would have the same people under two names. */
const sameOfCredential = ({ credentials, organizations }: t.TypeOf<typeof Settings>): readonly string[] => {
  const typeOf = new Map(credentials.map(({ id, type }) => [id, type]))
  const firstOf = new Map<string, Organization>()
  const known = new Map<string, Organization>()
  return organizations.flatMap((organization) => {
    const { id, credential } = organization
    const isGenesys = typeOf.get(credential) === 'genesys'
    const orgId = isGenesys ? undefined : organization.orgId
    const key = JSON.stringify([credential, orgId === undefined ? '' : organizationKey(orgId)])
    const first = firstOf.get(credential)
    const other = known.get(key) ?? (orgId === undefined || first?.orgId === undefined ? first : undefined)
    if (first === undefined) firstOf.set(credential, organization)
    known.set(key, organization)
    const toDo = isGenesys ? 'give each a credential of its own' : 'give each an orgId of its own'
    return [
      ...(organization.orgId === orgId
        ? []
        : [`organizations.${id}.orgId: a credential of genesys is of one organization; leave orgId out`]),
      ...(other === undefined || other.id === id
        ? []
        : [`organizations: ${other.id} and ${id} may be the same one, by the credential ${credential}; ${toDo}`]),
    ]
  })
}

/** The organization at its vendor, as far as the configuration tells it. Undefined: the vendor knows, by the credential alone. */
const knownAs = ({ orgId }: Organization, credential: Credential | undefined): string | undefined => {
  if (credential?.type === 'genesys') {
    const { loginUrl, region, clientId } = credential
    return JSON.stringify(['genesys', loginUrl ?? region, clientId])
  }
  return credential === undefined || orgId === undefined
    ? undefined
    : JSON.stringify([credential.type, organizationKey(orgId)])
}

/** The same organizations under different credentials. */
const sameOfVendor = ({ credentials, organizations }: t.TypeOf<typeof Settings>): readonly string[] => {
  const byId = new Map(credentials.map((credential) => [credential.id, credential]))
  const known = new Map<string, Organization>()
  return organizations.flatMap((organization) => {
    const key = knownAs(organization, byId.get(organization.credential))
    const other = key === undefined ? undefined : known.get(key)
    if (key !== undefined && other === undefined) known.set(key, organization)
    return other === undefined || other.credential === organization.credential
      ? []
      : [
          `organizations: ${other.id} and ${organization.id} are the same one, by the credentials ${other.credential} and ${organization.credential}; take one of them away`,
        ]
  })
}

const contradictions = (settings: t.TypeOf<typeof Settings>): readonly string[] => {
  const { credentials, organizations, everyHours = 24, spreadMinutes = 0 } = settings
  const known = new Set(credentials.map(({ id }) => id))
  return [
    ...twice(credentials.map(({ id }) => id)).map((id) => `credentials: two have the id ${id}`),
    ...twice(organizations.map(({ id }) => id)).map((id) => `organizations: two have the id ${id}`),
    ...organizations.flatMap(({ id, credential }) =>
      known.has(credential) ? [] : [`organizations.${id}: there is no credential ${credential}`],
    ),
    ...sameOfCredential(settings),
    ...sameOfVendor(settings),
    ...(spreadMinutes > everyHours * 60
      ? [`spreadMinutes: expected at most ${everyHours * 60}, the minutes of a period`]
      : []),
  ]
}

/** Checks a configuration. Throws a {@link SettingsMistake} with everything that is wrong. */
export const checkedSettings = (value: unknown, variables: NodeJS.ProcessEnv): Settings => {
  const missing = new Set<string>()
  const given = interpolated(value, variables, missing)
  if (missing.size > 0) throw new SettingsMistake(`not set in the environment: ${[...missing].join(', ')}`)
  const decoded = Settings.decode(given)
  if (E.isLeft(decoded)) {
    const problems = decoded.left.map(({ context }) => {
      const place = context.flatMap(({ key }) => (key === '' || /^\d+$/.test(key) ? [] : [key])).join('.')
      return `${place || 'the configuration'}: expected ${context.at(-1)?.type.name ?? 'another value'}`
    })
    throw new SettingsMistake([...new Set(problems)].slice(0, 10).join('\n'))
  }
  const problems = [...leftOut(given, decoded.right), ...contradictions(decoded.right)]
  if (problems.length > 0) throw new SettingsMistake(problems.join('\n'))
  return withDefaults(decoded.right)
}

/** Reads a configuration. A folder in it is from the folder of the file. */
export const readSettings = async (path: string, variables: NodeJS.ProcessEnv): Promise<Settings> => {
  const content = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new SettingsMistake(`it cannot be read (${errorCodeOf(error)}); README.md shows what to write there`)
  })
  const parsed = parseJson(content)
  if (E.isLeft(parsed)) throw new SettingsMistake(parsed.left.message)
  const settings = checkedSettings(parsed.right, variables)
  const fromThere = (store: StoreSettings): StoreSettings =>
    'folder' in store ? { folder: resolve(dirname(path), store.folder) } : store
  const { store, tables } = settings
  return { ...settings, store: fromThere(store), ...(tables === undefined ? {} : { tables: fromThere(tables) }) }
}

/** What a log must not have. */
export const secretsIn = ({ credentials, alerts }: Settings): readonly string[] => [
  ...credentials.flatMap((credential) =>
    'accessToken' in credential
      ? [credential.accessToken]
      : [credential.clientSecret, ...('refreshToken' in credential ? [credential.refreshToken] : [])],
  ),
  ...(alerts === undefined ? [] : [alerts.url]),
]
