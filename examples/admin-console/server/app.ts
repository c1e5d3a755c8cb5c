import { existsSync } from 'node:fs'
import { serveStatic } from '@hono/node-server/serve-static'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { matchedRoutes } from 'hono/route'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { httpStatusOf, isLicenseException, type TaggedFailure } from 'seatlens'
import type { ToldRefusal } from '../shared/api.ts'
import { type Console, type Env, ofTenant, signedIn } from './environment.ts'
import { notFound, Refusal } from './refusal.ts'
import { planRoutes } from './routes/plans.ts'
import { seatRoutes } from './routes/seats.ts'
import { sessionRoutes } from './routes/session.ts'
import { snapshotRoutes } from './routes/snapshots.ts'

const MAX_BODY_BYTES = 262_144

const securityHeaders = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

const isTagged = (value: unknown): value is TaggedFailure & { readonly removals?: number } =>
  typeof value === 'object' && value !== null && '_tag' in value

/** Every failure as `{ error: { code, message, … } }`. What is not expected is told to the log alone. */
const answerTo = (error: unknown, c: Context<Env>, { log }: Console) => {
  if (error instanceof Refusal) {
    const { code, message, details } = error
    const told: ToldRefusal = { error: { code, message, ...details } }
    return c.json(told, error.status as ContentfulStatusCode)
  }
  if (isLicenseException(error, isTagged)) {
    const { error: failure } = error
    const { _tag: code, message, removals } = failure
    const needs = code === 'Brake' && removals !== undefined ? { needs: removals } : {}
    const told: ToldRefusal = { error: { code, message, failure }, ...needs }
    return c.json(told, httpStatusOf(failure) as ContentfulStatusCode)
  }
  log.error(error)
  const told: ToldRefusal = { error: { code: 'Defect', message: 'The server has failed. Its log says why.' } }
  return c.json(told, 500)
}

/** Only this site's own page may change something: no form and no page of another site can send this header. */
const isOwnPage = ({ req }: Context<Env>): boolean =>
  req.header('x-seatlens') === 'console' && ['same-origin', undefined].includes(req.header('sec-fetch-site'))

/** The server without a port: `fetch` answers requests. `page`: the folder of the page. */
export const createApp = (console: Console, page: string) => {
  const app = new Hono<Env>()
  app.onError((error, c) => answerTo(error, c, console))
  app.notFound((c) => answerTo(notFound(), c, console))
  app.use(async (c, next) => {
    const began = performance.now()
    c.set('console', console)
    await next()
    // The pattern and not the address: addresses have e-mail addresses in them.
    const ms = Math.round(performance.now() - began)
    const route = matchedRoutes(c).findLast(({ path }) => !path.endsWith('*'))?.path
    console.log.info({ method: c.req.method, route, status: c.res.status, ms, user: c.var.user?.name })
  })
  app.use(async (c, next) => {
    // Before the answer is made, so that a route can have others.
    for (const [name, value] of Object.entries(securityHeaders)) c.header(name, value)
    if (console.isSecure) c.header('strict-transport-security', 'max-age=31536000')
    await next()
  })
  app.use('/api/*', async (c, next) => {
    c.header('cache-control', 'no-store')
    // nginx would keep streams back until they end.
    c.header('x-accel-buffering', 'no')
    // No id has this character, and PostgreSQL refuses to look for it.
    if (c.req.url.includes('%00')) throw notFound()
    if (c.req.method !== 'GET' && !isOwnPage(c)) {
      throw new Refusal(403, 'ForeignPage', 'Changes are made from the page of this console alone.')
    }
    await next()
  })
  app.use(
    '/api/*',
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: () => {
        throw new Refusal(413, 'TooLarge', `Send ${MAX_BODY_BYTES / 1_024} KiB at most.`)
      },
    }),
  )
  app.route('/api/session', sessionRoutes)
  app.use('/api/tenants/:tenant/*', signedIn, ofTenant)
  app.route('/api/tenants/:tenant', seatRoutes)
  app.route('/api/tenants/:tenant/snapshots', snapshotRoutes)
  app.route('/api/tenants/:tenant/plans', planRoutes)
  app.all('/api/*', () => {
    throw notFound()
  })
  if (existsSync(page)) app.get('*', serveStatic({ root: page }))
  return app
}
