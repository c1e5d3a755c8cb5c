import { type Context, Hono } from 'hono'
import { type Session, SignIn } from '../../shared/api.ts'
import { decoded } from '../decode.ts'
import { type Env, forgetSession, jsonOf, keepSession, sessionIn, signedIn } from '../environment.ts'
import { Refusal } from '../refusal.ts'
import type { UserSettings } from '../settings.ts'
import { isPassword } from '../sign-in/passwords.ts'
import { credentialOf } from '../sign-in/sessions.ts'

const told = (c: Context<Env>, { name, roles }: UserSettings): Session => ({
  name,
  tenants: [...c.var.console.tenants.values()].flatMap((tenant) => {
    const role = Object.hasOwn(roles, tenant.id) ? roles[tenant.id] : undefined
    return role === undefined ? [] : [{ id: tenant.id, name: tenant.name, role }]
  }),
})

export const sessionRoutes = new Hono<Env>()
  .post('/', async (c) => {
    const { attempts, sessions, users } = c.var.console
    const { name, password } = decoded(SignIn, await jsonOf(c))
    const waitMs = await attempts.begin(name)
    if (waitMs > 0) {
      const seconds = Math.ceil(waitMs / 1_000)
      c.header('retry-after', String(seconds))
      throw new Refusal(429, 'TooManyAttempts', `Too many attempts for this name. Try again in ${seconds} s.`, {
        seconds,
      })
    }
    const user = users.get(name)
    if (!(await isPassword(password, user?.password)) || user === undefined) {
      throw new Refusal(401, 'WrongPassword', 'The name or the password is wrong.')
    }
    await attempts.succeeded(name)
    // Another session than before, so that whoever knew that one has no part in this one.
    const earlier = sessionIn(c)
    if (earlier !== undefined) await sessions.close(earlier)
    keepSession(c, await sessions.open({ name, credential: credentialOf(user) }))
    return c.json(told(c, user))
  })
  .get('/', signedIn, (c) => c.json(told(c, c.var.user)))
  .delete('/', signedIn, async (c) => {
    await c.var.console.sessions.close(sessionIn(c) ?? '')
    forgetSession(c)
    return c.body(null, 204)
  })
