import { type Context, Hono } from 'hono'
import { getCookie } from 'hono/cookie'
import { streamSSE } from 'hono/streaming'
import * as t from 'io-ts'
import {
  brakeOf,
  createPlan,
  describeError,
  findingRules,
  followJournal,
  type Intent,
  intentsOfFindings,
  type JournaledOutcome,
  toPromise,
} from 'seatlens'
import { nodeSha256 } from 'seatlens/node'
import { decoded, textUpTo, wholeFrom } from '../decode.ts'
import { COOKIE, type Env, jsonOf, operator } from '../environment.ts'
import { entryOf, openTally } from '../plan-progress.ts'
import { notFound, Refusal } from '../refusal.ts'
import type { Doing } from '../runs.ts'
import { journalLines } from '../store/journal.ts'
import type { PlanSummary, StoredPlan } from '../store/plans.ts'
import type { Tenant } from '../tenants.ts'

const text = textUpTo(1_000)

const Fix = t.intersection([t.type({ fix: t.readonlyArray(text) }), t.partial({ provider: text, limit: wholeFrom(1) })])
const Changes = t.type({
  changes: t.readonlyArray(
    t.type({
      provider: text,
      user: text,
      action: t.keyof({ assign: null, remove: null }, 'assign or remove'),
      license: text,
    }),
  ),
})
const Wanted = t.union([Fix, Changes], '{ fix: [RULE or ID], provider?, limit? } or { changes: […] }')
const Apply = t.partial({ confirmedSeats: wholeFrom(0) })

interface Intended {
  readonly provider: string
  readonly intents: readonly Intent[]
  readonly limit?: number | undefined
}

/** The seats that findings say can be given up. A plan is for one provider: without one, that of the most valuable seat. */
const intentsToFix = async (tenant: Tenant, { fix, provider, limit }: t.TypeOf<typeof Fix>): Promise<Intended> => {
  const rules = findingRules.filter((rule) => fix.includes(rule))
  const ids = fix.filter((word) => !rules.some((rule) => rule === word))
  const found = intentsOfFindings(await tenant.report(), { rules, ids, provider })
  if (found.unknownIds.length > 0) {
    throw new Refusal(422, 'UnknownFinding', `There is no such rule or finding: ${found.unknownIds.join(', ')}.`)
  }
  if (found.provider === undefined || found.intents.length === 0) {
    throw new Refusal(422, 'NothingToFix', 'No finding of these names a seat that can be given up for certain.')
  }
  return { provider: found.provider, intents: found.intents, limit }
}

const intentsOfChanges = ({ changes }: t.TypeOf<typeof Changes>): Intended => {
  const [provider, another] = new Set(changes.map((change) => change.provider))
  if (provider === undefined || another !== undefined) {
    throw new Refusal(400, 'InvalidInput', 'changes: expected one or more, all of one provider')
  }
  return {
    provider,
    intents: changes.map(({ user, action, license }, place) => ({
      source: `change ${place + 1}`,
      action,
      license,
      user,
    })),
  }
}

const providerOf = ({ providers }: Tenant, id: string) => {
  const provider = providers.find((one) => one.id === id)
  if (provider === undefined) throw new Refusal(422, 'UnknownProvider', `There is no provider ${id}.`)
  return provider
}

/** With how many changes have which outcome. The first line of a journal is the plan itself. */
const withCounts = async <P extends PlanSummary>(c: Context<Env>, plan: P) => {
  const tally = openTally()
  for (const line of await journalLines(c.var.console.database, plan.id, 1)) tally.enter(entryOf(line))
  return { ...plan, counts: tally.counts() }
}

const storedPlan = async (c: Context<Env>): Promise<StoredPlan> => {
  const plan = await c.var.console.plans.find(c.var.tenant.id, c.req.param('id') ?? '')
  if (plan === undefined) throw notFound()
  return plan
}

const begin = async (c: Context<Env>, doing: Doing, confirmedSeats?: number) => {
  const { tenant, user } = c.var
  const plan = await storedPlan(c)
  await c.var.console.runs.start({
    provider: providerOf(tenant, plan.provider),
    plan,
    doing,
    name: user.name,
    confirmedSeats,
    onEnd: tenant.forget,
  })
  return c.json({ state: doing === 'apply' ? 'applying' : 'undoing' }, 202)
}

const toldOf = ({ place, result, reason, ...seat }: JournaledOutcome) => ({
  change: place,
  ...seat,
  outcome: result,
  ...(reason === undefined ? {} : { reason: describeError(reason) }),
})

const POLL_MS = 250
/** How often a stream without news shows that it is alive, and asks whether the user is still signed in. */
const CHECK_MS = 5_000

export const planRoutes = new Hono<Env>()
  .post('/', operator, async (c) => {
    const { tenant, user } = c.var
    const wanted = decoded(Wanted, await jsonOf(c))
    const { provider, intents, limit } = 'fix' in wanted ? await intentsToFix(tenant, wanted) : intentsOfChanges(wanted)
    const options = { limit, signal: c.req.raw.signal, sha256: nodeSha256 }
    const plan = await toPromise(createPlan(providerOf(tenant, provider), intents, options))
    const id = await c.var.console.plans.add(tenant.id, plan, user.name)
    const stored = await c.var.console.plans.find(tenant.id, id)
    return c.json({ ...stored, counts: {}, needsConfirmation: brakeOf(plan) !== undefined }, 201)
  })
  .get('/', async (c) => {
    const plans = await c.var.console.plans.list(c.var.tenant.id)
    return c.json(await Promise.all(plans.map((plan) => withCounts(c, plan))))
  })
  .get('/:id', async (c) => {
    const plan = await storedPlan(c)
    return c.json({ ...(await withCounts(c, plan)), needsConfirmation: brakeOf(plan.plan) !== undefined })
  })
  .post('/:id/apply', operator, async (c) => begin(c, 'apply', decoded(Apply, await jsonOf(c)).confirmedSeats))
  .post('/:id/undo', operator, (c) => begin(c, 'undo'))
  /** Reads the journal again and again, so that it does not matter which server is at work on the plan. */
  .get('/:id/events', async (c) => {
    const { database, plans, sessions } = c.var.console
    const { id, plan } = await storedPlan(c)
    const seen = Number(c.req.header('last-event-id')) || 0
    return streamSSE(c, async (out) => {
      const follow = followJournal(plan)
      const tally = openTally()
      let last = 0
      let told = ''
      let checkAt = performance.now() + CHECK_MS
      while (!out.aborted) {
        // The state first: it is told after all that led to it.
        const now = await plans.summary(id)
        if (now === undefined) return
        for (const line of await journalLines(database, id, last)) {
          last = line.line
          const entry = entryOf(line)
          tally.enter(entry)
          const outcome = follow(entry)
          if (outcome === undefined || last <= seen) continue
          await out.writeSSE({ event: 'outcome', id: String(last), data: JSON.stringify(toldOf(outcome)) })
        }
        const { state, failures } = now
        const progress = JSON.stringify(tally.progress(plan.changes.length, /^und/.test(state)))
        const data = JSON.stringify({ state, failures, counts: tally.counts() })
        if (told !== progress + data) {
          await out.writeSSE({ event: 'progress', data: progress })
          await out.writeSSE({ event: 'state', data })
          told = progress + data
        }
        if (performance.now() > checkAt) {
          if ((await sessions.nameOf(getCookie(c, COOKIE) ?? '')) === undefined) return
          await out.write(': still here\n\n')
          checkAt = performance.now() + CHECK_MS
        }
        await out.sleep(POLL_MS)
      }
    })
  })
