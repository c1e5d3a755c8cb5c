import type { LicenseError } from '../../src/provider-kit/index.ts'

/** Also used in the review of a plan. */
export const PROFESSIONAL_AND_STANDARD = 'one user cannot hold Professional and Standard calling together'
export const ATTENDANT_CONSOLE = 'Attendant Console requires Professional calling'
export const SCREEN_SHARE = 'Screen Share is assigned implicitly and cannot be removed'

/** The operation that has these codes. For another operation their meaning is unknown. */
export const ASSIGN_LICENSES = 'PATCH /v1/licenses/users'

/** Why Webex refused to assign or to remove licenses, as far as its documentation names the reasons. */
export type WebexAssignmentRefusal =
  | 'location-not-found'
  | 'license-not-recognized'
  | 'calling-downgrade'
  | 'messenger-not-managed'
  | 'invalid-attendee-site'
  | 'professional-and-standard-calling'
  | 'standard-calling-and-attendant-console'
  | 'standard-calling-and-customer-experience'
  | 'attendant-console-without-professional-calling'
  | 'customer-experience-downgrade'
  | 'missing-calling-properties'
  | 'exclusive-licenses'
  | 'free-messaging-for-paid-messaging'
  | 'free-meetings-for-paid-meetings'
  | 'free-messaging-for-meetings'
  | 'implicit-screen-share'

/**
 * The error codes that the vendor documents for assigning licenses: what they mean, for programs (stable) and for people.
 * It documents none for seats that have run out.
 */
const REFUSALS = {
  '400': ['location-not-found', 'there is no such location'],
  '400000': ['license-not-recognized', 'the organization has no such license'],
  '400112': ['calling-downgrade', 'Professional calling cannot be changed to Standard calling'],
  '400118': ['messenger-not-managed', 'the Messenger license cannot be managed for users'],
  '400216': ['invalid-attendee-site', 'one of the sites takes no attendees'],
  '400404': ['professional-and-standard-calling', PROFESSIONAL_AND_STANDARD],
  '400406': [
    'standard-calling-and-attendant-console',
    'one user cannot hold Standard calling and Attendant Console together',
  ],
  '400407': [
    'standard-calling-and-customer-experience',
    'one user cannot hold Standard calling and Customer Experience Essentials together',
  ],
  '400408': ['attendant-console-without-professional-calling', ATTENDANT_CONSOLE],
  '400410': ['customer-experience-downgrade', 'Customer Experience Essentials cannot be changed to Standard calling'],
  '400411': ['missing-calling-properties', 'each calling license needs a phone number or an extension of its own'],
  '400413': ['exclusive-licenses', 'only one license of an exclusive group can be held'],
  '700003': ['free-messaging-for-paid-messaging', 'paid messaging requires the free messaging license'],
  '700004': ['free-meetings-for-paid-meetings', 'paid space meetings require the free space meetings license'],
  '700005': ['free-messaging-for-meetings', 'space meetings require the free messaging license'],
  '700006': ['implicit-screen-share', SCREEN_SHARE],
} as const satisfies Readonly<Record<string, readonly [reason: WebexAssignmentRefusal, meaning: string]>>

type RefusalCode = keyof typeof REFUSALS

const isRefusalCode = (code: string | undefined): code is RefusalCode =>
  code !== undefined && Object.hasOwn(REFUSALS, code)

/** What the documentation says of a refused change; nothing where there is no documented code, and for any other failure. */
const refusalIn = ({ operation, vendorCode }: LicenseError) =>
  operation === ASSIGN_LICENSES && isRefusalCode(vendorCode) ? REFUSALS[vendorCode] : ([] as const)

/** The reason of a refused change; undefined where the vendor gave no documented code, and for any other failure. */
export const webexAssignmentRefusalOf = (error: LicenseError): WebexAssignmentRefusal | undefined => refusalIn(error)[0]

/** The same failure with what its code means in its message. */
export const explained = (error: LicenseError): LicenseError => {
  const [, meaning] = refusalIn(error)
  return meaning === undefined ? error : { ...error, message: `${error.message}: ${meaning}` }
}
