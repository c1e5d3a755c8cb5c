import { type Context, Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import {
  brakeOf,
  brakeText,
  type CreatePlanOptions,
  createPlan,
  findingRules,
  type Intent,
  intentsOfFindings,
  toPromise,
} from 'seatlens'
import { nodeSha256 } from 'seatlens/node'
import {
  Apply,
  type Doing,
  type PlanInFull,
  type PlanStatus,
  type PlanSummary,
  type SeatsToChange,
  type SeatsToFix,
  WantedPlan,
} from '../../shared/api.ts'
import { decoded } from '../decode.ts'
import { type Env, jsonOf, operator } from '../environment.ts'
import { sendPlanEvents } from '../plan-events.ts'
import { entryOf, openTally } from '../plan-progress.ts'
import { notFound, Refusal } from '../refusal.ts'
import { journalLines } from '../store/journal.ts'
import type { KeptPlan, StoredPlan } from '../store/plans.ts'
import type { Tenant } from '../tenants.ts'

/** What a plan is to be made of. */
interface Intended {
  readonly provider: string
  readonly intents: readonly Intent[]
  /** Further options of the plan. */
  readonly options: Pick<CreatePlanOptions, 'limit' | 'limits' | 'omitted'>
}

/** The seats that findings say can be given up. A plan is for one provider: without one, that of the most valuable seat. */
const intentsToFix = async (tenant: Tenant, { fix, provider, limit }: SeatsToFix): Promise<Intended> => {
  const rules = findingRules.filter((rule) => fix.includes(rule))
  const ids = fix.filter((word) => !rules.some((rule) => rule === word))
  const found = intentsOfFindings(await tenant.report(), { rules, ids, provider })
  if (found.unknownIds.length > 0) {
    throw new Refusal(422, 'UnknownFinding', `There is no such rule or finding: ${found.unknownIds.join(', ')}.`)
  }
  if (found.provider === undefined || found.intents.length === 0) {
    throw new Refusal(422, 'NothingToFix', 'No finding of these names a seat that can be given up for certain.')
  }
  const { intents, limits, omitted } = found
  return { provider: found.provider, intents, options: { limit, limits, omitted } }
}

const intentsOfChanges = ({ changes }: SeatsToChange): Intended => {
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
    options: {},
  }
}

const providerOf = ({ providers }: Tenant, id: string) => {
  const provider = providers.find((one) => one.id === id)
  if (provider === undefined) throw new Refusal(422, 'UnknownProvider', `There is no provider ${id}.`)
  return provider
}

/** How many changes of a plan have which outcome. The first line of a journal is the plan itself. */
const countsOf = async (c: Context<Env>, id: string): Promise<PlanStatus['counts']> => {
  const tally = openTally()
  for (const line of await journalLines(c.var.console.database, id, 1)) tally.enter(entryOf(line))
  return tally.counts()
}

const inFull = async (c: Context<Env>, plan: StoredPlan): Promise<PlanInFull> => {
  const brake = brakeOf(plan.plan)
  return {
    ...plan,
    counts: await countsOf(c, plan.id),
    needsConfirmation: brake !== undefined,
    brake: brake && brakeText(brake),
  }
}

const storedPlan = async (c: Context<Env>, id = c.req.param('id') ?? ''): Promise<StoredPlan> => {
  const plan = await c.var.console.plans.find(c.var.tenant.id, id)
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
  return c.body(null, 202)
}

export const planRoutes = new Hono<Env>()
  .post('/', operator, async (c) => {
    const { tenant, user } = c.var
    const wanted = decoded(WantedPlan, await jsonOf(c))
    const intended = 'fix' in wanted ? await intentsToFix(tenant, wanted) : intentsOfChanges(wanted)
    const options = { ...intended.options, signal: c.req.raw.signal, sha256: nodeSha256 }
    const plan = await toPromise(createPlan(providerOf(tenant, intended.provider), intended.intents, options))
    const id = await c.var.console.plans.add(tenant.id, plan, user.name)
    return c.json(await inFull(c, await storedPlan(c, id)), 201)
  })
  .get('/', async (c) => {
    const plans = await c.var.console.plans.list(c.var.tenant.id)
    const summaries: readonly PlanSummary[] = await Promise.all(
      plans.map(async (plan: KeptPlan) => ({ ...plan, counts: await countsOf(c, plan.id) })),
    )
    return c.json(summaries)
  })
  .get('/:id', async (c) => c.json(await inFull(c, await storedPlan(c))))
  .post('/:id/apply', operator, async (c) => begin(c, 'apply', decoded(Apply, await jsonOf(c)).confirmedSeats))
  .post('/:id/undo', operator, (c) => begin(c, 'undo'))
  .get('/:id/events', async (c) => {
    const plan = await storedPlan(c)
    const seen = Number(c.req.header('last-event-id')) || 0
    return streamSSE(c, (out) => sendPlanEvents(c, plan, seen, out).catch(c.var.console.log.error))
  })
