import type { LicenseError } from '../../src/provider-kit/index.ts'

interface Refusal {
  /** Stable, for programs. */
  readonly reason: string
  /** One line for people, in our own words. */
  readonly meaning: string
}

/** The operation that has these codes; what another operation means by them is not known. */
export const ASSIGN_LICENSES = 'PATCH /v1/licenses/users'

/** The error codes that the vendor documents for assigning licenses. It documents none for seats that have run out. */
const REFUSALS = {
  '400': { reason: 'location-not-found', meaning: 'there is no such location' },
  '400000': { reason: 'license-not-recognized', meaning: 'the organization has no such license' },
  '400112': {
    reason: 'calling-downgrade',
    meaning: 'Professional calling cannot be changed to Standard calling',
  },
  '400118': { reason: 'messenger-not-managed', meaning: 'the Messenger license cannot be managed for users' },
  '400216': { reason: 'invalid-attendee-site', meaning: 'nobody can be made an attendee of one of the sites' },
  '400404': {
    reason: 'professional-and-standard-calling',
    meaning: 'nobody can hold Professional and Standard calling together',
  },
  '400406': {
    reason: 'standard-calling-and-attendant-console',
    meaning: 'nobody can hold Standard calling and Attendant Console together',
  },
  '400407': {
    reason: 'standard-calling-and-customer-experience',
    meaning: 'nobody can hold Standard calling and Customer Experience Essentials together',
  },
  '400408': {
    reason: 'attendant-console-without-professional-calling',
    meaning: 'Attendant Console presupposes Professional calling',
  },
  '400410': {
    reason: 'customer-experience-downgrade',
    meaning: 'Customer Experience Essentials cannot be changed to Standard calling',
  },
  '400411': {
    reason: 'missing-calling-properties',
    meaning: 'each calling license needs a phone number or an extension of its own',
  },
  '400413': {
    reason: 'exclusive-licenses',
    meaning: 'only one license of an exclusive group can be held',
  },
  '700003': {
    reason: 'free-messaging-for-paid-messaging',
    meaning: 'paid messaging presupposes the free messaging license',
  },
  '700004': {
    reason: 'free-meetings-for-paid-meetings',
    meaning: 'paid space meetings presuppose the free space meetings license',
  },
  '700005': {
    reason: 'free-messaging-for-meetings',
    meaning: 'space meetings presuppose the free messaging license',
  },
  '700006': {
    reason: 'implicit-screen-share',
    meaning: 'Screen Share is assigned implicitly and cannot be removed',
  },
} as const satisfies Readonly<Record<string, Refusal>>

type RefusalCode = keyof typeof REFUSALS

/** Why Webex refused to assign or to remove licenses, as far as its documentation names the reasons. */
export type WebexAssignmentRefusal = (typeof REFUSALS)[RefusalCode]['reason']

const isRefusalCode = (code: string): code is RefusalCode => Object.hasOwn(REFUSALS, code)

const refusalIn = ({ operation, vendorCode }: LicenseError) =>
  operation === ASSIGN_LICENSES && vendorCode !== undefined && isRefusalCode(vendorCode)
    ? REFUSALS[vendorCode]
    : undefined

/** The reason of a refused change; undefined where the vendor gave no documented code, and for any other failure. */
export const webexAssignmentRefusalOf = (error: LicenseError): WebexAssignmentRefusal | undefined =>
  refusalIn(error)?.reason

/** The same failure with what its code means in its message. */
export const explained = (error: LicenseError): LicenseError => {
  const refusal = refusalIn(error)
  return refusal === undefined ? error : { ...error, message: `${error.message}: ${refusal.meaning}` }
}
