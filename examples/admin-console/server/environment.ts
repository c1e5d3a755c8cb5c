import type { Context, Next } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Role } from '../shared/api.ts'
import type { Log } from './log.ts'
import { notFound, Refusal } from './refusal.ts'
import type { Runs } from './runs.ts'
import type { UserSettings } from './settings.ts'
import type { Attempts } from './sign-in/attempts.ts'
import { credentialOf, SESSION_SECONDS, type Sessions } from './sign-in/sessions.ts'
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
  readonly log: Log
}

/** What a request knows once it has been let in. */
export interface Env {
  Variables: { console: Console; user: UserSettings; tenant: Tenant; role: Role }
}

/** With https, browsers take a cookie of this name from this very host alone, and never from one beside it. */
const cookieNameOf = (c: Context<Env>): string => (c.var.console.isSecure ? '__Host-session' : 'session')

const cookieOptionsOf = (c: Context<Env>) =>
  ({ path: '/', httpOnly: true, sameSite: 'Strict', secure: c.var.console.isSecure }) as const

/** The session that the browser names. Whether there is one is for {@link userOf}. */
export const sessionIn = (c: Context<Env>): string | undefined => getCookie(c, cookieNameOf(c))

export const keepSession = (c: Context<Env>, id: string): void =>
  setCookie(c, cookieNameOf(c), id, { ...cookieOptionsOf(c), maxAge: SESSION_SECONDS })

export const forgetSession = (c: Context<Env>): void => {
  deleteCookie(c, cookieNameOf(c), cookieOptionsOf(c))
}

/** The user of the session. Undefined also where the user, or the password, is no longer in the configuration. */
export const userOf = async (c: Context<Env>): Promise<UserSettings | undefined> => {
  const { sessions, users } = c.var.console
  const id = sessionIn(c)
  const session = id === undefined ? undefined : await sessions.find(id)
  const user = session === undefined ? undefined : users.get(session.name)
  return user !== undefined && session?.credential === credentialOf(user) ? user : undefined
}

/** Lets in who has signed in. */
export const signedIn = async (c: Context<Env>, next: Next): Promise<void> => {
  const user = await userOf(c)
  if (user === undefined) {
    if (sessionIn(c) !== undefined) forgetSession(c)
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
