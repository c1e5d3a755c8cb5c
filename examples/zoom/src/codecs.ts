/** What Zoom sends, as far as it is used here. A member that is `nullable` may be left out or `null`; a pending user has no id. */
import * as t from 'io-ts'

const nullable = <C extends t.Mixed>(codec: C) => t.union([codec, t.null, t.undefined], codec.name)
const [text, number, ids] = [nullable(t.string), nullable(t.number), nullable(t.array(t.string))]
/** Options are powers of two up to 2^59. One that a double prints with other digits comes as text. */
const Option = t.union([t.number, t.string], 'number or digits')
export const ErrorBody = t.partial({ code: number, message: text, reason: text }, 'ErrorBody')
/** Seats of one plan in `GET /accounts/me/plans/usage`, with the name of its member there. */
const planDetails = t.partial({ type: nullable(Option), name: text, usage: number })
export const Plan = t.intersection([t.type({ key: t.string, hosts: t.number }), planDetails], 'Plan')
export type Plan = t.TypeOf<typeof Plan>
const callingDetails = t.partial({ name: text, billing_subscription_id: text, subscribed: number, assigned: number })
export const CallingPlan = t.intersection([t.type({ type: Option }), callingDetails], 'CallingPlan')
export type CallingPlan = t.TypeOf<typeof CallingPlan>
export const CallingPlans = t.type({ calling_plans: t.UnknownArray }, 'CallingPlans')
const phoneDetails = t.partial({ calling_plans: nullable(t.array(CallingPlan)) })
export const PhoneUser = t.intersection([t.type({ id: t.string }), phoneDetails], 'PhoneUser')
export type PhoneUser = t.TypeOf<typeof PhoneUser>
const paging = t.partial({ next_page_token: text, total_records: number })
export const UserPage = t.intersection([t.type({ users: t.UnknownArray }), paging], 'UserPage')
const LicenseInfo = t.type({ license_type: t.string, license_option: Option }, 'LicenseInfo')
const plans = { type: number, plan_united_type: nullable(Option), license_info_list: nullable(t.array(LicenseInfo)) }
const texts = { id: text, status: text, display_name: text, dept: text, last_login_time: text, user_created_at: text }
export const User = t.intersection([t.type({ email: t.string }), t.partial({ ...texts, ...plans })], 'User')
export type User = t.TypeOf<typeof User>
const failures = nullable(t.array(t.type({ reason: t.string, user_ids: t.array(t.string) }, 'Failed')))
export const FeaturesUpdated = t.partial({ success_user_ids: ids, fail_details: failures }, 'FeaturesUpdated')
