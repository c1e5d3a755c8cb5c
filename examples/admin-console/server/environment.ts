import type { Context, Next } from 'hono'
import { deleteCookie, getCookie } from 'hono/cookie'
import { notFound, Refusal } from './refusal.ts'
import type { Runs } from './runs.ts'
import type { Role, UserSettings } from './settings.ts'
import type { Attempts } from './sign-in/attempts.ts'
import type { Sessions } from './sign-in/sessions.ts'
import type { Database } from './store/database.ts'
import type { Plans } from './store/plans.ts'
import type { Snapshots } from './store/snapshots.ts'
import type { Tenant } from './tenants.ts'

/** Everything that the routes work with. */
export interface Console {
  readonly tenants: ReadonlyMap<string, Tenant>
  readonly users: ReadonlyMap<string, UserSettings>
  /** Cookies are sent by https alone. */
  readonly isSecure: boolean
  readonly database: Database
  readonly sessions: Sessions
  readonly attempts: Attempts
  readonly plans: Plans
  readonly snapshots: Snapshots
  readonly runs: Runs
}

/** What a request knows once it has been let in. */
export interface Env {
  Variables: { console: Console; user: UserSettings; tenant: Tenant; role: Role }
}

export const COOKIE = 'session'

/** Lets in who has signed in. Who is no longer in the configuration is out at once. */
export const signedIn = async (c: Context<Env>, next: Next): Promise<void> => {
  const { sessions, users } = c.var.console
  const id = getCookie(c, COOKIE)
  const name = id === undefined ? undefined : await sessions.nameOf(id)
  const user = name === undefined ? undefined : users.get(name)
  if (user === undefined) {
    if (id !== undefined) deleteCookie(c, COOKIE, { path: '/' })
    throw new Refusal(401, 'NotSignedIn', 'Sign in first. A session ends after eight hours.')
  }
  c.set('user', user)
  await next()
}

/** Lets in who has a role for the tenant. For all others it is as if there were no such tenant. */
export const ofTenant = async (c: Context<Env>, next: Next): Promise<void> => {
  const id = c.req.param('tenant') ?? ''
  const tenant = c.var.console.tenants.get(id)
  const role = Object.hasOwn(c.var.user.roles, id) ? c.var.user.roles[id] : undefined
  if (tenant === undefined || role === undefined) throw notFound()
  c.set('tenant', tenant)
  c.set('role', role)
  await next()
}

export const operator = async (c: Context<Env>, next: Next): Promise<void> => {
  if (c.var.role !== 'operator') {
    throw new Refusal(403, 'OperatorsOnly', 'You may read this tenant. To change something, ask for the role operator.')
  }
  await next()
}

/** The body of a request as JSON. */
export const jsonOf = async (c: Context<Env>): Promise<unknown> => {
  if (!/^application\/json(;|$)/.test(c.req.header('content-type') ?? '')) {
    throw new Refusal(415, 'NotJson', 'Send JSON, with content-type application/json.')
  }
  try {
    return await c.req.json()
  } catch (error) {
    if (error instanceof SyntaxError) throw new Refusal(400, 'NotJson', 'The body is not JSON.')
    throw error
  }
}
