import { type Context, Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import * as t from 'io-ts'
import { decoded, textUpTo } from '../decode.ts'
import { COOKIE, type Env, jsonOf, signedIn } from '../environment.ts'
import { Refusal } from '../refusal.ts'
import type { UserSettings } from '../settings.ts'
import { isPassword } from '../sign-in/passwords.ts'
import { SESSION_SECONDS } from '../sign-in/sessions.ts'

const SignIn = t.type({ name: textUpTo(200), password: textUpTo(1_000) })

const told = (c: Context<Env>, { name, roles }: UserSettings) => ({
  name,
  tenants: [...c.var.console.tenants.values()].flatMap((tenant) => {
    const role = Object.hasOwn(roles, tenant.id) ? roles[tenant.id] : undefined
    return role === undefined ? [] : [{ id: tenant.id, name: tenant.name, role }]
  }),
})

export const sessionRoutes = new Hono<Env>()
  .post('/', async (c) => {
    const { attempts, sessions, users, isSecure } = c.var.console
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
    const earlier = getCookie(c, COOKIE)
    if (earlier !== undefined) await sessions.close(earlier)
    const id = await sessions.open(name)
    setCookie(c, COOKIE, id, {
      path: '/',
      httpOnly: true,
      sameSite: 'Strict',
      secure: isSecure,
      maxAge: SESSION_SECONDS,
    })
    return c.json(told(c, user))
  })
  .get('/', signedIn, (c) => c.json(told(c, c.var.user)))
  .delete('/', signedIn, async (c) => {
    await c.var.console.sessions.close(getCookie(c, COOKIE) ?? '')
    deleteCookie(c, COOKIE, { path: '/' })
    return c.body(null, 204)
  })
