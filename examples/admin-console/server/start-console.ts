import { fileURLToPath } from 'node:url'
import { serve } from '@hono/node-server'
import { errorCodeOf } from 'seatlens/node'
import { createApp } from './app.ts'
import { createLog } from './log.ts'
import { createRuns } from './runs.ts'
import { type Settings, SettingsMistake, type TenantSettings } from './settings.ts'
import { createAttempts } from './sign-in/attempts.ts'
import { createSessions } from './sign-in/sessions.ts'
import { createLeases } from './store/leases.ts'
import { openDatabase } from './store/open-database.ts'
import { createPlans } from './store/plans.ts'
import { createSnapshots } from './store/snapshots.ts'
import { createTenant, type Tenant } from './tenants.ts'

export interface ConsoleOptions {
  /** Gets the lines of the log. Default: they are dropped. */
  readonly write?: ((line: string) => void) | undefined
}

export interface RunningConsole {
  /** The address for browsers. */
  readonly url: string
  /** The port that it listens on. */
  readonly port: number
  /** Ends what is under way, so that it can be continued, and closes everything. */
  readonly stop: () => Promise<void>
}

/** Where the page is built to: beside the compiled server, which the tests run from its sources. */
const page = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../dist/page' : '../page', import.meta.url))

const SECRETS = new Set(['clientSecret', 'accessToken', 'refreshToken'])

const secretsIn = ({ tenants, users }: Settings): readonly string[] => [
  ...users.map(({ password }) => password),
  ...tenants
    .flatMap(({ providers }) => providers.flatMap((provider) => Object.entries(provider)))
    .flatMap(([field, value]) => (SECRETS.has(field) && typeof value === 'string' ? [value] : [])),
]

const passwordIn = (url: string): readonly string[] => {
  const password = URL.canParse(url) ? new URL(url).password : ''
  return password === '' ? [] : [password, decodeURIComponent(password)]
}

const messageOf = (error: unknown): string => (error instanceof Error && error.message) || String(error)

/** A tenant, with what its providers say of their settings. */
const madeTenant = (settings: TenantSettings): Tenant => {
  try {
    return createTenant(settings)
  } catch (error) {
    throw new SettingsMistake(`tenants.${settings.id}: ${messageOf(error)}`)
  }
}

/** Starts the server, with the database of the settings. */
export const startConsole = async (
  settings: Settings & { readonly database: string },
  { write = () => {} }: ConsoleOptions = {},
): Promise<RunningConsole> => {
  const log = createLog(write, [...secretsIn(settings), ...passwordIn(settings.database)])
  const tenants = settings.tenants.map(madeTenant)
  const database = await openDatabase(settings.database).catch((error: unknown) => {
    throw new SettingsMistake(`the database cannot be opened: ${messageOf(error)}`)
  })
  const leaseMs = (settings.leaseSeconds ?? 15) * 1_000
  const plans = createPlans(database)
  const leases = createLeases(database, leaseMs)
  const runs = createRuns({ database, plans, leases, leaseMs, log })
  const app = createApp(
    {
      tenants: new Map(tenants.map((tenant) => [tenant.id, tenant])),
      users: new Map(settings.users.map((user) => [user.name, user])),
      isSecure: settings.publicUrl?.startsWith('https:') ?? false,
      database,
      sessions: createSessions(database),
      attempts: createAttempts(database),
      plans,
      snapshots: createSnapshots(database),
      runs,
      log,
    },
    page,
  )
  const { host: hostname = '127.0.0.1', port = 8080 } = settings
  const { server, bound } = await new Promise<{ server: ReturnType<typeof serve>; bound: number }>(
    (resolve, reject) => {
      const server = serve({ fetch: app.fetch, hostname, port }, (address) => resolve({ server, bound: address.port }))
      server.once('error', reject)
    },
  ).catch(async (error: unknown) => {
    await database.close()
    throw errorCodeOf(error) === 'EADDRINUSE' ? new SettingsMistake(`port ${port} is taken; choose another one`) : error
  })
  return {
    url: settings.publicUrl ?? `http://${hostname}:${bound}`,
    port: bound,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      await runs.stop()
      // Streams to browsers have no end of their own.
      if ('closeAllConnections' in server) server.closeAllConnections()
      await closed
      await database.close()
    },
  }
}
