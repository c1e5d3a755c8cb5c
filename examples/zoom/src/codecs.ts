/** What Zoom sends, as far as it is used here. */
import * as t from 'io-ts'
import { Answers } from 'seatlens/provider-kit'

/** Options are powers of two up to 2^59. One that a double prints with other digits comes as text. */
const Option = t.union([t.number, t.string], 'number or digits')
export const ErrorBody = Answers.recordOf('ErrorBody', {}, { code: t.number, message: t.string, reason: t.string })
/** Seats of one plan in `GET /accounts/me/plans/usage`, with the name of its member there. */
const planDetails = { type: Option, name: t.string, usage: t.number }
export const Plan = Answers.recordOf('Plan', { key: t.string, hosts: t.number }, planDetails)
export type Plan = t.TypeOf<typeof Plan>
const callingDetails = { name: t.string, billing_subscription_id: t.string, subscribed: t.number, assigned: t.number }
export const CallingPlan = Answers.recordOf('CallingPlan', { type: Option }, callingDetails)
export type CallingPlan = t.TypeOf<typeof CallingPlan>
export const CallingPlans = t.type({ calling_plans: t.UnknownArray }, 'CallingPlans')
export const PhoneUser = Answers.recordOf('PhoneUser', { id: t.string }, { calling_plans: t.array(CallingPlan) })
export type PhoneUser = t.TypeOf<typeof PhoneUser>
const paging = { next_page_token: t.string, total_records: t.number }
export const UserPage = Answers.recordOf('UserPage', { users: t.UnknownArray }, paging)
const LicenseInfo = t.type({ license_type: t.string, license_option: Option }, 'LicenseInfo')
const plans = { type: t.number, plan_united_type: Option, license_info_list: t.array(LicenseInfo) }
const texts = { id: t.string, status: t.string, display_name: t.string, dept: t.string, last_login_time: t.string }
/** A pending user has no id. */
export const User = Answers.recordOf('User', { email: t.string }, { ...texts, user_created_at: t.string, ...plans })
export type User = t.TypeOf<typeof User>
const Failed = t.type({ reason: t.string, user_ids: t.array(t.string) }, 'Failed')
const updated = { success_user_ids: t.array(t.string), fail_details: t.array(Failed) }
export const FeaturesUpdated = Answers.recordOf('FeaturesUpdated', {}, updated)
