import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import * as kit from 'seatlens/provider-kit'
import type { ZoomAccess, ZoomConfig } from './api.ts'
import { FeaturesUpdated } from './codecs.ts'
import { readUser } from './users.ts'

type Changes = readonly kit.AssignmentChange[]
const [OPERATION, UNCHANGED] = ['POST /users/features', 'Zoom did not change the plan of this user']
/** By the first part of a license id: the feature, and its value without a license. A user has one value of each. */
const FEATURES: ReadonlyMap<string, readonly [feature: string, none: string]> = new Map([
  ['plan_base', ['user_type', '1']],
  ['plan_united', ['plan_united_type', 'none']],
  ['plan_zoom_one', ['zoom_one_type', '0']],
])
const partsIn = (licenseId = '') => {
  const [key = '', option = '', subscription] = licenseId.split(':')
  return { key, option, subscription }
}
const given = (changes: Changes) => changes.find(({ action }) => action === 'assign')?.licenseId
const taken = (changes: Changes) => changes.find(({ action }) => action === 'remove')?.licenseId
/** What a request sets for all of its users. */
const featureIn = (changes: Changes) => {
  const { key, option } = partsIn(given(changes) ?? taken(changes))
  const [feature_type = '', none = ''] = FEATURES.get(key) ?? []
  if (given(changes) === undefined) return { feature_type, feature_value: none }
  const bundle = { license_type: 'ZOOM_WORKPLACE_BUNDLE', license_option: BigInt(option) }
  return { feature_type, feature_value: option, license_info_list: key === 'plan_zoom_one' ? [bundle] : undefined }
}
/** The changes of one feature are one value of it. A calling plan is swapped for another one. */
const partsOf = (changes: Changes): readonly kit.Changes.ChangePart[] =>
  [...kit.Values.groupedBy(changes, ({ licenseId }) => partsIn(licenseId).key)].flatMap(([key, some]) => {
    const feature = key === 'phone' ? undefined : featureIn(some)
    if (feature !== undefined) return { request: `${feature.feature_type} ${feature.feature_value}`, changes: some }
    const isSwap = some.length === 2 && given(some) !== undefined && taken(some) !== undefined
    const parts: readonly Changes[] = isSwap ? [some] : some.map((change) => [change])
    return parts.map((part) => ({ request: JSON.stringify(part), changes: part }))
  })

export const reviewChanges = kit.Changes.reviewUserByUser(({ action, licenseId }, { licenseIds }) => {
  const { key, option } = partsIn(licenseId)
  const problem = (rule: string, message: string) => [{ severity: 'problem', rule, message } as const]
  const isAssignable = /^\d+$/.test(option) && (key === 'phone' || FEATURES.has(key))
  if (!isAssignable) return problem('not-assignable', 'the Zoom API does not assign seats of this plan')
  const hasAnother = licenseIds.some((id) => id !== licenseId && partsIn(id).key === key)
  if (action === 'remove' || key === 'phone' || !hasAnother) return []
  return problem('one-of-a-kind', 'a user has one plan of this kind: remove the other one in the same plan')
})
export const zoomChanges = (api: ZoomAccess, config: ZoomConfig): kit.Changes.VendorChanges => {
  const setFeature = (changes: Changes, scope: kit.RequestScope) => {
    const ids = [...new Set(changes.map(({ userId }) => userId))]
    const json = { ...featureIn(changes), users: ids.map((id) => (id.includes('@') ? { email: id } : { id })) }
    const request = { method: 'POST', path: '/users/features', json, needs: ['user:write:admin'] } as const
    return pipe(
      api.features.call(request, FeaturesUpdated, scope),
      TE.map(({ success_user_ids, fail_details }) => ({
        replyTo: ({ userId }: kit.AssignmentChange): kit.Changes.Reply => {
          if (success_user_ids?.includes(userId)) return { kind: 'accepted' }
          const why = fail_details?.find(({ user_ids }) => user_ids.includes(userId))?.reason
          if (why === 'No need to update') return { kind: 'alreadySo' }
          const words = kit.Answers.vendorWords({ message: why }, api.secrets)
          const about = { provider: api.provider, operation: OPERATION, message: UNCHANGED, ...words }
          return { kind: why === undefined ? 'unclear' : 'declined', reason: { _tag: 'RequestRejected', ...about } }
        },
      })),
    )
  }
  const changePhone = (changes: Changes, scope: kit.RequestScope) => {
    const [target, source] = [partsIn(given(changes)), partsIn(taken(changes))]
    const [target_type, source_type] = [BigInt(target.option), BigInt(source.option)]
    const one = { id: changes[0]?.userId, bodyOptional: true, needs: ['phone:write:admin'] } as const
    const path = '/phone/users/{userId}/calling_plans'
    const plan = { type: target_type, billing_subscription_id: target.subscription }
    const add = { method: 'POST', path, json: { calling_plans: [plan] } } as const
    const remove = { method: 'DELETE', path: `${path}/{planType}`, within: source.option } as const
    const swap = { method: 'PUT', path, json: { source_type, target_type } } as const
    const request = { ...one, ...(source.key === '' ? add : target.key === '' ? remove : swap) }
    return TE.map(() => ({ replyTo: () => ({ kind: 'accepted' as const }) }))(api.send(request, scope))
  }
  return {
    operation: OPERATION,
    requests: { users: 30, changes: 60, concurrency: api.budget.concurrency, order: 'assignFirst', partsOf },
    readHoldings: kit.Changes.readOneByOne((id, scope) => readUser(api, config)({ id }, scope)),
    send: (changes, scope) =>
      (partsIn(changes[0]?.licenseId).key === 'phone' ? changePhone : setFeature)(changes, scope),
  }
}
