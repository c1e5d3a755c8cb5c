import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import * as kit from 'seatlens/provider-kit'
import { CallingPlan, CallingPlans, Plan } from './codecs.ts'
import { BASE, phoneSeat } from './users.ts'

const NO_PLANS = 'Zoom shows plans only with the scope account:read:admin'

/** What is known of plans. Users show who holds the first three. Any other plan is a pool with the name of its member. */
const PLANS: Readonly<Record<string, Partial<kit.License> & { readonly name: string }>> = {
  plan_base: { name: 'Zoom Meetings', holders: 'users', services: ['meetings'] },
  plan_united: { name: 'Zoom United', holders: 'users', includes: [BASE] },
  plan_zoom_one: { name: 'Zoom Workplace', holders: 'users', includes: [BASE] },
  plan_large_meeting: { name: 'Large Meeting', requires: [BASE] },
  plan_webinar: { name: 'Webinars', requires: [BASE] },
  plan_zoom_rooms: { name: 'Zoom Rooms', metric: 'device' },
}

const countOf = (seats: number | null | undefined) => (seats == null ? kit.unknown('Zoom does not say') : kit.known(seats))

/** `holders`: rooms and common areas hold seats too, and users whose settings would have to be read one by one. */
const pool = { metric: 'named', includes: [], requires: [], holders: 'notTold' } as const

const planOf = (provider: string, plan: Plan): kit.License => {
  const { name, ...known } = PLANS[plan.key] ?? { name: undefined }
  return {
    ...{ provider, ...pool, ...known, raw: plan },
    // The type of the base plan is a billing period. Its holders are the users of type 2.
    id: plan.key === 'plan_base' ? BASE : `${plan.key}:${plan.type ?? ''}`,
    name: plan.name || (name === undefined ? plan.key : `${name} ${plan.type ?? ''}`.trim()),
    purchased: kit.known(plan.hosts),
    consumed: countOf(plan.usage),
  }
}

const callingPlanOf = (provider: string, plan: CallingPlan): kit.License => ({
  ...{ provider, ...pool, services: ['calling'], raw: plan },
  id: phoneSeat(plan),
  name: plan.name || phoneSeat(plan),
  purchased: countOf(plan.subscribed),
  consumed: countOf(plan.assigned),
  ...(plan.billing_subscription_id ? { subscriptionId: plan.billing_subscription_id } : {}),
})

/** Every member `plan_…` that is a plan with seats, or a list of such. The storage of recordings is none. */
const plansIn = (usage: Readonly<Record<string, unknown>>): readonly unknown[] =>
  Object.entries(usage)
    .filter(([key]) => key.startsWith('plan_'))
    .flatMap(([key, value]) => [value].flat().map((plan) => ({ ...Object(plan), key })))
    .filter(({ hosts }) => typeof hosts === 'number')

type Pools = TaskEither<kit.LicenseError, kit.Lists.FetchedPage<kit.License>>

/** All pools. An account that may not read its plans has only the licensed users as one. */
export const readPools =
  ({ provider, call }: kit.Http.ApiAccess, phone: boolean, includeRaw = false) =>
  (scope: kit.RequestScope): Pools => {
    const read = <A>(path: string, codec: t.Type<A>, needs: string) =>
      call({ method: 'GET', path, exactNumbers: true, needs: [needs] }, codec, scope)
    const withoutRaw = ({ raw: _, ...license }: kit.License) => license
    const licensed = { ...planOf(provider, { key: 'plan_base', hosts: 0 }), purchased: kit.unknown(NO_PLANS) }
    const withoutPlans: kit.Lists.FetchedPage<kit.License> = { items: [licensed], omits: [NO_PLANS] }
    const plans: Pools = pipe(
      read('/accounts/me/plans/usage', t.UnknownRecord, 'account:read:admin'),
      TE.map((usage) => kit.Answers.decodeRecords(Plan, plansIn(usage))),
      TE.map((found) => kit.Lists.pageOf(found, 'the plans', (plan) => planOf(provider, plan))),
      TE.orElse((error): Pools => (error._tag === 'PermissionDenied' ? TE.right(withoutPlans) : TE.left(error))),
    )
    const callingPlans: Pools = pipe(
      read('/phone/calling_plans', CallingPlans, 'phone:read:admin'),
      TE.map(({ calling_plans }) => kit.Answers.decodeRecords(CallingPlan, calling_plans)),
      TE.map((found) => kit.Lists.pageOf(found, 'the calling plans', (plan) => callingPlanOf(provider, plan))),
    )
    return pipe(
      TE.sequenceSeqArray([plans, ...(phone ? [callingPlans] : [])]),
      TE.map(kit.Lists.pageOfAll),
      TE.map((page) => (includeRaw ? page : { ...page, items: page.items.map(withoutRaw) })),
    )
  }
