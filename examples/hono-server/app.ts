import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { stream } from 'hono/streaming'
import {
  applyPlan,
  applyUndo,
  brakeOf,
  createLicenseReport,
  createPlan,
  createUndo,
  httpStatusOf,
  isLicenseException,
  isPlanFailure,
  type LicenseProvider,
  removalsOf,
  toPromise,
} from 'seatlens'
import { renderPlan, renderReport, textOf } from 'seatlens/render'
import type { PlanStore } from './journals.ts'

export interface Tenant {
  readonly name: string
  /** The tokens of its users, and what they may do. A real server asks its sign-in. */
  readonly tokens: Readonly<Record<string, 'reader' | 'admin'>>
  readonly providers: readonly LicenseProvider[]
}

type Env = { Variables: { tenant: Tenant } }

const refusal = (status: 401 | 403 | 404 | 409, message: string): HTTPException =>
  new HTTPException(status, { res: Response.json({ message }, { status }) })

/** What a client may know of an error. */
const answerTo = (error: unknown): Response => {
  if (error instanceof HTTPException) return error.getResponse()
  if (error instanceof SyntaxError) return Response.json({ message: 'send JSON' }, { status: 400 })
  // A failure is plain data without secrets.
  if (isLicenseException(error) || isLicenseException(error, isPlanFailure)) {
    return Response.json(error.error, { status: httpStatusOf(error) })
  }
  console.error(error)
  return Response.json({ message: 'something went wrong on this server' }, { status: 500 })
}

// A vendor that fails is data in the report. If the client goes away, nothing more is read.
const reportOf = (context: Context<Env>) =>
  createLicenseReport({ signal: context.req.raw.signal, detail: true, findings: {} })(context.get('tenant').providers)()

export const createApp = (tenants: readonly Tenant[], plans: PlanStore): Hono<Env> => {
  const app = new Hono<Env>()

  const providerOf = (context: Context<Env>, id: unknown): LicenseProvider => {
    const provider = context.get('tenant').providers.find((one) => one.id === id)
    if (provider === undefined) throw refusal(404, 'there is no such provider')
    return provider
  }

  /** A plan of this tenant, with its journal. */
  const openPlan = async (context: Context<Env>) => {
    const plan = await plans.find(context.get('tenant').name, context.req.param('id') ?? '')
    if (plan === undefined) throw refusal(404, 'there is no such plan')
    return { plan, provider: providerOf(context, plan.provider.id), ...(await plans.openJournal(plan.hash)) }
  }

  app.onError(answerTo)

  app.use(async (context, next) => {
    const token = context.req.header('authorization')?.replace(/^Bearer /, '') ?? ''
    const tenant = tenants.find(({ tokens }) => Object.hasOwn(tokens, token))
    if (tenant === undefined) throw refusal(401, 'sign in')
    if (context.req.method !== 'GET' && tenant.tokens[token] !== 'admin') throw refusal(403, 'you may only read')
    context.set('tenant', tenant)
    return next()
  })

  app.get('/report', async (context) => context.json(await reportOf(context)))

  app.get('/report.html', async (context) =>
    context.html(await textOf(await renderReport(await reportOf(context), { format: 'html' }))),
  )

  // One line of JSON per user, then one per provider: whether the list is whole, and why not.
  app.get('/users', (context) =>
    stream(context, async (body) => {
      const aborting = new AbortController()
      body.onAbort(() => aborting.abort())
      const write = (line: unknown) => body.writeln(JSON.stringify(line))
      for (const provider of context.get('tenant').providers) {
        try {
          for await (const user of provider.listUsers({ signal: aborting.signal })) await write(user)
          await write({ provider: provider.id, complete: true })
        } catch (error) {
          await write({ provider: provider.id, complete: false, error: isLicenseException(error) ? error.error : {} })
        }
      }
    }),
  )

  // { "provider": "genesys", "intents": [{ "source": "page", "action": "remove", "license": "…", "user": "…" }] }
  app.post('/plans', async (context) => {
    const { provider: id, intents } = await context.req.json()
    const plan = await toPromise(createPlan(providerOf(context, id), intents))
    await plans.keep(context.get('tenant').name, plan)
    const text = await textOf(await renderPlan(plan, { format: 'table' }))
    const mustConfirm = brakeOf(plan) !== undefined
    return context.json({ id: plan.hash, text, removals: removalsOf(plan), mustConfirm }, 201)
  })

  // The user has read the plan. With `mustConfirm`, the user has typed the number of removals: { "maxRemovals": 40 }
  // After a crash, the same request continues, once the lease has run out. The run does not end with the client.
  app.post('/plans/:id/apply', async (context) => {
    const { plan, provider, journal, state } = await openPlan(context)
    const { maxRemovals } = await context.req.json()
    return context.json(await toPromise(applyPlan(plan, provider, { journal, state, maxRemovals })))
  })

  app.post('/plans/:id/undo', async (context) => {
    const { provider, journal, state } = await openPlan(context)
    if (state === undefined) throw refusal(409, 'nothing of this plan was applied')
    const undo = await toPromise(createUndo(state, provider))
    return context.json(await toPromise(applyUndo(undo, provider, { journal, state })))
  })

  return app
}
