import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import * as kit from 'seatlens/provider-kit'
import type { ZoomAccess, ZoomConfig } from './api.ts'
import { FeaturesUpdated } from './codecs.ts'
import { readUser } from './users.ts'

type Changes = readonly kit.AssignmentChange[]

/** By the first part of a license id: the feature, and its value without a license. A user has one value of each. */
const FEATURES: ReadonlyMap<string, readonly [feature_type: string, none: string]> = new Map([
  ['plan_base', ['user_type', '1']],
  ['plan_united', ['plan_united_type', 'none']],
  ['plan_zoom_one', ['zoom_one_type', '0']],
])

const partsIn = (licenseId = '') => {
  const [key = '', option = '', subscription] = licenseId.split(':')
  return { key, option, subscription }
}

const idOf = (changes: Changes, wanted: kit.AssignmentChange['action']) =>
  changes.find(({ action }) => action === wanted)?.licenseId

/** What a request sets for all of its users. */
const featureIn = (changes: Changes) => {
  const given = idOf(changes, 'assign')
  const { key, option } = partsIn(given ?? changes[0]?.licenseId)
  const [feature_type = '', none = ''] = FEATURES.get(key) ?? []
  if (given === undefined) return { feature_type, feature_value: none }
  const licenses =
    key === 'plan_zoom_one' ? [{ license_type: 'ZOOM_WORKPLACE_BUNDLE', license_option: BigInt(option) }] : undefined
  return { feature_type, feature_value: option, license_info_list: licenses }
}

/** A feature has one value, so that its changes are one. A calling plan is swapped for another one. */
const partsOf = (changes: Changes): readonly kit.Changes.ChangePart[] =>
  [...kit.Values.groupedBy(changes, ({ licenseId }) => partsIn(licenseId).key)].flatMap(([key, some]) => {
    const { feature_type, feature_value } = featureIn(some)
    if (key !== 'phone') return { request: `${feature_type} ${feature_value}`, changes: some }
    const isSwap = some.length === 2 && idOf(some, 'assign') !== undefined && idOf(some, 'remove') !== undefined
    const parts: readonly Changes[] = isSwap ? [some] : some.map((change) => [change])
    return parts.map((part) => ({ request: JSON.stringify(part), changes: part }))
  })

export const reviewChanges = kit.Changes.reviewUserByUser(({ action, licenseId }, { licenseIds }) => {
  const { key, option } = partsIn(licenseId)
  const problem = (rule: string, message: string) => [{ severity: 'problem', rule, message } as const]
  if (!/^\d+$/.test(option) || !(key === 'phone' || FEATURES.has(key)))
    return problem('not-assignable', 'the Zoom API does not assign seats of this plan')
  const isAnother = (id: string) => id !== licenseId && partsIn(id).key === key
  if (action === 'remove' || key === 'phone' || !licenseIds.some(isAnother)) return []
  return problem('one-of-a-kind', 'a user has one plan of this kind: remove the other one in the same plan')
})

export const zoomChanges = (api: ZoomAccess, config: ZoomConfig): kit.Changes.VendorChanges => {
  const operation = 'POST /users/features'

  const setFeature = (changes: Changes, scope: kit.RequestScope) => {
    const ids = [...new Set(changes.map(({ userId }) => userId))]
    const json = { ...featureIn(changes), users: ids.map((id) => (id.includes('@') ? { email: id } : { id })) }
    return pipe(
      api.features.call(
        { method: 'POST', path: '/users/features', json, needs: ['user:write:admin'] },
        FeaturesUpdated,
        scope,
      ),
      TE.map(({ success_user_ids, fail_details }) => ({
        replyTo: ({ userId }: kit.AssignmentChange): kit.Changes.Reply => {
          const why = fail_details?.find(({ user_ids }) => user_ids.includes(userId))?.reason
          if (success_user_ids?.includes(userId)) return { kind: 'accepted' }
          if (why === 'No need to update') return { kind: 'alreadySo' }
          const words = kit.Answers.vendorWords({ message: why }, api.secrets)
          const name = { _tag: 'RequestRejected', provider: api.provider, operation } as const
          const reason = { ...name, message: 'Zoom did not change the plan of this user', ...words }
          return { kind: why === undefined ? 'unclear' : 'declined', reason }
        },
      })),
    )
  }

  const phoneRequest = (changes: Changes): Pick<kit.Http.ApiRequest, 'method' | 'path' | 'within' | 'json'> => {
    const path = '/phone/users/{userId}/calling_plans'
    const [given, taken] = [partsIn(idOf(changes, 'assign')), partsIn(idOf(changes, 'remove'))]
    if (given.key === '') return { method: 'DELETE', path: `${path}/{planType}`, within: taken.option }
    const plan = { type: BigInt(given.option), billing_subscription_id: given.subscription }
    if (taken.key === '') return { method: 'POST', path, json: { calling_plans: [plan] } }
    return { method: 'PUT', path, json: { source_type: BigInt(taken.option), target_type: plan.type } }
  }

  const changePhone = (changes: Changes, scope: kit.RequestScope) =>
    pipe(
      api.send(
        { ...phoneRequest(changes), id: changes[0]?.userId, bodyOptional: true, needs: ['phone:write:admin'] },
        scope,
      ),
      TE.map(() => ({ replyTo: (): kit.Changes.Reply => ({ kind: 'accepted' }) })),
    )

  return {
    operation,
    requests: { users: 30, changes: 60, concurrency: api.budget.concurrency, order: 'assignFirst', partsOf },
    readHoldings: kit.Changes.readOneByOne((id, scope) => readUser(api, config)({ id }, scope)),
    send: kit.Changes.sending(
      ({ _tag }) => _tag === 'PermissionDenied',
      (changes, scope) => (partsIn(changes[0]?.licenseId).key === 'phone' ? changePhone : setFeature)(changes, scope),
    ),
  }
}
