import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import * as kit from 'seatlens/provider-kit'
import { CallingPlan, CallingPlans, Plan } from './codecs.ts'
import { BASE, phoneSeat } from './users.ts'

const ROOMS = { holders: 'notTold', omits: ['common areas and rooms, which may hold it, are not read'] } as const
/** What is known of plans. Users show who holds the first three. Any other plan is a pool with the name of its member. */
const PLANS: Readonly<Record<string, Partial<kit.License> & { readonly name: string }>> = {
  plan_base: { name: 'Zoom Meetings', omits: [], services: ['meetings'] },
  plan_united: { name: 'Zoom United', omits: [], includes: [BASE] },
  plan_zoom_one: { name: 'Zoom Workplace', omits: [], includes: [BASE] },
  plan_large_meeting: { name: 'Large Meeting', requires: [BASE] },
  plan_webinar: { name: 'Webinars', requires: [BASE] },
  plan_zoom_rooms: { name: 'Zoom Rooms', metric: 'device', ...ROOMS },
}
const UNREAD = ['its holders are in the settings of each user only, which are not read']
const pool = { metric: 'named', includes: [], requires: [], omits: UNREAD } as const
const countOf = (seats?: number | null) => (seats == null ? kit.unknown('Zoom does not say') : kit.known(seats))
const planOf = (provider: string, plan: Plan): kit.License => {
  const { name, ...known } = PLANS[plan.key] ?? { name: undefined }
  const counts = { purchased: kit.known(plan.hosts), consumed: countOf(plan.usage) }
  // The type of the base plan is a billing period. Its holders are the users of type 2.
  const id = plan.key === 'plan_base' ? BASE : `${plan.key}:${plan.type ?? ''}`
  const named = plan.name || (name === undefined ? plan.key : `${name} ${plan.type ?? ''}`.trim())
  return { provider, id, name: named, ...pool, ...known, ...counts, raw: plan }
}
const callingPlanOf = (provider: string, plan: CallingPlan): kit.License => {
  const counts = { purchased: countOf(plan.subscribed), consumed: countOf(plan.assigned) }
  const names = { id: phoneSeat(plan), name: plan.name || phoneSeat(plan), services: ['calling'] } as const
  const subscriptionId = plan.billing_subscription_id || undefined
  return kit.Values.withoutUndefined({ provider, ...names, ...pool, ...ROOMS, ...counts, subscriptionId, raw: plan })
}

/** Every member `plan_…` that is a plan with seats, or a list of such. The storage of recordings is none. */
const plansIn = (usage: Readonly<Record<string, unknown>>): readonly unknown[] =>
  Object.entries(usage)
    .filter(([key]) => key.startsWith('plan_'))
    .flatMap(([key, value]) => [value].flat().map((plan) => ({ ...Object(plan), key })))
    .filter(({ hosts }) => typeof hosts === 'number')
type Pools = TE.TaskEither<kit.LicenseError, kit.Lists.FetchedPage<kit.License>>
/** All pools. An account that may not read its plans has the licensed users as one. */
export const readPools = ({ provider, call }: kit.Http.ApiAccess, phone: boolean, scope: kit.RequestScope): Pools => {
  const get = { method: 'GET', exactNumbers: true } as const
  const unread = 'Zoom shows plans only with the scope account:read:admin'
  const licensed = { ...planOf(provider, { key: 'plan_base', hosts: 0 }), purchased: kit.unknown(unread) }
  const withoutPlans: Pools = TE.right({ items: [licensed], omits: [unread] })
  const plans: Pools = pipe(
    call({ ...get, path: '/accounts/me/plans/usage', needs: ['account:read:admin'] }, t.UnknownRecord, scope),
    TE.map((usage) => ({ rows: plansIn(usage) })),
    TE.map((page) => kit.Lists.tokenPageOf(Plan, page, 'the plans', (plan) => planOf(provider, plan))),
    TE.orElse((error) => (error._tag === 'PermissionDenied' ? withoutPlans : TE.left(error))),
  )
  const callingPlans: Pools = pipe(
    call({ ...get, path: '/phone/calling_plans', needs: ['phone:read:admin'] }, CallingPlans, scope),
    TE.map(({ calling_plans }) => kit.Answers.decodeRecords(CallingPlan, calling_plans)),
    TE.map((found) => kit.Lists.pageOf(found, 'the calling plans', (plan) => callingPlanOf(provider, plan))),
  )
  return pipe(TE.sequenceSeqArray(phone ? [plans, callingPlans] : [plans]), TE.map(kit.Lists.pageOfAll))
}
